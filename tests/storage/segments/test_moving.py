"""A store moves to another disk: at every moment all of it is in one of the two folders."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from player_app.core.errors import Stopped
from player_app.core.storage_errors import FolderUnusable, StorageError
from player_app.storage.segments.store import SegmentStore
from tests.plugins.promises import Promise
from tests.storage.segments.filled import (
    ALL,
    FILMS,
    HARBOUR,
    HELD,
    NEVER,
    fill,
    hash_of,
    in_store,
    names_in,
    no_progress,
    opened,
    segment,
)
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[3]
ExpectLog = Callable[[str], None]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    fill(tmp_path / "old")
    return tmp_path / "old"


def move(store: SegmentStore, folder: Path) -> list[Path]:
    noted: list[Path] = []
    store.move_to(folder, note=noted.append, progress=no_progress, stop=NEVER)
    return noted


def test_where_the_folder_is_gone_another_one_is_begun_with_what_lies_in_it_already(
    tmp_path: Path, old: Path
) -> None:
    """Such as the same disk under another letter, and then one that is empty."""
    store, noted = opened(old), list[Path]()
    put_out = old.rename(tmp_path / "another letter")
    store.begin_in(put_out, note=noted.append)
    assert in_store(store) == ALL
    assert store.held_by(HARBOUR) == frozenset(FILMS[0].files)

    put_out.rename(tmp_path / "lost")
    empty = tmp_path / "empty"
    store.begin_in(empty, note=noted.append)
    assert in_store(store) == {}
    assert store.held_by(HARBOUR) == frozenset(FILMS[0].files), "what is fetched again is held"
    store.put("new", b"data")
    assert noted == [put_out, empty]
    store.close()
    assert opened(empty, made_before=True).get("new") == b"data"


@pytest.mark.parametrize("what", ["somebody's file", "another device's store"])
def test_a_folder_of_somebody_elses_is_not_begun_in_and_the_lost_one_may_yet_come_back(
    tmp_path: Path, old: Path, what: str
) -> None:
    theirs = tmp_path / "theirs"
    if what == "somebody's file":
        theirs.mkdir()
        (theirs / "letter.txt").write_text("Dear Max")
    else:
        opened(theirs, "another device").close()
    before = sorted(each.name for each in theirs.iterdir())
    store, noted = opened(old), list[Path]()
    away = old.rename(tmp_path / "away")
    with pytest.raises(FolderUnusable):
        store.begin_in(theirs, note=noted.append)
    assert noted == []
    assert sorted(each.name for each in theirs.iterdir()) == before
    away.rename(old)
    assert in_store(store) == ALL
    store.close()


def test_all_of_it_is_in_the_new_folder_and_nothing_in_the_old_one(
    tmp_path: Path, old: Path
) -> None:
    store, new = opened(old), tmp_path / "new"
    names = names_in(old)
    told: list[tuple[int, int]] = []
    noted: list[Path] = []
    store.move_to(new, note=noted.append, progress=lambda *each: told.append(each), stop=NEVER)

    total = sum(map(len, ALL.values()))
    assert noted == [new]
    assert store.folder == new
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not old.exists()
    assert names_in(new) == names
    assert in_store(store) == ALL
    assert {each.stat().st_mode & 0o077 for each in new.rglob("*")} == {0}
    store.close()

    store = opened(new, made_before=True)
    assert in_store(store) == ALL
    assert store.held_by(HARBOUR) == frozenset(FILMS[0].files)
    store.trim(0)
    assert in_store(store) == HELD
    store.close()


def test_it_can_move_back_at_once(tmp_path: Path, old: Path) -> None:
    store, new = opened(old), tmp_path / "new"
    move(store, new)
    move(store, old)
    assert in_store(store) == ALL
    assert not new.exists()
    store.close()


def test_what_is_put_read_and_removed_meanwhile_is_so_in_the_new_folder(
    tmp_path: Path, old: Path
) -> None:
    store, new = opened(old), tmp_path / "new"
    put = {hash_of(each): each for each in (segment(number) for number in range(70, 90))}
    store.put("the film:main.m3u8", b"as it was")
    is_under_way, is_done = threading.Event(), threading.Event()

    def put_all() -> None:
        assert is_under_way.wait(10)
        for key, data in put.items():
            store.put(key, data)
            assert store.get(key) == data
        store.put("the film:main.m3u8", b"as it is")
        store.let_go(HARBOUR)
        is_done.set()

    def slowly(done: int, _total: int) -> None:
        is_under_way.set()
        if done > 20_000:
            assert is_done.wait(20)

    with ThreadPoolExecutor() as workers:
        putting = workers.submit(put_all)
        store.move_to(new, note=lambda _: None, progress=slowly, stop=NEVER)
        putting.result()
    assert {key: store.get(key) for key in put} == put
    assert store.get("the film:main.m3u8") == b"as it is"
    removed = {key for key in FILMS[0].files if key not in FILMS[1].files}
    assert set(store.missing(ALL)) == removed
    rows = store._reader.here().ledger.rows()
    assert names_in(new) == {each.named.file_name for each in rows}
    store.close()


def test_what_comes_while_the_last_is_copied_goes_along(tmp_path: Path, old: Path) -> None:
    store = opened(old)
    late = {hash_of(each): each for each in (segment(number) for number in (92, 93, 94))}
    waiting = list(late)

    def put_one(done: int, total: int) -> None:
        if done >= total and waiting:
            key = waiting.pop()
            store.put(key, late[key])

    store.move_to(tmp_path / "new", note=lambda _: None, progress=put_one, stop=NEVER)
    assert len(waiting) < 2
    assert store.missing(late) == tuple(key for key in late if key in waiting)
    assert in_store(store) == ALL
    store.close()


def test_what_is_being_written_as_the_store_moves_arrives_in_the_new_folder(
    tmp_path: Path, old: Path
) -> None:
    store, late = opened(old), segment(91)
    with ThreadPoolExecutor() as workers:

        def note(_: Path) -> None:
            putting.append(workers.submit(store.put, hash_of(late), late))
            until(lambda: list(old.glob("*/*.part")), "the late segment is being written")

        putting: list[Future[None]] = []
        store.move_to(tmp_path / "new", note=note, progress=no_progress, stop=NEVER)
        putting[0].result()
    assert store.get(hash_of(late)) == late
    assert hash_of(late) in names_in(tmp_path / "new")
    assert not old.exists()
    store.close()


def test_a_segment_is_read_throughout_a_move(tmp_path: Path, old: Path) -> None:
    store, is_over = opened(old), threading.Event()

    def read_on() -> None:
        while not is_over.is_set():
            for key, data in HELD.items():
                assert store.get(key) == data

    with ThreadPoolExecutor() as workers:
        reading = [workers.submit(read_on) for _ in range(3)]
        for number in range(3):
            move(store, tmp_path / f"place {number}")
        is_over.set()
        for each in reading:
            each.result()
    store.close()


def test_a_move_that_is_stopped_leaves_all_of_it_where_it_was(tmp_path: Path, old: Path) -> None:
    store, new, stop = opened(old), tmp_path / "new", threading.Event()

    def stop_halfway(done: int, total: int) -> None:
        if done > total / 2:
            stop.set()

    with pytest.raises(Stopped):
        store.move_to(new, note=forbidden, progress=stop_halfway, stop=stop)
    assert store.folder == old
    assert in_store(store) == ALL
    assert list(new.iterdir()) == []
    assert move(store, new) == [new]
    assert in_store(store) == ALL
    store.close()


def forbidden(_: Path) -> None:
    pytest.fail("noted, and not all of it is there")


def test_a_place_that_can_not_be_noted_is_not_moved_to(tmp_path: Path, old: Path) -> None:
    def refuse(_: Path) -> None:
        raise StorageError("no room for a word")

    store, new = opened(old), tmp_path / "new"
    with pytest.raises(StorageError, match="no room for a word"):
        store.move_to(new, note=refuse, progress=no_progress, stop=NEVER)
    assert store.folder == old
    assert in_store(store) == ALL
    assert list(new.iterdir()) == []
    store.close()


@pytest.mark.parametrize("inside", ["", "films", "ab/films", "..", "../../{old}/x", "link"])
def test_a_folder_inside_the_other_is_refused(old: Path, inside: str) -> None:
    (old.parent / "link").symlink_to(old)
    target = old.parent / "link" / "films" if inside == "link" else old / inside.format(old="old")
    store = opened(old)
    with pytest.raises(FolderUnusable):
        store.move_to(target, note=forbidden, progress=no_progress, stop=NEVER)
    assert in_store(store) == ALL
    store.close()


def test_a_folder_with_something_in_it_or_a_place_without_a_disk_is_refused(
    tmp_path: Path, old: Path
) -> None:
    holiday = tmp_path / "pictures" / "holiday.jpg"
    holiday.parent.mkdir()
    holiday.write_text("me")
    store = opened(old)
    for target in (holiday.parent, holiday, tmp_path / "no disk" / "films"):
        with pytest.raises(FolderUnusable) as unusable:
            store.move_to(target, note=forbidden, progress=no_progress, stop=NEVER)
        assert unusable.value.folder == str(target)
    assert holiday.read_text() == "me"
    assert in_store(store) == ALL
    store.close()


def test_the_folder_that_goes_in_the_middle_is_told_of_and_loses_nothing(
    tmp_path: Path, old: Path
) -> None:
    store, away = opened(old), tmp_path / "away"

    def pull(done: int, _total: int) -> None:
        if done > 10_000 and not away.exists():
            old.rename(away)

    with pytest.raises(FolderUnusable) as unusable:
        store.move_to(tmp_path / "new", note=forbidden, progress=pull, stop=NEVER)
    assert unusable.value.folder == str(old)
    away.rename(old)
    assert in_store(store) == ALL
    assert move(store, tmp_path / "new 2")
    assert in_store(store) == ALL
    store.close()


@pytest.fixture
def pulled_out(tmp_path: Path, old: Path) -> Path:
    """The new folder, elsewhere, as its disk went in the middle of a move."""
    store, new, away = opened(old), tmp_path / "new", tmp_path / "away"

    def pull(done: int, _total: int) -> None:
        if done > 10_000 and not away.exists():
            new.rename(away)

    with pytest.raises(FolderUnusable) as unusable:
        store.move_to(new, note=forbidden, progress=pull, stop=NEVER)
    assert unusable.value.folder == str(new)
    assert in_store(store) == ALL
    store.close()
    assert names_in(away)
    return away


def test_of_a_disk_pulled_out_in_the_middle_nothing_is_left_once_it_is_back(
    pulled_out: Path, tmp_path: Path, old: Path
) -> None:
    opened(old).close()
    back = pulled_out.rename(tmp_path / "new")
    store = opened(old)
    assert list(back.iterdir()) == []
    assert in_store(store) == ALL
    store.close()


def test_a_disk_pulled_out_in_the_middle_can_be_moved_to_when_another_was_meanwhile(
    pulled_out: Path, tmp_path: Path, old: Path
) -> None:
    store = opened(old)
    move(store, tmp_path / "third")
    back = pulled_out.rename(tmp_path / "new")
    (back / "mine.txt").write_text("a letter")
    with pytest.raises(FolderUnusable, match="not empty"):
        move(store, back)
    assert [each.name for each in back.iterdir()] == ["mine.txt"]
    (back / "mine.txt").unlink()
    assert move(store, back) == [back]
    assert in_store(store) == ALL
    store.close()


def test_what_is_damaged_is_left_behind_and_named_missing(
    tmp_path: Path, old: Path, expect_log: ExpectLog
) -> None:
    expect_log("damaged segments were left behind")
    damaged, *_ = FILMS[0].files
    (old / damaged[:2] / damaged).write_bytes(b"something else")
    store = opened(old)
    move(store, tmp_path / "new")
    assert store.missing(ALL) == (damaged,)
    assert damaged in store.held_by(HARBOUR)
    assert not old.exists()
    store.close()


def test_what_else_lies_in_the_old_folder_stays_there(tmp_path: Path, old: Path) -> None:
    (old / "notes.txt").write_text("mine")
    store = opened(old)
    move(store, tmp_path / "new")
    assert [each.name for each in old.iterdir()] == ["notes.txt"]
    store.close()


@pytest.mark.promise(1)
def test_a_player_killed_at_any_step_of_a_move_has_all_of_it_once(
    tmp_path: Path, promise: Promise
) -> None:
    cases = promise.count(smoke=10, full=100)
    done = subprocess.run(
        [sys.executable, "-m", "tests.storage.segments.moving_errand", tmp_path, str(cases)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers = json.loads(done.stdout)
    promise.tried(len(answers))
    assert {each["place"] for each in answers} == {"old", "new"}
    for each in answers:
        assert each["whole"], each
        assert each["late"], each
        assert each["held"], each
        assert each["twice"] == [], each
        assert each["moves_again"], each
        assert not each["left"], each
