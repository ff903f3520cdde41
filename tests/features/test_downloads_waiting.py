"""What keeps a film from coming is waited out, or named, and is known after a restart."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from player_app.core.download import DownloadState
from player_app.core.download_reasons import METERED, NO_NETWORK, NO_ROOM, SIGNED_OUT
from player_app.core.errors import BadReply, ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import DiskFull, FolderUnusable
from player_app.features import download_run
from tests.features.gate import Gate
from tests.features.offline_rig import ROSA, Rig
from tests.features.small_film import FILMS
from tests.media.host import Handler, Host
from tests.waiting import until

S = DownloadState
AWAY = Unreachable("films.example.org", "refused")


def waits_for(rig: Rig, reason: str, film_id: str = "film-1") -> None:
    rig.until(film_id, S.WAITING)
    download = rig.downloads.of(film_id)
    assert download is not None
    assert download.reason == reason


def test_without_room_nothing_is_asked_for_and_it_goes_on_once_there_is(rig: Rig) -> None:
    needed = rig.choice("film-1").needed_bytes
    rig.around.free_bytes = needed - 1
    rig.start("film-1")
    rig.downloads.begin()
    waits_for(rig, NO_ROOM)
    download = rig.downloads.of("film-1")
    assert download is not None
    assert download.facts == (needed, needed - 1)
    assert rig.host.asked == []

    rig.around.free_bytes = needed
    rig.until("film-1", S.COMPLETE)


def test_a_disk_that_fills_up_meanwhile_is_told_with_all_that_is_still_needed(
    tmp_path: Path, media_host: Host
) -> None:
    full = [True]

    def take(film_id: str, *others: Any) -> None:
        if full[0]:
            raise DiskFull(20_000, 4_096)
        made[0].take(film_id, *others)

    made: list[Rig] = []
    rig = Rig(tmp_path / "profile", FILMS, media_host, take=take)
    made.append(rig)
    try:
        rig.start("film-1")
        needed = rig.choice("film-1").needed_bytes
        rig.downloads.begin()
        rig.around.free_bytes = 10**9
        until(lambda: rig.heard.changes >= 6, "more tries than one")  # a quota tells no figures
        waits_for(rig, NO_ROOM)
        download = rig.downloads.of("film-1")
        assert download is not None
        pictures = sum(len(each) for each in FILMS[0].pictures.values())
        assert download.facts == (needed - pictures, 4_096)
        full[0] = False
        rig.until("film-1", S.COMPLETE)
    finally:
        rig.close()


def test_a_network_that_counts_is_waited_for_unless_the_viewer_says_otherwise(
    rig: Rig, gate: Gate
) -> None:
    gate.open(but_for="v360/00003.m4s")
    rig.start("film-1")
    rig.downloads.begin()
    until(lambda: len(rig.missing("film-1")) == 1, "all but one to be here")
    rig.around.is_metered = True
    waits_for(rig, METERED)
    download = rig.downloads.of("film-1")
    assert download is not None
    assert download.error is None

    rig.start("film-2")
    waits_for(rig, METERED, "film-2")
    rig.around.is_metered = False
    rig.downloads.look()
    gate.open()
    rig.until("film-1", S.COMPLETE)
    rig.until("film-2", S.COMPLETE)


def test_a_service_out_of_reach_is_tried_again_by_itself(rig: Rig) -> None:
    rig.start("film-1")
    rig.around.no_permit = AWAY
    rig.downloads.begin()
    waits_for(rig, NO_NETWORK)
    rig.around.no_permit = None
    rig.until("film-1", S.COMPLETE)


def test_contact_has_what_waited_long_try_again_at_once(rig: Rig) -> None:
    rig.start("film-1")
    rig.around.no_permit = AWAY
    rig.downloads.begin()
    waits_for(rig, NO_NETWORK)
    rig.downloads._taking._look_every_s = 3600.0

    def pauses_long() -> bool:
        tried = rig.downloads._taking._tried.get("film-1")
        return tried is not None and tried.due_at > time.monotonic() + 60

    until(pauses_long, "a long pause")
    rig.around.no_permit = None
    rig.downloads.contact()
    rig.until("film-1", S.COMPLETE)


def test_media_hosts_that_stay_away_do_not_hold_up_the_queue(
    rig: Rig, media_host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download_run, "TROUBLE_S", 0.5)

    def cut(handler: Handler, _data: bytes) -> bool:
        handler.reset()
        return True

    media_host.faults.append(cut)
    try:
        rig.start("film-1")
        rig.downloads.begin()
        waits_for(rig, NO_NETWORK)
    finally:
        media_host.faults.remove(cut)
    rig.downloads.contact()
    rig.until("film-1", S.COMPLETE)


def test_who_is_signed_out_meanwhile_is_waited_for(rig: Rig) -> None:
    rig.start("film-1")
    rig.around.no_permit = SignedOut(by_service=True)
    rig.downloads.begin()
    waits_for(rig, SIGNED_OUT)
    rig.around.owner = rig.around.no_permit = None
    assert rig.downloads.all() == ()

    rig.around.owner = ROSA
    rig.until("film-1", S.COMPLETE)


def test_a_service_that_asks_for_patience_gets_it(rig: Rig) -> None:
    rig.start("film-1")
    rig.around.no_permit = SlowDown(0.6)
    rig.downloads.begin()
    waits_for(rig, "slow-down")
    told_at = time.monotonic()
    rig.around.no_permit = None
    rig.until("film-1", S.COMPLETE)
    assert time.monotonic() - told_at > 0.5


def test_a_folder_that_is_gone_for_a_while_is_waited_for(tmp_path: Path, media_host: Host) -> None:
    gone = [True]

    def take(film_id: str, *others: Any) -> None:
        if gone[0]:
            raise FolderUnusable("/media/stick", "no such file or directory")
        made[0].take(film_id, *others)

    made: list[Rig] = []
    rig = Rig(tmp_path / "profile", FILMS, media_host, take=take)
    made.append(rig)
    try:
        rig.start("film-1")
        rig.downloads.begin()
        waits_for(rig, "folder")
        gone[0] = False
        rig.until("film-1", S.COMPLETE)
    finally:
        rig.close()


def test_a_film_comes_without_the_pictures_and_comments_that_the_service_does_not_give(
    rig: Rig,
) -> None:
    rig.around.no_pictures = BadReply("picture", "its SHA-256 is another")
    rig.around.no_comments = AWAY
    rig.start("film-1")
    rig.downloads.begin()
    rig.until("film-1", S.COMPLETE)
    assert rig.missing("film-1") == {each.address for each in FILMS[0].picture_files()}


@pytest.mark.parametrize(
    "why", [ServiceFailing("127.0.0.1", 503), AWAY], ids=["failing", "unreachable"]
)
def test_a_film_comes_though_no_picture_does_and_the_pictures_follow_it(
    why: VeriteError, tmp_path: Path, media_host: Host
) -> None:
    pictures = {each.address for each in FILMS[0].picture_files()}
    missing_at_take: list[set[str]] = []

    def take(film_id: str, *others: Any) -> None:
        rig.take(film_id, *others)
        missing_at_take.append(rig.missing("film-1"))
        rig.around.no_pictures = None

    rig = Rig(tmp_path / "profile", FILMS, media_host, take=take)
    try:
        rig.around.no_pictures = why
        rig.start("film-1")
        rig.downloads.begin()
        rig.until("film-1", S.COMPLETE)
        assert missing_at_take == [pictures]
        assert rig.missing("film-1") == set()
    finally:
        rig.close()


def test_a_film_whose_pictures_host_stays_away_is_here_and_holds_their_place(rig: Rig) -> None:
    rig.around.no_pictures = ServiceFailing("127.0.0.1", 503)
    rig.start("film-1")
    rig.downloads.begin()
    rig.until("film-1", S.COMPLETE)
    assert rig.missing("film-1") == {each.address for each in FILMS[0].picture_files()}
    assert rig.held("film-1") == rig.keys("film-1").keys()

    rig.around.no_pictures = None
    rig.downloads.parts_lost("film-1")
    until(lambda: not rig.missing("film-1"), "the pictures to come with the next run")
