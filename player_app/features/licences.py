"""Permission to play a film: a licence asked for, verified, unwrapped, with its segment list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.core.stream_errors import LicenceError
from player_app.desktop.running_clock import running_s
from player_app.features.account import AccountDesk
from player_app.features.connection import Connection
from player_app.features.licence_keys import LicenceKeys, PublishedKeys
from player_app.sealing import Expected, expect_timely, open_licence, sha256_of, signer_of
from player_app.service.wire.licence import segment_list_of


@dataclass(frozen=True, slots=True)
class Answer:
    """A permit, and what it was made of: the licence as signed, and by which published key."""

    permit: Permit
    token: str = field(repr=False)
    signed_by: dict[str, str]
    segment_list: str | None = field(repr=False)


class Licences:
    """To stream; `ask` is for any purpose.

    `now` is of a clock that a contact puts right; it is asked after each answer was one.
    """

    def __init__(
        self,
        connection: Connection,
        desk: AccountDesk,
        keys: LicenceKeys,
        now: Callable[[], int],
    ) -> None:
        self._connection = connection
        self._desk = desk
        self._keys = keys
        self._now = now

    def make_ready(self) -> None:
        """Have at hand what the first licence needs: this device's place, the service's keys."""
        self._desk.device()
        self._keys.known()

    def permit(self, film_id: str) -> Permit:
        """Asks the service."""
        return self.ask(film_id, Purpose.STREAM).permit

    def fresh(self, film_id: str) -> Permit:
        """With another media address than the one before, as every answer has."""
        return self.permit(film_id)

    def ask(self, film_id: str, purpose: Purpose) -> Answer:
        """A device that the service has forgotten is registered once more."""
        try:
            return self._ask(film_id, purpose)
        except Refused as error:
            if error.problem != "device-unknown":
                raise
            self._desk.forget_device()
            return self._ask(film_id, purpose)

    def _ask(self, film_id: str, purpose: Purpose) -> Answer:
        account, client = self._connection.account, self._connection.client()
        if account is None:
            raise SignedOut("a licence needs a sign-in")
        device, asked_at = self._desk.device(), running_s()
        reply = client.licence(film_id, device.id, purpose)
        took_s = running_s() - asked_at
        licence, signed_by = self._opened(
            reply.licence,
            Expected(
                issuer=client.service.endpoints.issuer,
                account_id=account.id,
                device_id=device.id,
                film_id=film_id,
                purpose=purpose,
                now=None,
            ),
        )
        self._connection.contact(licence.issued_at, took_s)
        expect_timely(licence, self._now())
        segment_list = None
        if reply.segment_list is not None:
            if sha256_of(reply.segment_list) != licence.segments_sha256:
                raise LicenceError("the segment list is not the licence's")
            segment_list = segment_list_of(reply.segment_list)
        elif licence.segments_sha256 is not None:
            raise LicenceError("the licence's segment list is missing")
        permit = Permit(licence, reply.media_address, reply.media_expires_at, segment_list)
        return Answer(permit, reply.licence, signed_by, reply.segment_list)

    def _opened(self, token: str, expected: Expected) -> tuple[Licence, dict[str, str]]:
        """By the keys that are known; by the published ones where those are new ones."""
        device, known = self._desk.device_key(), self._keys.known()

        def opened(keys: PublishedKeys) -> tuple[Licence, dict[str, str]]:
            return open_licence(token, keys, device, expected), signer_of(token, keys)

        try:
            return opened(known)
        except LicenceError:
            fresh = self._keys.fetched()
            if fresh == known:
                raise
            return opened(fresh)
