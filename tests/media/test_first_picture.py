"""A film's first picture is decoded from what is stored alone, or it is said why not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.errors import Stopped, VeriteError
from player_app.core.licence import Permit
from player_app.core.parts import stored_as
from player_app.core.refusals import NotFound
from player_app.core.stream import CheckedFile, Segment
from player_app.media.first_picture import FirstPicture
from player_app.media.gateway.files import owner_of
from player_app.media.gateway.store import MemoryStore
from tests.media.permits import permit

NOWHERE = "http://127.0.0.1:9/media/grant/film-1/master.m3u8"
ORIGINS = ("http://127.0.0.1:9",)


class Shelf(MemoryStore):
    """A store that holds one film, as a download leaves it."""

    def __init__(self, permitted: Permit, folder: Path) -> None:
        super().__init__(1 << 30)
        listed = permitted.segment_list
        assert listed is not None
        for rendition in listed.renditions:
            name = stored_as(owner_of(permitted.licence), rendition.playlist)
            self.put(name, (folder / rendition.playlist).read_bytes())
            assert rendition.init is not None
            pieces: tuple[CheckedFile | Segment, ...] = (rendition.init, *rendition.segments)
            for each in pieces:
                assert each.sha256 is not None
                self.put(each.sha256, (folder / each.path).read_bytes())

    def lose(self, key: str) -> None:
        self._bytes -= len(self._held.pop(key))


@pytest.fixture
def permitted(film: dict[str, Any]) -> Permit:
    return permit(film, NOWHERE)


@pytest.fixture
def shelf(permitted: Permit, film_folder: Path) -> Shelf:
    return Shelf(permitted, film_folder)


@pytest.fixture
def first_picture(shelf: Shelf) -> Iterator[FirstPicture]:
    made = FirstPicture(shelf)
    yield made
    made.close()


def first_segment_of(permitted: Permit) -> str:
    assert permitted.segment_list is not None
    sha256 = permitted.segment_list.videos()[0].segments[0].sha256
    assert sha256 is not None
    return sha256


def test_a_film_that_is_here_is_decoded_without_asking_anybody(
    first_picture: FirstPicture, permitted: Permit
) -> None:
    for _ in range(3):
        begun = time.monotonic()
        first_picture.decode(permitted, ORIGINS, threading.Event())
        assert time.monotonic() - begun < 5


def test_a_film_whose_beginning_is_gone_is_refused_at_once(
    first_picture: FirstPicture, permitted: Permit, shelf: Shelf
) -> None:
    shelf.lose(first_segment_of(permitted))
    begun = time.monotonic()
    with pytest.raises(NotFound):
        first_picture.decode(permitted, ORIGINS, threading.Event())
    assert time.monotonic() - begun < 5


def test_a_damaged_beginning_never_reaches_the_engine(
    first_picture: FirstPicture, permitted: Permit, shelf: Shelf
) -> None:
    key = first_segment_of(permitted)
    data = bytearray(shelf.get(key) or b"")
    data[len(data) // 2] ^= 1
    shelf.put(key, bytes(data))
    with pytest.raises(NotFound):
        first_picture.decode(permitted, ORIGINS, threading.Event())


def test_a_key_of_another_film_shows_nothing(
    first_picture: FirstPicture, permitted: Permit
) -> None:
    keys = {name: bytes(16) for name in permitted.licence.keys}
    wrong = replace(permitted, licence=replace(permitted.licence, keys=keys))
    with pytest.raises(VeriteError) as refused:
        first_picture.decode(wrong, ORIGINS, threading.Event())
    assert not isinstance(refused.value, Stopped)


class SlowDisk(Shelf):
    """Its first segment is read at the first look, and then not before it may be."""

    def __init__(self, permitted: Permit, folder: Path) -> None:
        self.slow_key = ""
        self.asked = threading.Event()
        self.may_answer = threading.Event()
        super().__init__(permitted, folder)

    def get(self, key: str) -> bytes | None:
        if key == self.slow_key and threading.current_thread().name.startswith("gateway"):
            self.asked.set()
            self.may_answer.wait(10)
        return super().get(key)


def test_it_can_be_stopped_in_the_middle_and_goes_on_with_the_next_film(
    permitted: Permit, film_folder: Path
) -> None:
    disk, stop = SlowDisk(permitted, film_folder), threading.Event()
    disk.slow_key = first_segment_of(permitted)
    first_picture = FirstPicture(disk)

    def stop_when_asked() -> None:
        disk.asked.wait(10)
        stop.set()

    threading.Thread(target=stop_when_asked, daemon=True).start()
    begun = time.monotonic()
    with pytest.raises(Stopped):
        first_picture.decode(permitted, ORIGINS, stop)
    assert time.monotonic() - begun < 5
    disk.slow_key = ""
    disk.may_answer.set()
    first_picture.decode(permitted, ORIGINS, threading.Event())
    first_picture.close()
