"""The sign-in as tokens: secret, renewed one at a time, dropped only when the service says so."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from player_app.core.clock import Clock
from player_app.core.discovery import Service
from player_app.core.errors import BadReply, ServiceError, Unreachable
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.service.transport import Transport
from player_app.service.wire.codec import decode, encode
from player_app.service.wire.tokens import KeptTokens, TokenReply

EARLY_S = 30
"""An access token that ends sooner than this is renewed before it is used."""

MOST_KEPT_CHARACTERS = 999


class TokenKeeper(Protocol):
    """Where the sign-in is kept, and what keeps other processes from renewing it meanwhile."""

    def get(self) -> str | None: ...

    def fresh(self) -> str | None:
        """As `get`, but what another process may have written since."""

    def try_again(self) -> None:
        """Write what a store that failed missed, where it serves again."""

    def put(self, value: str) -> None: ...

    def swap(self, before: str | None, value: str) -> bool:
        """Put it in the place of `before`; False where something else, or nothing, stands there."""

    def take(self) -> str | None:
        """Forget it; what it was."""

    def alone(self) -> contextlib.AbstractContextManager[None]: ...


class Tokens:
    """`_renewing` lets one thread ask the service.

    `_guard` is held while the sign-in is changed, here and where it is kept: as long as that takes.
    `_turn` counts sign-ins and sign-outs: what was asked for in an earlier turn is not kept.
    """

    def __init__(
        self, transport: Transport, service: Service, keeper: TokenKeeper, clock: Clock
    ) -> None:
        self._transport = transport
        self._service = service
        self._keeper = keeper
        self._clock = clock
        self._renewing = threading.Lock()
        self._guard = threading.Lock()
        self._turn = 0
        self._held: KeptTokens | None = None

    def access(self, *, instead_of: str = "", whose: str = "") -> str:
        """A token to ask with; `instead_of` is one that the service has just refused.

        Where `whose` names an account, no other's is given.
        """
        turn = self._turn
        with self._renewing:
            held = self._of(whose, self._held or self.read(self._keeper.get()))
            if self._serves(held, instead_of):
                return self._hold(held, turn)
            with self._keeper.alone():
                self._keeper.try_again()
                kept = self._keeper.fresh()
                held = self._of(whose, self.read(kept))
                if self._serves(held, instead_of):
                    return self._hold(held, turn)
                return self._renewed(held, kept, turn)

    def whose(self) -> str:
        """The account of the sign-in that is kept; "" where that can't be told."""
        with contextlib.suppress(SignedOut):
            return self.read(self._keeper.get()).account
        return ""

    def accept(self, tokens: KeptTokens) -> None:
        """A fresh sign-in."""
        with self._guard:
            self._turn += 1
            self._keeper.put(_packed(tokens))
            self._held = tokens

    def leave(self, before: Callable[[KeptTokens], None]) -> KeptTokens | None:
        """Forget the sign-in here at once, and what a renewal under way will bring.

        `before` hears of it while it is still kept, so that it can be ended at the service later.
        """
        with self._guard:
            self._turn += 1
            held, self._held = self._held, None
            with contextlib.suppress(SignedOut):
                held = self.read(self._keeper.fresh())
            try:
                if held is not None:
                    before(held)
            finally:
                self._keeper.take()
            return held

    def revoke(self, refresh: str) -> None:
        """End a sign-in at the service (RFC 7009)."""
        revoke = self._service.endpoints.revoke
        if revoke is not None:
            end_at_service(self._transport, revoke, self._service.client_id, refresh)

    def _hold(self, tokens: KeptTokens, turn: int) -> str:
        with self._guard:
            if turn != self._turn:
                raise SignedOut("signed out meanwhile")
            self._held = tokens
            return tokens.access

    def read(self, kept: str | None) -> KeptTokens:
        """A sign-in as it was kept; raises `SignedOut` where it is none at this service."""
        if kept is None:
            raise SignedOut("no sign-in")
        try:
            tokens = decode("kept sign-in", kept, KeptTokens)
        except BadReply as error:
            raise SignedOut("the kept sign-in can't be read") from error
        if tokens.service != self._service.address:
            raise SignedOut("signed in at another service")
        return tokens

    def _of(self, whose: str, held: KeptTokens) -> KeptTokens:
        if whose and held.account and held.account != whose:
            raise SignedOut("somebody else is signed in")
        return held

    def _serves(self, held: KeptTokens, instead_of: str) -> bool:
        lasts = held.expires_at - EARLY_S > self._clock.now()
        return bool(held.access) and held.access != instead_of and lasts

    def _renewed(self, held: KeptTokens, kept: str | None, turn: int) -> str:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": held.refresh,
            "client_id": self._service.client_id,
        }
        try:
            tokens = self.made_of(self._redeem(form), held.account, held.refresh)
        except Refused as error:
            if error.problem != "invalid_grant":
                raise
            with self._guard:
                still = turn == self._turn and self._keeper.fresh() == kept
                if still:
                    self._held = None
                    self._keeper.take()
            raise SignedOut("the service ended the sign-in", by_service=still) from error
        with self._guard:
            if turn == self._turn and self._keeper.swap(kept, _packed(tokens)):
                self._held = tokens
                return tokens.access
        with contextlib.suppress(ServiceError):
            self.revoke(tokens.refresh)
        raise SignedOut("signed out while the sign-in was being renewed")

    def _redeem(self, form: dict[str, str]) -> TokenReply:
        """Asked twice when the answer is lost: within its grace the service repeats itself."""
        try:
            return redeem(self._transport, self._service, form)
        except Unreachable as error:
            if error.why not in ("cut", "timed-out"):
                raise
            return redeem(self._transport, self._service, form)

    def made_of(self, reply: TokenReply, account: str = "", former: str = "") -> KeptTokens:
        """What to keep of a reply; `former` is the refresh token that goes on where it has none."""
        return KeptTokens(
            service=self._service.address,
            refresh=reply.refresh_token or former,
            access=reply.access_token,
            expires_at=self._clock.now() + reply.expires_in,
            account=account,
        )


def _packed(tokens: KeptTokens) -> str:
    """As it is kept; an access token too long for that is left out, then also whose it is."""
    short = KeptTokens(tokens.service, tokens.refresh)
    named = KeptTokens(tokens.service, tokens.refresh, account=tokens.account)
    texts = [encode(each).decode() for each in (tokens, named, short)]
    return next((each for each in texts if len(each) <= MOST_KEPT_CHARACTERS), texts[-1])


def end_at_service(transport: Transport, revoke: str, client_id: str, refresh: str) -> None:
    """Revoke a refresh token, and by it what it gave (RFC 7009 §2)."""
    form = {"token": refresh, "token_type_hint": "refresh_token", "client_id": client_id}
    transport.send("POST", revoke, form=form)


def redeem(transport: Transport, service: Service, form: dict[str, str]) -> TokenReply:
    """Ask the token endpoint; a sign-in without a refresh token to go on with is none."""
    reply = transport.send("POST", service.endpoints.token, form=form, most_bytes=64 * 1024)
    tokens = decode("token", reply.body, TokenReply)
    if tokens.token_type.lower() != "bearer":
        raise BadReply("token", "of another type than Bearer")
    if tokens.refresh_token is None and "refresh_token" not in form:
        raise BadReply("token", "no refresh token")
    return tokens


@contextlib.contextmanager
def file_lock(path: Path) -> Iterator[None]:
    """Held by one process at a time; the system frees it when its holder dies."""
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - exists only there

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 - exists only there

            fcntl.flock(file, fcntl.LOCK_EX)
            yield
