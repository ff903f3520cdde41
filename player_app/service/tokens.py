"""The sign-in as tokens: secret, renewed one at a time, dropped only when the service says so."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from player_app.core.clock import Clock
from player_app.core.discovery import Service
from player_app.core.errors import BadReply, Refused, SignedOut, Unreachable
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

    def put(self, value: str) -> None: ...

    def forget(self) -> None: ...

    def alone(self) -> contextlib.AbstractContextManager[None]: ...


class Tokens:
    def __init__(
        self, transport: Transport, service: Service, keeper: TokenKeeper, clock: Clock
    ) -> None:
        self._transport = transport
        self._service = service
        self._keeper = keeper
        self._clock = clock
        self._lock = threading.Lock()
        self._held: KeptTokens | None = None

    def access(self, *, instead_of: str = "") -> str:
        """A token to ask with; `instead_of` is one that the service has just refused."""
        with self._lock:
            held = self._held or self._read(self._keeper.get())
            if not self._serves(held, instead_of):
                with self._keeper.alone():
                    held = self._read(self._keeper.fresh())
                    if not self._serves(held, instead_of):
                        held = self._renewed(held)
            self._held = held
            return held.access

    def accept(self, reply: TokenReply) -> None:
        """A fresh sign-in."""
        with self._lock, self._keeper.alone():
            self._held = self._keep(reply)

    def revoke(self) -> None:
        """Forgotten here first; then the service is told."""
        with self._lock:
            kept = self._keeper.get()
            self._held = None
            self._keeper.forget()
        revoke = self._service.endpoints.revoke
        if kept is None or revoke is None:
            return
        form = {"token": self._read(kept).refresh, "client_id": self._service.client_id}
        self._transport.send("POST", revoke, form=form)

    def _read(self, kept: str | None) -> KeptTokens:
        if kept is None:
            raise SignedOut("no sign-in")
        try:
            tokens = decode("kept sign-in", kept, KeptTokens)
        except BadReply as error:
            raise SignedOut("the kept sign-in can't be read") from error
        if tokens.service != self._service.address:
            raise SignedOut("signed in at another service")
        return tokens

    def _serves(self, held: KeptTokens, instead_of: str) -> bool:
        lasts = held.expires_at - EARLY_S > self._clock.now()
        return bool(held.access) and held.access != instead_of and lasts

    def _renewed(self, held: KeptTokens) -> KeptTokens:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": held.refresh,
            "client_id": self._service.client_id,
        }
        try:
            return self._keep(self._redeem(form))
        except Refused as error:
            if error.problem != "invalid_grant":
                raise
            self._held = None
            self._keeper.forget()
            raise SignedOut("the service ended the sign-in") from error

    def _redeem(self, form: dict[str, str]) -> TokenReply:
        """Asked twice when the answer is lost: within its grace the service repeats itself."""
        try:
            return redeem(self._transport, self._service, form)
        except Unreachable as error:
            if error.why not in ("cut", "timed-out"):
                raise
            return redeem(self._transport, self._service, form)

    def _keep(self, reply: TokenReply) -> KeptTokens:
        tokens = KeptTokens(
            service=self._service.address,
            refresh=reply.refresh_token,
            access=reply.access_token,
            expires_at=self._clock.now() + reply.expires_in,
        )
        text = encode(tokens).decode()
        if len(text) > MOST_KEPT_CHARACTERS:
            short = KeptTokens(service=tokens.service, refresh=tokens.refresh)
            text = encode(short).decode()
        self._keeper.put(text)
        return tokens


def redeem(transport: Transport, service: Service, form: dict[str, str]) -> TokenReply:
    """Ask the token endpoint."""
    reply = transport.send("POST", service.endpoints.token, form=form, most_bytes=64 * 1024)
    tokens = decode("token", reply.body, TokenReply)
    if tokens.token_type.lower() != "bearer":
        raise BadReply("token", "of another type than Bearer")
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
