"""How films are taken offline and played so: what is here, what comes, and what may play."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.licensing import Licensing
from player_app.app.taking import FilmTaking, parts
from player_app.app.trying import Trying
from player_app.core.download import DownloadState
from player_app.core.errors import VeriteError
from player_app.core.licence import Permit
from player_app.core.rental import Standing, needs_renewal
from player_app.features.claiming import Claiming
from player_app.features.downloads import Clearing, Downloads, Rules
from player_app.features.holdings import Holdings
from player_app.features.kept_lists import KeptLists
from player_app.features.lost_parts import LostParts
from player_app.features.offline import Offline as Reach
from player_app.media.gateway.gateway import Gateway
from player_app.storage.downloads import DownloadStore


class Offline:
    """`gateway` is the one that films play through."""

    def __init__(self, foundation: Foundation, library: Library, gateway: Gateway) -> None:
        connection = foundation.connection
        self._foundation, self._library = foundation, library
        self._segments = segments = foundation.segments.store
        self._plays: Callable[[str], bool] = lambda _film_id: False
        self._beginning = threading.Lock()
        self._has_begun = False
        lists, store = KeptLists(segments), DownloadStore(foundation.database)

        self.reach = Reach(foundation.transport, connection, foundation.kept, foundation.clock)
        self.licensing = Licensing(foundation, library, lists, self._is_whole)
        self._taking = FilmTaking(foundation, library, gateway, self.licensing)
        self.downloads = Downloads(
            store=store,
            owner=connection.owner,
            now=library.rental_clock.now,
            choices=self._taking.choices,
            needs=self._taking.needs,
            clearing=Clearing(self.licensing.give_back, library.comments.drop_saved),
            rules=Rules(
                may_use_way=self._taking.may_use_way,
                tidying=lambda: self._taking.wishes().tidying,
                standing=self.standing,
                finished_at=self._finished_at,
                is_told=self.licensing.is_told,
                is_in_use=self._is_in_use,
            ),
        )
        self.licensing.listen_to_lists(self.downloads.parts_lost)
        self._claiming = Claiming(
            store=store,
            segments=segments,
            list_of=lists.listed,
            pictures=self._taking.pictures,
        )
        self._lost_parts = LostParts(
            owner=connection.owner,
            downloads=self.downloads,
            segments=segments,
            list_of=lists.listed,
        )
        connection.at_sign_out(self.downloads.leave)
        library.know_films_here(self.films_here)
        self.holdings = Holdings(
            facts=library.browse.film,
            rights=library.starts.rights,
            downloads=self.downloads.all,
            progress=self.downloads.progress,
            licence=self.standing,
            sizes=self._sizes,
            trouble=segments.trouble,
            keeps_streams=foundation.segments.keeps_streams,
        )
        self.trying = Trying(foundation, library, self.downloads, self.licensing, self._taking)

    def give_way_to(self, *, waits: Callable[[], bool], plays: Callable[[str], bool]) -> None:
        """A film that plays comes first: it may wait for the link, and is not removed by itself."""
        self._taking.give_way_to(waits)
        self._plays = plays

    def begin(self, load: Callable[[], None]) -> None:
        """Go on with what was under way, and have at hand what a film that is here needs.

        Blocks; to be called whenever somebody is signed in. `load` loads the engine.
        """
        self._library.rental_clock.tick()
        for settle in (
            self._library.own_films.settle,
            self.licensing.kept.hold_lists,
            self._claiming.claim,
            self._lost_parts.look,
        ):
            with contextlib.suppress(VeriteError):  # no film may keep the others from coming
                settle()
        with self._beginning:
            if not self._has_begun:
                self._has_begun = True
                self.downloads.begin()
        here = self.films_here()
        if here:
            load()
            with contextlib.suppress(VeriteError):  # it is said where the film is to play
                self.licensing.kept.kept(here[0])

    def contact(self) -> None:
        """The service can be reached again; blocks."""
        self._taking.nudge()
        self.downloads.contact()
        self.licensing.renewals.at_contact()

    def film_ended(self, film_id: str) -> None:
        """What was found damaged of it is fetched again; another device may take it along now."""
        with contextlib.suppress(VeriteError):
            self._lost_parts.look(film_id)
        self.licensing.stream_places.ended(film_id)

    def films_here(self) -> tuple[str, ...]:
        """All of each is on this computer; the newest first."""
        found = self.downloads.all()
        return tuple(
            each.film_id for each in reversed(found) if each.state is DownloadState.COMPLETE
        )

    def standing(self, film_id: str) -> Standing | None:
        return self.licensing.kept.standing(film_id)

    def needs_contact(self, film_id: str) -> bool:
        """Whether the film plays only by a renewed licence, and nobody is there to ask for it."""
        return self.reach.reach.is_offline and needs_renewal(self.standing(film_id))

    def move(
        self, folder: Path, progress: Callable[[int, int], None], stop: threading.Event
    ) -> int:
        """Films go to another folder; blocks. How many must be fetched again, as theirs is gone."""
        was_away = self._foundation.segments.is_away()
        self._foundation.segments.move_to(folder, progress, stop)
        lost = [each for each in self.films_here() if was_away and not self._is_here(each)]
        for each in lost:
            self.downloads.parts_lost(each)
        return len(lost)

    def stop_taking(self, until: float) -> None:
        """Downloads end first: they write, and read what else is about to close."""
        self.downloads.close(until)

    def close(self) -> None:
        self.licensing.close()
        self.trying.close()

    def _is_here(self, film_id: str) -> bool:
        with contextlib.suppress(VeriteError):
            return self._is_whole(self.licensing.permit_of(film_id))
        return False

    def _is_whole(self, permit: Permit) -> bool:
        listed = permit.segment_list
        if listed is None or not listed.videos():
            return False
        keys = {each.key for each in parts(permit, listed.videos()[0].id)}
        return not self._segments.missing(keys)

    def _is_in_use(self, film_id: str) -> bool:
        return self._plays(film_id)

    def _finished_at(self, film_id: str) -> int | None:
        position = self._library.positions.of(film_id)
        return position.kept_at if position is not None and position.finished else None

    def _sizes(self) -> tuple[int, int]:
        sizes = self._segments.sizes()
        return sizes.held_bytes, sizes.free_bytes
