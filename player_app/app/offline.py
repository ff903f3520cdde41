"""How films are taken offline and played so: licences, downloads, and what is made sure of them."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.core.catalogue import PictureFile
from player_app.core.download import DownloadState
from player_app.core.errors import VeriteError
from player_app.core.licence import Licence, Permit
from player_app.core.parts import Part, parts_of
from player_app.core.refusals import NotFound
from player_app.core.renewal import ListChanged
from player_app.core.rental import Record, Standing, needs_renewal
from player_app.core.stream_errors import NotForOffline
from player_app.core.withdrawn import UNKNOWN_TITLE
from player_app.features.bringing import Needs, OnProgress
from player_app.features.claiming import Claiming
from player_app.features.downloads import Clearing, Downloads, Rules
from player_app.features.holdings import Holdings
from player_app.features.kept_lists import KeptLists
from player_app.features.licence_keys import LicenceKeys
from player_app.features.licences import Licences
from player_app.features.lost_parts import LostParts
from player_app.features.offline import Offline as Reach
from player_app.features.offline_choices import OfflineChoices, pictures_of
from player_app.features.offline_licences import OfflineLicences
from player_app.features.permits import Permits
from player_app.features.played_by import PlayedBy
from player_app.features.renewals import Outcome, Renewals
from player_app.features.returned_licences import ReturnedLicences
from player_app.features.settings import DownloadWishes
from player_app.features.starts import Starts
from player_app.features.stream_places import StreamPlaces
from player_app.features.travel_check import TravelCheck, Trials
from player_app.features.verifying import Verifying
from player_app.media.first_picture import FirstPicture
from player_app.media.gateway.begun import Begun
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.storage.downloads import DownloadStore
from player_app.storage.licences import LicenceStore

BEGUN_BYTES = 64 * 1024 * 1024
"""So much is remembered of segments that were on their way as a download stopped."""

RESERVE_BYTES = 512 * 1024 * 1024
"""So much of the disk is left to others."""


class Offline:
    """`gateway` is the one that films play through: what it measured of the link serves both."""

    def __init__(self, foundation: Foundation, library: Library, gateway: Gateway) -> None:
        connection, database = foundation.connection, foundation.database
        clock, desk = library.rental_clock, library.desk
        self._foundation, self._library, self._gateway = foundation, library, gateway
        self._segments = segments = foundation.segments.store
        self._throttle = Throttle(lambda: self._wishes().most_bytes_per_s)
        self._waits: Callable[[], bool] = lambda: False
        self._plays: Callable[[str], bool] = lambda _film_id: False
        self._changed: Callable[[], None] = lambda: None
        self._taking: Taking | None = None
        self._begun = Begun(BEGUN_BYTES)

        self.reach = Reach(foundation.transport, connection, foundation.kept, foundation.clock)
        self.starts = Starts(connection, clock, library.starts)
        connection.at_contact(self.starts.contact)
        self.streams = Licences(connection, desk, LicenceKeys(connection, desk), clock.now)
        store, lists = LicenceStore(database, desk.secret), KeptLists(segments)
        self.licences = OfflineLicences(
            connection=connection,
            desk=desk,
            licences=self.streams,
            store=store,
            lists=lists,
            clock=clock,
            judge=clock.standing,
            is_whole=self._is_whole,
        )
        self.permits = Permits(self.streams, self.licences, self._licence_renewed)
        self.returned = ReturnedLicences(connection, store)
        self.renewals = Renewals(connection, desk, self.licences, self.returned)
        connection.at_contact(lambda _server_time, _age_s: self.renewals.at_contact())
        self.renewals.listen(self._licence_changed)

        self.stream_places = StreamPlaces(
            permits=self.permits,
            rights=connection.rights,
            is_kept=self.licences.has,
            give_back=self.returned.give_back,
            tell=self.renewals.at_contact,
        )
        choices = OfflineChoices(
            look=self.stream_places.look,
            parts=_parts,
            pictures=self._pictures,
            missing=segments.missing,
            free_bytes=foundation.segments.free_bytes,
            reserve_bytes=RESERVE_BYTES,
        )
        needs = Needs(
            permit=self._permit_to_take,
            parts=_parts,
            take=self._take,
            segments=segments,
            free_bytes=foundation.segments.free_bytes,
            reserve_bytes=RESERVE_BYTES,
            pictures=self._pictures,
            picture=library.pictures.bytes_of,
            save_comments=library.comments.save,
        )
        self.downloads = Downloads(
            store=DownloadStore(database),
            owner=connection.owner,
            clock=clock,
            choices=choices,
            needs=needs,
            clearing=Clearing(self._give_back, library.comments.drop_saved),
            rules=Rules(
                may_use_way=self._may_use_way,
                tidying=lambda: self._wishes().tidying,
                standing=self.standing,
                finished_at=self._finished_at,
                is_told=self._is_told,
                is_in_use=self._is_in_use,
            ),
        )
        self._claiming = Claiming(
            store=DownloadStore(database),
            segments=segments,
            list_of=lists.listed,
            pictures=self._pictures,
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
        self.played_by = PlayedBy(
            facts=library.browse.film,
            rights=library.starts.rights,
            licence=self.licences.licence,
            started_at=library.starts.started_at,
            clock=clock,
        )
        self._first_picture: FirstPicture | None = None
        self._decoding = threading.Lock()
        self._beginning = threading.Lock()
        self._has_begun = False
        self.verifying = Verifying(
            permit=self._kept_permit,
            parts=_parts,
            segments=segments,
            downloads=self.downloads,
        )
        self.travel_check = TravelCheck(
            downloads=self.downloads.all,
            title=self._title,
            licences=self.licences,
            trials=Trials(
                record=self._record,
                now=clock.now,
                ahead_s=clock.ahead_s,
                verify=self.verifying.verify_permit,
                decode=self._decode,
            ),
        )

    def give_way_to(self, *, waits: Callable[[], bool], plays: Callable[[str], bool]) -> None:
        """A film that plays comes first: it may wait for the link, and is not removed by itself."""
        self._waits, self._plays = waits, plays

    def begin(self, load: Callable[[], None]) -> None:
        """Go on with what was under way, and have at hand what a film that is here needs.

        Blocks; to be called whenever somebody is signed in. `load` loads the engine.
        """
        self._library.rental_clock.tick()
        for settle in (
            self._library.own_films.settle,
            self.licences.hold_lists,
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
                self.licences.kept(here[0])

    def listen(self, changed: Callable[[], None]) -> None:
        """Who hears, on any thread, that a licence which is kept is not as it was."""
        self._changed = changed

    def contact(self) -> None:
        """The service can be reached again; blocks."""
        if (taking := self._taking) is not None:
            taking.nudge()
        self.downloads.contact()
        self.renewals.at_contact()

    def film_ended(self, film_id: str) -> None:
        """What was found damaged of it is fetched again; another device may take it along now."""
        with contextlib.suppress(VeriteError):
            self._lost_parts.look(film_id)
        self.stream_places.ended(film_id)

    def films_here(self) -> tuple[str, ...]:
        """All of each is on this computer; the newest first."""
        found = self.downloads.all()
        return tuple(
            each.film_id for each in reversed(found) if each.state is DownloadState.COMPLETE
        )

    def standing(self, film_id: str) -> Standing | None:
        return self.licences.standing(film_id)

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
        self.renewals.close()
        self.starts.close()
        self._library.rental_clock.close()
        if self._first_picture is not None:
            self._first_picture.close()

    def _is_here(self, film_id: str) -> bool:
        with contextlib.suppress(VeriteError):
            permit = self.licences.kept(film_id)
            return permit is not None and self._is_whole(permit)
        return False

    def _licence_renewed(self) -> None:
        self._changed()

    def _licence_changed(self, film_id: str, outcome: Outcome) -> None:
        if isinstance(outcome, ListChanged):
            self.downloads.parts_lost(film_id)
        self._changed()

    def _decode(self, permit: Permit, stop: threading.Event) -> None:
        with self._decoding:
            if self._first_picture is None:
                self._first_picture = FirstPicture(self._segments)
        self._first_picture.decode(permit, self._origins(), stop)

    def _wishes(self) -> DownloadWishes:
        return self._library.settings.read().downloads

    def _must_yield(self) -> bool:
        return self._waits()

    def _is_in_use(self, film_id: str) -> bool:
        return self._plays(film_id)

    def _permit_to_take(self, film_id: str, video_id: str) -> Permit:
        self._library.own_films.settle()
        permit = self.licences.take(film_id, video_id)
        self.starts.download_began(permit)
        return permit

    def _kept_permit(self, film_id: str) -> Permit:
        permit = self.licences.kept(film_id)
        if permit is None:
            raise NotForOffline(film_id)
        return permit

    def _take(
        self,
        film_id: str,
        permit: Permit,
        parts: tuple[Part, ...],
        stop: threading.Event,
        on_progress: OnProgress,
    ) -> None:
        self._taking = taking = Taking(
            upstream=self._foundation.transport,
            store=self._segments,
            permit=permit,
            renew=lambda: self.permits.fresh(film_id),
            origins=self._origins(),
            parts=parts,
            link=self._gateway.link,
            throttle=self._throttle,
            on_progress=on_progress,
            yields=self._must_yield,
            begun=self._begun,
            workers=self._wishes().parallel,
        )
        try:
            taking.run(stop)
        finally:
            self._taking = None

    def _title(self, film_id: str) -> str:
        try:
            return self._library.film(film_id).title
        except NotFound:
            return UNKNOWN_TITLE

    def _pictures(self, film_id: str) -> tuple[PictureFile, ...]:
        return pictures_of(self._library.film(film_id))

    def _is_whole(self, permit: Permit) -> bool:
        listed = permit.segment_list
        if listed is None or not listed.videos():
            return False
        keys = {each.key for each in _parts(permit, listed.videos()[0].id)}
        return not self._segments.missing(keys)

    def _may_use_way(self) -> bool:
        return self._wishes().on_metered or not self._foundation.network.is_metered()

    def _give_back(self, film_id: str, owner: str) -> None:
        """The service hears of it now, if it can be reached: somebody may wait for the place."""
        self.licences.give_back(film_id, owner)
        self.renewals.at_contact()

    def _finished_at(self, film_id: str) -> int | None:
        position = self._library.positions.of(film_id)
        return position.kept_at if position is not None and position.finished else None

    def _is_told(self, film_id: str) -> bool:
        if self._library.rental_clock.is_told():
            return True
        with contextlib.suppress(VeriteError):
            licence = self.licences.licence(film_id)
            return licence is not None and licence.revoked is not None
        return False

    def _record(self, licence: Licence) -> Record:
        clock = self._library.rental_clock
        return Record(self._library.starts.started_at(licence.right_id), doubt=clock.doubt())

    def _sizes(self) -> tuple[int, int]:
        sizes = self._segments.sizes()
        return sizes.held_bytes, sizes.free_bytes

    def _origins(self) -> tuple[str, ...]:
        service = self._foundation.connection.service
        return service.media_origins if service is not None else ()


def _parts(permit: Permit, video_id: str) -> tuple[Part, ...]:
    listed = permit.segment_list
    if listed is None:
        raise NotForOffline(permit.licence.film_id)
    return parts_of(listed, video_id, owner_of(permit.licence))
