"""What a restart finds: what was acknowledged, what failed, and what was under way."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.download import DownloadState
from player_app.core.errors import BadReply, Unreachable, VeriteError
from player_app.core.refusals import NoRight, PlacesTaken
from player_app.core.storage_errors import StorageError
from tests.features.gate import Gate
from tests.features.offline_rig import ROSA, Rig
from tests.features.player import refusing
from tests.features.small_film import FILMS
from tests.media.host import Host
from tests.waiting import until

S = DownloadState
AWAY = Unreachable("films.example.org", "refused")


@pytest.mark.parametrize(
    ("error", "word"),
    [
        (NoRight(403, "no-right", "Neither covers it."), "no-right"),
        (PlacesTaken(409, "places-taken", "On two devices."), "places-taken"),
        (BadReply("licence", "no keys"), "bad-reply"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_will_not_end_by_itself_is_told_and_known_after_a_restart(
    tmp_path: Path, media_host: Host, error: VeriteError, word: str
) -> None:
    rig = Rig(tmp_path / "profile", FILMS, media_host)
    rig.start("film-1")
    rig.around.no_permit = error
    rig.downloads.begin()
    rig.until("film-1", S.FAILED)
    until(
        lambda: [(film, reason.word) for film, reason in rig.heard.failed] == [("film-1", word)],
        "a word",
    )
    rig.close()

    again = Rig(tmp_path / "profile", FILMS, media_host)
    try:
        download = again.downloads.of("film-1")
        assert download is not None
        assert (download.state, download.reason) == (S.FAILED, word)
        assert str(download.error) == str(error)
        again.downloads.begin()
        again.downloads.resume("film-1")
        again.until("film-1", S.COMPLETE)
    finally:
        again.close()


def test_a_refused_write_takes_back_what_the_viewer_asked_for(rig: Rig) -> None:
    quality = rig.choice("film-1").quality
    with refusing(rig), pytest.raises(StorageError):  # type: ignore[arg-type]
        rig.downloads.start("film-1", quality)
    assert rig.downloads.all() == ()
    assert rig.store.all(ROSA) == ()


def test_a_state_that_the_disk_does_not_take_is_written_later(rig: Rig, gate: Gate) -> None:
    rig.start("film-1")
    rig.downloads.begin()
    rig.until("film-1", S.RUNNING)
    with refusing(rig):  # type: ignore[arg-type]
        gate.open()
        rig.until("film-1", S.COMPLETE)
        kept = rig.store.of(ROSA, "film-1")
        assert kept is not None
        assert kept.state is not S.COMPLETE
    until(lambda: rig.store.of(ROSA, "film-1") == rig.downloads.of("film-1"), "it to be written")


def test_what_was_under_way_when_the_player_was_killed_goes_on(
    tmp_path: Path, media_host: Host
) -> None:
    rig = Rig(tmp_path / "profile", FILMS, media_host)
    rig.start("film-1")
    download = rig.downloads.of("film-1")
    assert download is not None
    rig.store.put(ROSA, replace(download, state=S.RUNNING))
    rig.close()

    again = Rig(tmp_path / "profile", FILMS, media_host)
    try:
        assert again.state("film-1") is S.QUEUED
        again.downloads.begin()
        again.until("film-1", S.COMPLETE)
    finally:
        again.close()


def quickly(close: Callable[[], None]) -> None:
    begun = time.monotonic()
    close()
    assert time.monotonic() - begun < 1.0


def test_closing_is_quick_while_a_host_says_nothing(
    tmp_path: Path, media_host: Host, gate: Gate
) -> None:
    rig = Rig(tmp_path / "profile", FILMS, media_host)
    rig.start("film-1")
    rig.downloads.begin()
    until(lambda: len(media_host.asked) >= 3, "the host to be asked")
    quickly(rig.close)
    gate.open()
    assert not rig.downloads._taking._thread.is_alive()

    again = Rig(tmp_path / "profile", FILMS, media_host)
    try:
        assert again.state("film-1") is S.QUEUED
        again.downloads.begin()
        again.until("film-1", S.COMPLETE)
    finally:
        again.close()


def test_closing_is_quick_while_the_service_says_nothing(tmp_path: Path, media_host: Host) -> None:
    rig = Rig(tmp_path / "profile", FILMS, media_host)
    rig.start("film-1")
    rig.around.permit_gate = threading.Event()
    rig.downloads.begin()
    until(lambda: rig.around.permits_held_back, "the service to be asked")
    quickly(rig.close)
    assert not rig.downloads._taking._thread.is_alive()
    rig.around.permit_gate.set()
