"""A player in a process of its own that begins to give a film out until it is killed."""

from __future__ import annotations

import multiprocessing
import random
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from player_app.core.licence import Permit
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission
from player_app.media.gateway.store import MemoryStore
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring
from tests.features.player import Player

_FORKS = multiprocessing.get_context("forkserver")


class StartingProcess:
    """It says where its film is to be asked for, and when the start begins to be written."""

    def __init__(self, folder: Path, film_id: str) -> None:
        self._ours, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_begin, args=(theirs, folder, film_id), daemon=True)
        self._process.start()
        theirs.close()
        self.address, self.right_id = self._ours.recv()

    def wait_for_start(self) -> None:
        """Until it is about to be written."""
        assert self._ours.poll(20)
        assert self._ours.recv() == "starts"

    def kill(self) -> None:
        self._process.kill()
        self._process.join(10)
        self._ours.close()


def player_at(folder: Path, browser: RecordingBrowser | None = None) -> Player:
    keyring = FileKeyring(folder / "keyring.json")
    player = Player(folder / "profile", browser or RecordingBrowser(), keyring)
    if player.connection.service is not None:
        player.desk.who()
    return player


def new_permit(player: Player, film_id: str) -> Permit:
    """As of a rental of another time, which nobody has started yet."""
    permit = player.licences.permit(film_id)
    bought = permit.licence.purchased_at - random.randrange(1, 10**6)  # noqa: S311 - a moment
    licence = replace(permit.licence, purchased_at=bought, started_at=None)
    return replace(permit, licence=licence)


def _begin(ways: Connection, folder: Path, film_id: str) -> None:
    player = player_at(folder)
    permit, gateway = new_permit(player, film_id), Gateway(player.transport, MemoryStore(64 << 20))
    listed = permit.segment_list
    assert listed is not None

    def may_go_out() -> None:
        ways.send("starts")
        player.starts.began(permit)

    session = gateway.session(
        Permission(
            permit=permit,
            video=listed.videos()[0],
            audio=None,
            renew=lambda: permit,
            may_go_out=may_go_out,
            origins=player.connection.client().service.media_origins,
        )
    )
    session.prepare(0)
    address = gateway.serve(session).replace("index.m3u8", "0.m4s")
    ways.send((address, permit.licence.right_id))
    ways.recv()
