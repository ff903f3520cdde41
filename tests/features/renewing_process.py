"""A player's process that renews its sign-in from many threads, each time it is told to."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path

from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring
from tests.features.player import Player


def renew(player: Player, threads: int) -> list[str]:
    """The access tokens that this many threads got at once."""
    start, got = threading.Barrier(threads), list[str]()

    def ask() -> None:
        start.wait()
        got.append(player.connection.client().tokens.access())

    asking = [threading.Thread(target=ask) for _ in range(threads)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    return sorted(set(got))


def main(profile: str, keyring: str, threads: str) -> None:
    player = Player(Path(profile), RecordingBrowser(), FileKeyring(Path(keyring)))
    print("ready", flush=True)  # noqa: T201 - the test reads this
    for line in sys.stdin:
        player.clock.ahead_s = int(line)
        print(json.dumps(renew(player, int(threads))), flush=True)  # noqa: T201 - and this
    player.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
