"""Volume and mute as libVLC itself has them, with ALSA's device that plays nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.media.player import MakePlayer, TestPlayer

INSIDE_A_SEGMENT_MS = 2_600


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """The engine's options for it; libVLC's own silent outputs know neither volume nor mute."""
    configuration = tmp_path / "asound.conf"
    configuration.write_text("pcm.silent { type null }\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(configuration))
    return ("--aout=alsa,none", "--alsa-audio-device=silent")


def is_muted(player: TestPlayer) -> bool | None:
    """None as long as no sound was opened."""
    vlc_player = player.engine._player
    answer = -1 if vlc_player is None else vlc_player.audio_get_mute()
    return None if answer < 0 else bool(answer)


def is_in(player: TestPlayer) -> bool:
    return player.state.landing is None


def test_a_film_that_begins_inside_a_segment_is_silent_until_its_place(
    make_player: MakePlayer, silent: tuple[str, ...]
) -> None:
    player = make_player(options=silent)
    player.open(INSIDE_A_SEGMENT_MS)

    player.wait(lambda: is_muted(player) is True)
    assert not is_in(player)

    player.wait(lambda: is_in(player))
    player.wait(lambda: is_muted(player) is False, 2)


def test_what_the_viewer_muted_while_it_came_in_stays_muted(
    make_player: MakePlayer, silent: tuple[str, ...]
) -> None:
    player = make_player(options=silent)
    playback = player.open(INSIDE_A_SEGMENT_MS)
    playback.set_muted(muted=True)

    player.wait(lambda: is_in(player))
    player.wait(lambda: player.position_ms > INSIDE_A_SEGMENT_MS + 500)
    assert is_muted(player) is True

    playback.set_muted(muted=False)
    player.wait(lambda: is_muted(player) is False, 2)


def test_the_volume_is_the_viewers(make_player: MakePlayer, silent: tuple[str, ...]) -> None:
    player = make_player(options=silent)
    playback = player.open()
    player.wait(lambda: is_in(player))

    playback.set_volume(30)

    player.wait(lambda: bool(player.engine._player.audio_get_volume() == 30), 2)
