"""A player that watches a film and tells the service of it, until it is killed: a process alone.

It says each place, as its number, once that is kept.
"""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from pathlib import Path

from player_app.core.errors import VeriteError
from player_app.features.positions import new_watch_session
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring
from tests.features.player import Player

STEP_MS = 5_000


def tell(player: Player) -> None:
    while True:
        with contextlib.suppress(VeriteError):
            player.progress.catch_up()


def main(profile: str, keyring: str, film_id: str, first: str) -> None:
    logging.disable(logging.CRITICAL)
    player = Player(Path(profile), RecordingBrowser(), FileKeyring(Path(keyring)))
    threading.Thread(target=tell, args=(player,), daemon=True).start()
    number, session = int(first), new_watch_session()
    while True:
        player.positions.keep(film_id, number * STEP_MS, watch_session=session)
        print(number, flush=True)  # noqa: T201 - the test reads this
        number += 1


if __name__ == "__main__":
    main(*sys.argv[1:])
