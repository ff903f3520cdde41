"""What a film that is here is tried by: its pieces looked through, a first picture decoded."""

from __future__ import annotations

import threading

from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.licensing import Licensing
from player_app.app.taking import FilmTaking, parts
from player_app.core.licence import Licence, Permit
from player_app.core.refusals import NotFound
from player_app.core.rental import Record
from player_app.core.withdrawn import UNKNOWN_TITLE
from player_app.features.downloads import Downloads
from player_app.features.travel_check import TravelCheck, Trials
from player_app.features.verifying import Verifying
from player_app.media.first_picture import FirstPicture


class Trying:
    """An engine of its own decodes, made for the first film that is tried."""

    def __init__(
        self,
        foundation: Foundation,
        library: Library,
        downloads: Downloads,
        licensing: Licensing,
        taking: FilmTaking,
    ) -> None:
        self._library, self._origins = library, taking.origins
        self._segments = foundation.segments.store
        self._first_picture: FirstPicture | None = None
        self._decoding = threading.Lock()
        self.verifying = Verifying(
            permit=licensing.permit_of,
            parts=parts,
            segments=self._segments,
            downloads=downloads,
        )
        self.travel_check = TravelCheck(
            downloads=downloads.all,
            title=self._title,
            licences=licensing.kept,
            trials=Trials(
                record=self._record,
                now=library.rental_clock.now,
                ahead_s=library.rental_clock.ahead_s,
                verify=self.verifying.verify_permit,
                decode=self._decode,
            ),
        )

    def close(self) -> None:
        if self._first_picture is not None:
            self._first_picture.close()

    def _title(self, film_id: str) -> str:
        try:
            return self._library.film(film_id).title
        except NotFound:
            return UNKNOWN_TITLE

    def _record(self, licence: Licence) -> Record:
        doubt = self._library.rental_clock.doubt()
        return Record(self._library.starts.started_at(licence.right_id), doubt=doubt)

    def _decode(self, permit: Permit, stop: threading.Event) -> None:
        with self._decoding:
            if self._first_picture is None:
                self._first_picture = FirstPicture(self._segments)
        self._first_picture.decode(permit, self._origins(), stop)
