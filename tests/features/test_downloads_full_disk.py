"""A disk that takes nothing, in whatever way: the film waits, says why, and comes when it does."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from player_app.core.download import Download, DownloadState
from player_app.core.download_reasons import NO_ROOM
from player_app.core.storage_errors import DiskFull
from player_app.storage.segments import files
from tests.bad_input.disk import Disk, small_disk
from tests.features.gate import gated
from tests.features.offline_rig import ROSA, Rig, Surroundings
from tests.features.small_film import small_film
from tests.media.host import Host, serving
from tests.plugins.promises import Promise
from tests.waiting import until

S = DownloadState
FILM = small_film("film-1")
REFUSALS = {
    errno.ENOSPC: NO_ROOM,
    errno.EDQUOT: NO_ROOM,
    errno.EIO: "folder",
    errno.EROFS: "folder",
}
MAY_MOUNT = os.name == "posix" and os.geteuid() == 0
ON_A_FULL_DISK: tuple[str, ...] = ("segments", "everything") if MAY_MOUNT else ()
CASES: tuple[str | int, ...] = (*ON_A_FULL_DISK, *REFUSALS)
"""What lies on a disk that is full, or as what the system refuses a write."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("media")
    FILM.put_into(folder / FILM.film_id)
    with serving(folder) as found:
        yield found


@contextmanager
def refusing_writes(number: int) -> Iterator[None]:
    """Nothing more is forced to the disk of the segments."""

    class Refusing:
        def __getattr__(self, name: str) -> Any:
            return getattr(os, name)

        @staticmethod
        def fsync(_descriptor: int) -> None:
            raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "os", Refusing())
        yield


@contextmanager
def filled(disk: Disk) -> Iterator[None]:
    disk.fill()
    try:
        yield
    finally:
        disk.make_room()


def waiting(rig: Rig) -> Download:
    found = rig.until("film-1", S.WAITING)
    assert found is not None
    return found


def try_case(case: str | int, folder: Path, host: Host) -> None:
    """Everything goes well, until at some part it does not, and later does again."""
    with ExitStack() as stack:
        disk = stack.enter_context(small_disk(folder / "disk"))
        is_full = isinstance(case, str)
        profile = (disk.folder if case == "everything" else folder) / "profile"
        on_disk = disk.folder / "segments" if is_full else None
        around = Surroundings(free_bytes=None if is_full else 10**9)
        rig = Rig(profile, [FILM], host, surroundings=around, segments_folder=on_disk)
        stack.callback(rig.close)
        gate = stack.enter_context(gated(host))
        last = random.choice([each for each in FILM.files if each.startswith("v360")])  # noqa: S311
        gate.open(but_for=last)
        rig.downloads.begin()
        rig.start("film-1")
        until(lambda: any(path.endswith(last) for path, _ in host.asked), "the disk to be needed")

        with refusing_writes(case) if isinstance(case, int) else filled(disk):
            gate.open()
            reason = REFUSALS[case] if isinstance(case, int) else NO_ROOM
            assert waiting(rig).reason == reason
            tries = rig.heard.changes
            until(lambda: is_full or rig.heard.changes > tries, "another try")
            assert waiting(rig).reason == reason
            if reason == NO_ROOM:
                assert isinstance(waiting(rig).error, DiskFull)
        rig.until("film-1", S.COMPLETE)
        assert all(rig.segments.get(each) is not None for each in rig.keys("film-1"))
        until(lambda: rig.store.all(ROSA) == rig.downloads.all(), "the state to be on disk")
        host.asked.clear()


@pytest.mark.promise(2)
def test_a_disk_that_takes_nothing_is_waited_for_and_named(
    tmp_path: Path, host: Host, promise: Promise
) -> None:
    for number in range(promise.count(smoke=len(CASES), full=20)):
        folder = tmp_path / str(number)
        folder.mkdir()
        try_case(CASES[number % len(CASES)], folder, host)
        promise.tried()
