"""A second start on the same profile: its link goes to the first, which may not answer."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from player_app.core.storage_errors import ProfileHeld
from player_app.desktop.single_instance import SingleInstance
from player_app.reference_service.server import RunningService
from player_app.storage.comments import CommentStore
from player_app.storage.paths import Paths
from player_app.ui.trouble import until_it_works
from tests.bad_input.screened import FILM, StartIt
from tests.failures.onlooker import Onlooker
from tests.failures.viewer import THOUGHT
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
ANOTHER = "core-rope"
PATIENCE_S = 1.0
OPEN_ALREADY = "Verité is open already, and does not answer"
WHAT_HELPS = (
    "Close its other window, or end it in this system's list of programs, then try again. "
    "Nothing of yours is lost."
)


@contextmanager
def player(paths: Paths, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program itself, as a viewer starts it."""
    command = [sys.executable, "-m", "player_app", "--profile", str(paths.folder), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def test_a_link_of_a_second_start_opens_in_the_first_window_where_nothing_is_lost(
    start: StartIt, service: RunningService, paths: Paths
) -> None:
    screen = start(service.address)
    first = SingleInstance(paths.lock, screen.app.shell.follow)
    assert first.is_first()
    film_id = screen.open_film(FILM)
    screen.write_comment(THOUGHT)
    another = screen.film(ANOTHER)
    link = f"verite://{service.address.removeprefix('http://')}/films/{ANOTHER}"
    with player(paths, link) as second:
        screen.until(lambda: second.poll() is not None, "the second start to end", 30.0)
        assert second.returncode == 0
    screen.until(lambda: screen.text("filmTitle") == another.title, "the film of the link")
    screen.open_film(FILM)
    assert screen.text("commentField") == THOUGHT
    assert CommentStore(screen.database).draft(film_id) == THOUGHT
    first.close()


def test_of_two_starts_at_once_one_stays_and_the_other_ends_well(paths: Paths) -> None:
    with player(paths) as one, player(paths) as other:
        until(lambda: has_ended(one) or has_ended(other), "one of them to end", 30.0)
        left = one if has_ended(other) else other
        gone = other if left is one else one
        assert gone.returncode == 0
        assert left.poll() is None
        left.send_signal(signal.SIGTERM)
        assert left.wait(20) == 0


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None


def test_a_first_player_that_hangs_is_named_and_tried_again(
    qapp: QGuiApplication, paths: Paths, expect_log: Callable[[str], None]
) -> None:
    expect_log("the player can't start")
    with player(paths) as first:
        until(lambda: hands_over(paths), "the first player to answer", 30.0)

        def started_while_it_hangs(what_helps: signal.Signals) -> bool | None:
            first.send_signal(signal.SIGSTOP)
            onlooker = Onlooker(qapp, lambda: first.send_signal(what_helps))
            second = SingleInstance(paths.lock, print, PATIENCE_S)
            is_first = until_it_works(second.is_first)
            onlooker.stop()
            second.close()
            assert onlooker.read == [OPEN_ALREADY, WHAT_HELPS, "Try again"]
            return is_first

        assert started_while_it_hangs(signal.SIGCONT) is False
        assert started_while_it_hangs(signal.SIGKILL) is True


def hands_over(paths: Paths) -> bool:
    """Whether a start now finds a player that answers."""
    if not paths.lock.exists():
        return False
    with suppress(ProfileHeld):
        return not SingleInstance(paths.lock, print, PATIENCE_S).is_first()
    return False
