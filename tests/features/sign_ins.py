"""Players of one service that sign in and out, and what the service still takes of them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.reference_service.tables import AccessToken, RefreshToken
from player_app.storage.secrets import SecretStore
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.waiting import until

TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"


@dataclass(frozen=True)
class SignIn:
    access: str
    refresh: str

    def opens(self, player: Player) -> list[str]:
        """What the service still accepts of it."""
        service = player.connection.client().service
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self.refresh,
            "client_id": service.client_id,
        }
        tries: dict[str, Callable[[], object]] = {
            "access": lambda: player.transport.send(
                "GET",
                f"{service.api}/account",
                headers={"Authorization": f"Bearer {self.access}"},
            ),
            "refresh": lambda: player.transport.send("POST", service.endpoints.token, form=form),
        }
        return [name for name, each in tries.items() if not refused(each)]


def refused(act: Callable[[], object]) -> bool:
    try:
        act()
    except (Refused, SignedOut):
        return True
    return False


def sign_in_of(player: Player) -> SignIn:
    kept = json.loads(player.secrets.get("sign-in") or "")
    return SignIn(kept["access"], kept["refresh"])


def alive(service: RunningService) -> tuple[int, int]:
    """How many refresh and access tokens the service takes."""
    good = RefreshToken.revoked.is_(False) & RefreshToken.successor.is_(None)
    with service.service.reading() as session:
        refreshes = session.scalar(select(func.count()).select_from(RefreshToken).where(good))
        accesses = session.scalar(select(func.count()).select_from(AccessToken))
    return refreshes or 0, accesses or 0


@contextmanager
def player_over(folder: Path, service_address: str, keyring: SecretStore) -> Iterator[Player]:
    player = Player(folder, RecordingBrowser(), keyring)
    try:
        if player.services.current() is None:
            player.services.choose(player.services.look_up(service_address))
        yield player
    finally:
        player.close()


@contextmanager
def signed_in(folder: Path, service_address: str, keyring: SecretStore) -> Iterator[Player]:
    """The same, with the demo's viewer."""
    with player_over(folder, service_address, keyring) as player:
        player.desk.sign_in(EMAIL, PASSWORD, None)
        yield player


@contextmanager
def under_way(
    hooks: TestHooks, path: str, act: Callable[[], object], delay_s: float = 0.5
) -> Iterator[list[object]]:
    """`act` goes on in a thread, and what it asked of `path` is answered so much later.

    After the block it has ended: with what it returned, or that there is no sign-in.
    """
    came: list[object] = []

    def work() -> None:
        try:
            came.append(act())
        except SignedOut as error:
            came.append(type(error))

    arrived = hooks.arrived.count(path)
    hooks.delay_next(path, delay_s)
    working = in_thread(work)
    try:
        until(lambda: hooks.arrived.count(path) > arrived, f"{path} to be asked for")
        yield came
    finally:
        working.join(10)


def in_thread(act: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=act, name="acting")
    thread.start()
    return thread


def shown_in(folder: Path, *secrets: str) -> list[str]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [
        f"{file.name}: {secret[:6]}…"
        for file in files
        for secret in secrets
        if secret.encode() in file.read_bytes()
    ]
