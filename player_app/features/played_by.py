"""The right that a film would be played by now: which need not be the best one to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from player_app.core.catalogue import OfferKind
from player_app.core.licence import Licence
from player_app.core.rights import Right, Rights, rental_of, right_by
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import LicenceError
from player_app.features.browse import FilmFacts
from player_app.features.rental_clock import RentalClock


class PlayedBy:
    """`licence` is the one kept with a film, `started_at` the earliest start known of a right."""

    def __init__(
        self,
        *,
        facts: Callable[[str], FilmFacts],
        rights: Callable[[], Rights],
        licence: Callable[[str], Licence | None],
        started_at: Callable[[str], int | None],
        clock: RentalClock,
    ) -> None:
        self._facts = facts
        self._rights = rights
        self._licence = licence
        self._started_at = started_at
        self._clock = clock

    def right_to(self, film_id: str) -> tuple[str, Right]:
        """With the film's title; blocks.

        What is kept is played by before the service is asked, and that uses a subscription before
        a rental which has not begun, where the film is one of the subscription's.
        """
        facts = self._facts(film_id)
        return facts.film.title, self._by_what_is_kept(film_id) or self._by_the_service(facts)

    def _by_what_is_kept(self, film_id: str) -> Right | None:
        with contextlib.suppress(LicenceError, StorageError):
            licence = self._licence(film_id)
            if licence is not None:
                started_at = self._started_at(licence.right_id)
                right = right_by(licence, started_at, self._clock.now(), self._clock.doubt())
                return right if right.may_play else None
        return None

    def _by_the_service(self, facts: FilmFacts) -> Right:
        film, right = facts.film, facts.right
        if right.kind != "subscription" or film.offer(OfferKind.SUBSCRIPTION) is not None:
            return right
        alone = rental_of(film.id, self._rights(), self._clock.now(), self._clock.doubt())
        return alone if alone.may_play else right
