"""Picture and sound are given to libVLC as one stream, with every sample of both."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.stream_errors import PlaylistError
from player_app.media.fragments import Splitter, joined, timescale
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Session
from player_app.media.gateway.store import MemoryStore
from player_app.service.transport import Transport
from tests.media.host import serving
from tests.media.packaging import Recipe, package
from tests.media.permits import permission

LATE_S = 1.1


@contextmanager
def opened(folder: Path, recipe: Recipe) -> Iterator[tuple[Session, dict[str, Any]]]:
    """Of the one height that its session is of."""
    made = package(folder, replace(recipe, heights=(360,)))
    transport = Transport({}, "", "0")
    gateway = Gateway(transport, MemoryStore(64 << 20))
    with serving(folder) as host:
        session = gateway.session(permission(made, host))
        session.prepare(0)
        gateway.serve(session)
        yield session, made
        gateway.abort(session)
        assert gateway.close(5)
        transport.close()


def packets(data: bytes) -> dict[str, list[float]]:
    """The times of all packets of a stream, by its kind, in the order in which they lie."""
    command = [
        "ffprobe",
        "-v",
        "error",
        "-of",
        "json",
        "-show_entries",
        "packet=codec_type,dts_time,pos",
        "-",
    ]
    run = subprocess.run(command, input=data, check=True, capture_output=True)
    assert run.stderr == b""
    found: dict[str, list[float]] = {"video": [], "audio": []}
    for each in json.loads(run.stdout)["packets"]:
        found[each["codec_type"]].append(float(each["dts_time"]))
    return found


@pytest.mark.parametrize(
    "recipe",
    [
        pytest.param(Recipe(6), id="in step", marks=pytest.mark.thorough),
        pytest.param(Recipe(6, segment_s=2), id="longer picture", marks=pytest.mark.thorough),
        pytest.param(Recipe(6, sound_segment_s=2), id="longer sound", marks=pytest.mark.thorough),
        pytest.param(Recipe(6, 2, 3), id="neither fits"),
    ],
)
def test_one_stream_has_every_sample_of_picture_and_sound_once(
    tmp_path: Path, recipe: Recipe
) -> None:
    with opened(tmp_path / "film", recipe) as (session, _made):
        assert session.entry == "p/index.m3u8"
        init = session.init("p")
        assert init is not None
        count = next(index for index in range(100) if not session.has("p", index))
        segments = [b"".join(session.piece("p", index).chunks) for index in range(count)]
    source = tmp_path / "film"
    whole = packets(init + b"".join(segments))
    assert whole["video"] == packets((source / "clear-360.mp4").read_bytes())["video"]
    sound = packets((source / "clear-main.mp4").read_bytes())["audio"]
    assert len(whole["audio"]) == len(sound)
    assert whole["audio"] == pytest.approx(sound, abs=0.03)


def test_the_sound_of_a_picture_comes_right_behind_it(tmp_path: Path) -> None:
    with opened(tmp_path / "film", Recipe(6, segment_s=3, sound_segment_s=2)) as (session, _made):
        first = session.piece("p", 0)
        assert first.length is None
        init, parts = session.init("p"), [each for each in first.chunks if each]
    assert init is not None
    so_far, seen = init, {"video": 0.0, "audio": 0.0}
    for part in parts[:-1]:
        so_far += part
        for kind, times in packets(so_far).items():
            seen[kind] = max([seen[kind], *times])
        assert abs(seen["video"] - seen["audio"]) < LATE_S


def test_after_a_seek_the_sound_begins_with_the_picture(tmp_path: Path) -> None:
    with opened(tmp_path / "film", Recipe(6, segment_s=2, sound_segment_s=3)) as (session, _made):
        init, second = session.init("p"), b"".join(session.piece("p", 1).chunks)
    assert init is not None
    found = packets(init + second)
    assert found["video"][0] == pytest.approx(2.0, abs=0.1)
    assert found["audio"][0] == pytest.approx(2.0, abs=0.5)
    assert found["audio"][-1] == pytest.approx(4.0, abs=0.5)


def test_a_film_of_whole_segments_keeps_its_two_streams(tmp_path: Path) -> None:
    with opened(tmp_path / "film", Recipe(6, 2, 2, fragment_s=2)) as (session, _made):
        assert session.entry == "master.m3u8"
        assert not session.has("p", 0)
        assert session.init("p") is None
        assert b'URI="a/index.m3u8"' in session.master


@pytest.mark.thorough
def test_two_streams_begin_where_the_sound_does_not_begin_earlier(tmp_path: Path) -> None:
    """libVLC gives out the whole of each segment that it begins with."""
    with opened(tmp_path / "in step", Recipe(6, 2, 2, fragment_s=2)) as (session, _made):
        assert session.entry_ms(0) == 0
        assert 4_000 < session.entry_ms(4_900) < 4_050
        assert not session.has_early_sound(session.entry_ms(4_900))
    with opened(tmp_path / "apart", Recipe(6, 2, 3, fragment_s=2)) as (session, _made):
        assert session.entry_ms(4_900) == 4_000
        assert session.has_early_sound(4_000)
        assert not session.has_early_sound(0)
    with opened(tmp_path / "together", Recipe(6, 2, 3)) as (session, _made):
        assert session.entry_ms(4_900) == 4_000
        assert not session.has_early_sound(4_000)


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes]:
    """An initialisation and a segment."""
    folder = tmp_path_factory.mktemp("clear") / "film"
    with opened(folder, Recipe(2)) as (session, _made):
        init = session.init("v")
        assert init is not None
        return init, b"".join(session.piece("v", 0).chunks)


def test_a_segment_may_come_in_pieces_of_any_size(clear: tuple[bytes, bytes]) -> None:
    init, segment = clear
    whole = Splitter(timescale(init)).parts(segment)
    assert len(whole) > 1
    for step in (1, 7, 4096):
        splitter = Splitter(timescale(init))
        cut = [segment[at : at + step] for at in range(0, len(segment), step)]
        assert [part for each in cut for part in splitter.parts(each)] == whole
        splitter.finish()


def test_broken_boxes_are_told_and_never_trusted(clear: tuple[bytes, bytes]) -> None:
    init, segment = clear
    for cut in (len(segment) - 1, len(segment) // 2, 40):
        splitter = Splitter(timescale(init))
        splitter.parts(segment[:cut])
        with pytest.raises(PlaylistError):
            splitter.finish()
    for size in (b"\0\0\0\0", b"\0\0\0\7", b"\xff\xff\xff\xff", b"\0\0\0\1"):
        with pytest.raises(PlaylistError):
            Splitter(timescale(init)).parts(size + b"moof" + b"\xff" * 64)
    for box in (b"tfdt", b"tfhd", b"traf", b"moof"):
        with pytest.raises(PlaylistError):
            Splitter(timescale(init), 2).parts(segment.replace(box, b"free"))
    for box in (b"moov", b"trak", b"mvex", b"mdhd", b"tkhd"):
        with pytest.raises(PlaylistError):
            timescale(joined(init.replace(box, b"free"), init))
    for end in range(len(init)):
        with pytest.raises(PlaylistError):
            joined(init[:end], init)
        with pytest.raises(PlaylistError):
            joined(init, init[:end])
