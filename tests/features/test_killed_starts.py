"""A player that is killed as a film begins has written the start, or given nothing out."""

from __future__ import annotations

import http.client
import random
import shutil
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.server import RunningService
from player_app.reference_service.visitor import pay
from tests.fakes.browser import RecordingBrowser
from tests.features.player import Player
from tests.features.starting_process import StartingProcess, player_at
from tests.money.quick_folder import quick_folder
from tests.plugins.promises import Promise


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    with quick_folder(tmp_path) as made:
        yield made


@pytest.fixture
def film_id(service: RunningService, folder: Path) -> str:
    """Of a film that the viewer of the profile below `folder` has rented."""
    (folder / "prepared").mkdir()
    player = player_at(folder / "prepared", RecordingBrowser(pay))
    player.services.choose(player.services.look_up(service.address))
    player.desk.sign_in(EMAIL, PASSWORD, None)
    player.browse.refresh()
    film = next(card.film for card in player.browse.home().rows[-1].cards if card.film.streams)
    offer = next(offer.id for offer in film.offers if offer.kind == "rental")
    player.checkouts.wait(player.checkouts.begin(film.id, offer), threading.Event())
    player.licences.make_ready()
    player.close()
    player.browser.close()
    return film.id


def what_came(address: str, came: list[float]) -> None:
    """Ask for film as libVLC does; when the first of it came, if any did."""
    parts = urlsplit(address)
    asking = http.client.HTTPConnection(parts.netloc, timeout=20)
    try:
        asking.request("GET", parts.path)
        reply = asking.getresponse()
        while reply.read1(1):
            came.append(time.monotonic())
    except (OSError, http.client.HTTPException):
        pass  # it was killed
    finally:
        asking.close()


def killed(folder: Path, film_id: str, after_s: float) -> tuple[bool, bool, float]:
    """Whether anything of the film came, whether its start is written, how long it took to come."""
    process, came = StartingProcess(folder, film_id), list[float]()
    asking = threading.Thread(target=what_came, args=(process.address, came))
    asking.start()
    process.wait_for_start()
    begun = time.monotonic()
    while time.monotonic() - begun < after_s:
        pass  # a sleep of so few milliseconds would be too long
    process.kill()
    asking.join(30)
    assert not asking.is_alive()
    player: Player = player_at(folder)
    try:
        is_written = player.start_records.local(process.right_id) is not None
    finally:
        player.close()
        player.browser.close()
    return bool(came), is_written, came[0] - begun if came else after_s


@pytest.mark.promise(11)
def test_no_film_leaves_a_player_that_is_killed_before_its_start_is_written(
    folder: Path, film_id: str, promise: Promise
) -> None:
    seen, window_s = Counter[tuple[bool, bool]](), 0.5
    for number in range(promise.count(smoke=2, full=50)):
        profile = folder / str(number)
        shutil.copytree(folder / "prepared", profile)
        # the first one shows how long it takes; the others are killed at any moment of that
        after_s = random.uniform(0, window_s * 1.3) if number else window_s  # noqa: S311 - a moment
        came, is_written, took_s = killed(profile, film_id, after_s)
        window_s = took_s if number == 0 else window_s
        assert is_written or not came, f"killed after {after_s * 1000:.2f} ms"
        seen[came, is_written] += 1
        shutil.rmtree(profile)
        promise.tried()
    assert seen[True, True]
