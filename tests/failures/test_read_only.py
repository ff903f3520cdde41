"""A disk that lets itself be read alone: told at the start, and used as far as it goes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from PySide6.QtGui import QGuiApplication

from player_app.storage.paths import Paths, open_paths
from player_app.ui.trouble import until_it_works
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.failures.disk import read_only
from tests.failures.onlooker import Onlooker
from tests.failures.viewer import READY, belongings, labels, play, press, said

CANNOT = "The folder can't be used"
WHAT_HELPS = "See that the disk is there and that the folder is yours to write in, then try again."


def test_a_read_only_profile_is_named_and_opens_as_it_was_once_it_can_be_written(
    qapp: QGuiApplication,
    settled: Screened,
    start: StartIt,
    paths: Paths,
    expect_log: Callable[[str], None],
) -> None:
    expect_log("the player can't start")
    before = belongings(settled)
    settled.stop()
    with ExitStack() as held:
        held.enter_context(read_only(paths.folder))
        onlooker = Onlooker(qapp, held.close)
        opened = until_it_works(lambda: open_paths(paths.folder))
        onlooker.stop()
    assert onlooker.read[0] == CANNOT
    assert onlooker.read[1].startswith(f"Nothing can be kept in {paths.folder} (")
    assert onlooker.read[1].endswith(WHAT_HELPS)
    assert onlooker.read[2] == "Try again"

    again = start(profile=opened)
    again.until(lambda: again.app.shell.property("signedIn"), "to be signed in still")
    again.open_film(FILM)
    again.until(lambda: said(again).startswith(READY), "the film to be here")
    assert belongings(again) == before


def test_films_on_a_read_only_disk_play_and_what_can_not_be_kept_there_is_named(
    settled: Screened, start: StartIt, paths: Paths, expect_log: Callable[[str], None]
) -> None:
    expect_log("the index of segments can't be used")
    expect_log("what streams is not kept on disk")
    before = belongings(settled)
    settled.stop()
    with read_only(paths.segments):
        again = start()
        again.until(lambda: again.app.shell.property("signedIn"), "to be signed in still")
        again.reads(f"{CANNOT}. Nothing can be kept in {paths.segments} (it can only be read). ")
        again.reads(WHAT_HELPS)
        again.open_film(FILM)
        again.until(lambda: said(again).startswith(READY), "the film to be here")
        assert belongings(again) == before
        assert "Choose another folder" not in labels(again, "folderBar"), "nothing can be moved"
        play(again)
    press(again, "folderBar", "Try again")
    again.until(lambda: not again.shows("folderBar"), "the notice to go")
