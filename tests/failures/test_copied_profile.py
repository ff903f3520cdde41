"""A profile that was copied to another computer: all is there, and one sign-in makes it play."""

from __future__ import annotations

import shutil
from pathlib import Path

from player_app.desktop.single_instance import SingleInstance
from player_app.reference_service.hooks import TestHooks
from player_app.storage.paths import Paths, open_paths
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.failures.viewer import (
    READY,
    belongings,
    held_files,
    play,
    press,
    said,
)
from tests.fakes.keyring import MemoryKeyring

LOCK_OF_ANOTHER_COMPUTER = "4711\nverite\nanother-computer\n00aa11bb\n2f80c38d\n"
SIGN_IN = (
    "This computer's store for secrets has no sign-in of yours, such as after Verité's folder was "
    "copied here. All that is yours is still here: sign in, and your films play again."
)


def copied(paths: Paths, to: Path) -> Paths:
    """While it was open there, or was left open by a power cut."""
    shutil.copytree(paths.folder, to)
    (to / "lock").write_text(LOCK_OF_ANOTHER_COMPUTER)
    return open_paths(to)


def test_films_copied_to_another_computer_play_there_after_a_sign_in_and_are_not_fetched_again(
    settled: Screened, start: StartIt, paths: Paths, hooks: TestHooks, tmp_path: Path
) -> None:
    before = belongings(settled)
    settled.stop()
    stored = held_files(paths)

    there = copied(paths, tmp_path / "another computer")
    instance = SingleInstance(there.lock, print)
    assert instance.is_first(), "a lock that was copied holds nobody up"
    again = start(profile=there, store=MemoryKeyring())
    again.click("railLibrary")
    again.reads(SIGN_IN, "Sign in to see the films that you took offline on this computer.")
    hooks.arrived.clear()
    press(again, "passingBar", "Sign in")
    again.sign_in()
    again.open_film(FILM)
    again.until(lambda: said(again).startswith(READY), "the film to be here", 20.0)
    again.click("railLibrary")
    again.reads(READY)
    assert belongings(again) == before
    again.open_film(FILM)
    play(again)
    assert [each for each in hooks.arrived if each.startswith("/media/")] == []
    assert held_files(there) == stored
    instance.close()
