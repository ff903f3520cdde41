"""A player's process over the system's real store of secrets, told line by line what to do.

It answers each line with what the viewer would be told, and with its secrets, for the search.
"""

from __future__ import annotations

import base64
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from player_app import log
from player_app.core.errors import VeriteError
from player_app.storage.secrets import SystemSecrets
from player_app.ui.messages.unkept_sign_in import passing_text
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player

DRAFT = ("film-01", "Half a thought")


def acts(
    player: Player, address: str, email: str, password: str
) -> dict[str, Callable[[], object]]:
    def start() -> None:
        if player.services.current() is None:
            player.services.choose(player.services.look_up(address))
        player.desk.who()

    def sign_out() -> str | None:
        left = player.desk.sign_out()
        player.desk.say_farewell()
        return type(left).__name__ if left else None

    def renew() -> str:
        player.clock.ahead_s += 700
        return player.connection.client().account().email

    return {
        "start": start,
        "sign-in": lambda: player.desk.sign_in(email, password, None).email,
        "sign-out": sign_out,
        "renew": renew,
        "device": lambda: player.desk.device().passing,
        "draft": lambda: player.comments.keep_draft(*DRAFT),
        "read-draft": lambda: player.comments.draft(DRAFT[0]),
    }


def facts(player: Player) -> dict[str, object]:
    account, reason = player.connection.account, player.desk.passing_reason()
    return {
        "who": account.email if account else None,
        "resting": player.desk.is_resting(),
        "passing": player.desk.passing(),
        "reason": type(reason).__name__ if reason else None,
        "told": passing_text(reason) if reason else "",
    }


def secrets_of(player: Player) -> dict[str, str]:
    kept = {name: value for name, value in player.secrets._memory.items() if value}
    found = {name: kept[name] for name in kept if name != "sign-in"}
    if "device" in kept:
        found["device bytes"] = base64.b64decode(kept["device"]).hex()
    try:
        found |= {f"sign-in {k}": v for k, v in json.loads(kept.get("sign-in", "{}")).items()
                  if k in ("refresh", "access")}  # fmt: skip
    except ValueError:
        found["sign-in"] = kept["sign-in"]
    return found


def main(profile: str, address: str, email: str, deadline_s: str) -> None:
    password = sys.stdin.readline().rstrip("\n")
    secrets = SystemSecrets(profile, float(deadline_s))
    player = Player(Path(profile), RecordingBrowser(), secrets)
    log.set_up(player.paths.logs)
    logging.getLogger().setLevel(logging.DEBUG)
    can = acts(player, address, email, password)
    for line in sys.stdin:
        begun, answer = time.monotonic(), dict[str, object](error=None, value=None)
        try:
            answer["value"] = can[line.strip()]()
        except VeriteError as error:
            logging.getLogger("player").exception("failed")
            answer["error"] = type(error).__name__
        answer["took_s"] = time.monotonic() - begun
        answer |= facts(player) | {"secrets": secrets_of(player)}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the test reads this
    player.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
