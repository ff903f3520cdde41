"""A player in a process of its own that buys until it is killed."""

from __future__ import annotations

import multiprocessing
import threading
from multiprocessing.connection import Connection
from pathlib import Path

from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring
from tests.features.player import Player

_FORKS = multiprocessing.get_context("forkserver")


class BuyingProcess:
    """It says when it is ready, and when Rent was pressed."""

    def __init__(self, folder: Path, film: str, offer: str, ahead_s: int) -> None:
        self._ours, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(
            target=_buy, args=(theirs, folder, film, offer, ahead_s), daemon=True
        )
        self._process.start()
        theirs.close()
        assert self._ours.recv() == "ready"

    def press(self) -> None:
        self._ours.send("press")

    def kill(self) -> None:
        self._process.kill()
        self._process.join(10)
        self._ours.close()


def player_at(folder: Path) -> Player:
    player = Player(folder / "profile", RecordingBrowser(), FileKeyring(folder / "keyring.json"))
    if player.connection.service is not None:
        player.desk.who()
    return player


def _buy(ways: Connection, folder: Path, film: str, offer: str, ahead_s: int) -> None:
    player = player_at(folder)
    player.clock.ahead_s = ahead_s
    ways.send("ready")
    ways.recv()
    pending = player.checkouts.begin(film, offer)
    player.checkouts.wait(pending, threading.Event())
