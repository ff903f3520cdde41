"""A download whose process is killed goes on with all that was stored by then."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from player_app.media.gateway.taking import WORKERS
from tests.media.folder_store import FolderStore
from tests.media.host import Handler, Host
from tests.media.taker import Taker
from tests.plugins.promises import Promise
from tests.waiting import until

pytestmark = pytest.mark.promise(4)

SEGMENT_S = 0.05
"""So long the host takes for each file: a kill strikes in the middle of some."""


def in_two_halves(handler: Handler, data: bytes) -> bool:
    handler.head(len(data))
    handler.wfile.write(data[: len(data) // 2])
    time.sleep(SEGMENT_S)
    handler.wfile.write(data[len(data) // 2 :])
    return True


def test_after_a_kill_each_worker_fetches_one_segment_again_at_most(
    film: dict[str, Any], film_folder: Path, host: Host, tmp_path: Path, promise: Promise
) -> None:
    store = FolderStore(tmp_path / "store")
    parts = Taker(film, host, store).parts
    chance = random.Random(time.time_ns())  # noqa: S311 - it keeps no secret
    kills = promise.count(smoke=3, full=20)
    command = [sys.executable, "-m", "tests.media.taking_process", host.address]
    command += [str(film_folder / "package.json"), str(tmp_path / "store")]

    def stored() -> set[str]:
        return {each.path for each in parts if store.has(each.key)}

    def asked_again(before: set[str], once_before: set[str]) -> set[str]:
        """What this life asked for that an earlier one had."""
        asked = [path for path, _ in host.asked]
        assert len(asked) == len(set(asked)), "within one life nothing is asked twice"
        assert not before & set(asked), "what is stored is not asked for"
        return once_before & set(asked)

    host.faults.append(in_two_halves)
    unfinished: set[str] = set()
    while kills and len(parts) - len(stored()) > 2 * WORKERS:
        before = stored()
        missing = len(parts) - len(before)
        enough = chance.randint(1, min(missing - WORKERS, missing // kills + WORKERS))
        host.asked.clear()
        process = subprocess.Popen(command)
        try:
            until(lambda: len(host.asked) >= enough, f"{enough} requests")  # noqa: B023
            time.sleep(chance.uniform(0.0, SEGMENT_S))
        finally:
            process.kill()
            process.wait()
        assert len(asked_again(before, unfinished)) <= WORKERS
        unfinished = {path for path, _ in host.asked} - stored()
        assert len(unfinished) <= WORKERS, "what is to be fetched again"
        store.assert_holds_only(parts, film_folder)
        kills -= 1
        promise.tried()
    host.asked.clear()
    host.faults.clear()
    before = stored()
    Taker(film, host, store).run()
    assert len(asked_again(before, unfinished)) <= WORKERS
    store.assert_is_whole(parts, film_folder)
