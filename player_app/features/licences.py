"""Permission to play a film: a licence asked for, verified, unwrapped, with its segment list."""

from __future__ import annotations

from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.core.stream_errors import LicenceError
from player_app.features.account import AccountDesk
from player_app.features.connection import Connection
from player_app.features.licence_keys import LicenceKeys
from player_app.sealing import Expected, open_licence, sha256_of
from player_app.service.wire.licence import segment_list_of


class Licences:
    def __init__(self, connection: Connection, desk: AccountDesk, keys: LicenceKeys) -> None:
        self._connection = connection
        self._desk = desk
        self._keys = keys

    def make_ready(self) -> None:
        """Have at hand what the first licence needs: this device's place, the service's keys."""
        self._desk.device()
        self._keys.known()

    def permit(self, film_id: str) -> Permit:
        """Asks the service; a device that it has forgotten is registered once more."""
        try:
            return self._permit(film_id)
        except Refused as error:
            if error.problem != "device-unknown":
                raise
            self._desk.forget_device()
            return self._permit(film_id)

    def _permit(self, film_id: str) -> Permit:
        account, client = self._connection.account, self._connection.client()
        if account is None:
            raise SignedOut("a licence needs a sign-in")
        device = self._desk.device()
        reply = client.licence(film_id, device.id)
        licence = self._opened(
            reply.licence,
            Expected(
                issuer=client.service.endpoints.issuer,
                account_id=account.id,
                device_id=device.id,
                film_id=film_id,
                purpose=Purpose.STREAM,
                now=self._connection.clock.now(),
            ),
        )
        segment_list = None
        if reply.segment_list is not None:
            if sha256_of(reply.segment_list) != licence.segments_sha256:
                raise LicenceError("the segment list is not the licence's")
            segment_list = segment_list_of(reply.segment_list)
        elif licence.segments_sha256 is not None:
            raise LicenceError("the licence's segment list is missing")
        return Permit(licence, reply.media_address, reply.media_expires_at, segment_list)

    def _opened(self, token: str, expected: Expected) -> Licence:
        """By the keys that are known; by the published ones where those are new ones."""
        device, known = self._desk.device_key(), self._keys.known()
        try:
            return open_licence(token, known, device, expected)
        except LicenceError:
            fresh = self._keys.fetched()
            if fresh == known:
                raise
            return open_licence(token, fresh, device, expected)
