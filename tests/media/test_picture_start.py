"""The film leader of the demo, read off the screen and out of libVLC's sound output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtMultimedia import QVideoFrame

from player_app.core.playback import Phase
from player_app.resources import resource
from tests.edge_code import find_tones, read_frame_number
from tests.media.host import serving
from tests.media.player import MakePlayer, TestPlayer

FRAME_RATE = 24
SOUND_RATE = 48_000
FIRST_TONE_S = 5.0


def into_file(path: Path) -> tuple[str, ...]:
    """Has libVLC write its sound into a file, as 16-bit samples."""
    return ("--aout=afile", f"--audiofile-file={path}", "--audiofile-format=s16")


def samples(path: Path) -> npt.NDArray[np.int16]:
    """One channel of what was written; the first 44 bytes are the header."""
    whole = path.read_bytes()[44:]
    return np.frombuffer(whole[: len(whole) // 4 * 4], "<i2").reshape(-1, 2)[:, 0]


def loudest(path: Path) -> int:
    """In the last tenth of a second that was written; -1 where that is still to come."""
    newest = samples(path)[-SOUND_RATE // 10 :] if path.exists() else ()
    return int(np.abs(newest).max()) if len(newest) == SOUND_RATE // 10 else -1


def grey(frame: QVideoFrame) -> npt.NDArray[np.uint8]:
    assert frame.map(QVideoFrame.MapMode.ReadOnly)
    rows = np.frombuffer(bytes(frame.bits(0)), np.uint8).reshape(-1, frame.bytesPerLine(0))
    picture = rows[: frame.height(), : frame.width()].copy()
    frame.unmap()
    return picture


@pytest.fixture
def leader(qapp: QGuiApplication, tmp_path: Path) -> Iterator[TestPlayer]:  # noqa: ARG001
    folder = resource("demo") / "streams/picture-start"
    with serving(folder) as host:
        package = json.loads((folder / "package.json").read_text())
        player = TestPlayer(package, host, options=into_file(tmp_path / "sound"))
        yield player
        player.close()


def assert_in_step(player: TestPlayer) -> None:
    """Within two seconds: a busy machine is late for a moment, a wrong anchor for longer."""

    def away_ms() -> float:
        number = read_frame_number(grey(player.surface.newest()))
        return float("inf") if number is None else player.position_ms - number * 1000 / FRAME_RATE

    player.wait(lambda: abs(away_ms()) < 200, 2)


def test_both_renditions_show_the_frame_of_the_position_and_sound_its_tone(
    leader: TestPlayer, tmp_path: Path
) -> None:
    playback = leader.open()
    leader.wait_for(Phase.PLAYING)
    for _ in range(4):
        leader.run(0.4)
        assert_in_step(leader)
    leader.wait(lambda: leader.position_ms > 5_500)
    assert_in_step(leader)
    tones = find_tones(samples(tmp_path / "sound"), SOUND_RATE)
    assert tones
    assert abs(tones[0] - FIRST_TONE_S) < 0.1

    playback.choose_video(playback.videos[-1])
    leader.wait(lambda: leader.surface.newest().height() == 720)
    playback.seek(31_000)
    leader.wait(lambda: leader.frame_ms > 30_900)
    for _ in range(3):
        leader.run(0.3)
        assert_in_step(leader)


def test_the_audio_description_is_heard_when_it_is_chosen_and_in_every_quality(
    make_player: MakePlayer, tmp_path: Path
) -> None:
    sound = tmp_path / "sound"
    player = make_player(options=into_file(sound))
    playback = player.open()
    player.wait(lambda: player.frame_ms > 500)
    assert 0 <= loudest(sound) < 300
    playback.choose_audio(playback.audios[1])
    player.wait(lambda: loudest(sound) > 3_000, 5)
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: player.surface.newest().height() == 720)
    player.wait(lambda: loudest(sound) > 3_000, 5)
    playback.choose_audio(playback.audios[0])
    player.wait(lambda: 0 <= loudest(sound) < 300, 5)
