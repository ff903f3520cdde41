"""Streams that others packaged and nginx serves play as ours do: without hashes, without a list."""

from __future__ import annotations

from pathlib import Path

import pytest

from player_app.core.playback import Phase
from player_app.core.stream import Taste
from player_app.core.stream_errors import UnsupportedStream
from tests.media.packaging import FRAME_RATE
from tests.strangers.lists import listed
from tests.strangers.nginx import Nginx, nginx
from tests.strangers.packagings import SECONDS, Stranger, sample_encrypted_by_shaka
from tests.strangers.player import MakeStrangersPlayer, Place, StrangersPlayer
from tests.strangers.sound import into_file, tones_s

MARKER_S = 5.0
LAST_FRAME = SECONDS * FRAME_RATE - 1
MOST_LATE = 2
"""So many pictures of the beginning libVLC may leave out, where the machine is busy."""

BYTES_A_SECOND = 100_000
THOROUGH = pytest.mark.thorough
EVERY_PACKAGING = pytest.mark.parametrize(
    "packaging",
    [
        "by_ffmpeg",
        pytest.param("by_shaka", marks=THOROUGH),
        pytest.param("fragmented", marks=THOROUGH),
    ],
)


@pytest.fixture
def stranger(request: pytest.FixtureRequest, packaging: str) -> Stranger:
    found: Stranger = request.getfixturevalue(packaging)
    return found


def place_of(stranger: Stranger, server: Nginx, path: str | None = None) -> Place:
    address = server.address(f"{stranger.folder.name}/{path or stranger.master}")
    return Place(server.origin, address)


def assert_in_step(player: StrangersPlayer) -> None:
    """Within two seconds: a busy machine is late for a moment, a wrong anchor for longer."""
    player.wait(lambda: abs(player.position_ms - player.frame_ms) < 200, 2)


def assert_seen_to_the_end(player: StrangersPlayer, within_s: float = 15) -> None:
    player.wait_for(Phase.ENDED, within_s)
    assert player.state.finished
    assert player.frame is not None
    assert player.frame >= LAST_FRAME - 2


@EVERY_PACKAGING
def test_a_stream_without_a_list_plays_seeks_changes_its_quality_and_ends(
    make_player: MakeStrangersPlayer, server: Nginx, stranger: Stranger
) -> None:
    player = make_player(place_of(stranger, server))
    playback = player.open(quality="least")
    player.wait_for(Phase.PLAYING)
    assert player.state.length_ms == SECONDS * 1000
    assert [each.height for each in playback.videos] == [360, 576]
    assert playback.video.height == 360
    player.wait(lambda: player.frame_ms > 1_000)
    assert_in_step(player)
    playback.seek(6_700)
    player.wait(lambda: abs(player.frame_ms - 6_700) < 400)
    player.run(0.5)
    assert_in_step(player)
    assert player.frame_ms >= 6_600
    playback.choose_video(playback.videos[-1])
    player.wait(lambda: player.surface.newest().height() == 576)
    player.run(0.5)
    assert_in_step(player)
    playback.seek(10_200)
    assert_seen_to_the_end(player)
    assert {each.status for each in server.asked} == {200}


@EVERY_PACKAGING
def test_the_sound_of_a_stream_goes_with_its_frames(
    make_player: MakeStrangersPlayer, server: Nginx, stranger: Stranger, tmp_path: Path
) -> None:
    """Sound and picture begin together, and the marker tone comes as far behind as its frame."""
    sound = tmp_path / "sound.wav"
    player = make_player(place_of(stranger, server), options=into_file(sound))
    player.open(from_ms=4_000, quality="least")
    player.wait(lambda: player.frame_ms > 5_600)
    first = player.surface.first
    assert first is not None
    assert 4 * FRAME_RATE <= first <= 4 * FRAME_RATE + MOST_LATE
    (tone_s,) = tones_s(sound)
    assert abs(first / FRAME_RATE + tone_s - MARKER_S) < 0.1


@pytest.mark.parametrize(
    ("packaging", "kept"),
    [
        pytest.param("by_shaka", ("bytes", "sha256"), id="hashes of segments", marks=THOROUGH),
        pytest.param("fragmented", ("bytes",), id="sizes alone"),
    ],
)
def test_a_list_that_tells_less_than_ours_serves_as_well(
    make_player: MakeStrangersPlayer, server: Nginx, stranger: Stranger, kept: tuple[str, ...]
) -> None:
    player = make_player(place_of(stranger, server), listed(stranger, *kept))
    player.open(from_ms=9_000)
    player.wait_for(Phase.PLAYING)
    assert_in_step(player)
    assert_seen_to_the_end(player)
    assert stranger.master not in {each.path.rpartition("/")[2] for each in server.asked}


def test_a_media_playlist_by_itself_is_a_film_in_one_quality(
    make_player: MakeStrangersPlayer, server: Nginx, by_ffmpeg: Stranger
) -> None:
    player = make_player(place_of(by_ffmpeg, server, by_ffmpeg.playlist(576)))
    playback = player.open(from_ms=10_000)
    player.wait_for(Phase.PLAYING)
    assert len(playback.videos) == 1
    assert player.surface.newest().height() == 576
    assert_seen_to_the_end(player)


def test_cuts_in_the_middle_of_segments_are_survived(
    make_player: MakeStrangersPlayer, by_shaka: Stranger, tmp_path: Path
) -> None:
    with nginx(by_shaka.folder.parent, tmp_path / "slow", BYTES_A_SECOND) as server:
        player = make_player(place_of(by_shaka, server), ahead_ms=1)
        player.open(from_ms=8_000, quality="least")
        player.wait_for(Phase.PLAYING)
        for _ in range(4):
            player.run(0.3)
            server.cut()
        assert_seen_to_the_end(player, 20)
        resumed = [each for each in server.asked if each.range != "-"]
    assert resumed
    assert {each.status for each in resumed} == {206}


def test_captions_in_segments_are_read_as_one(
    make_player: MakeStrangersPlayer, server: Nginx, by_shaka: Stranger
) -> None:
    player = make_player(place_of(by_shaka, server))
    playback = player.open(from_ms=0)
    (captions,) = playback.captions
    assert captions.language == "en"
    cues = [(each.start_ms, each.end_ms, each.text) for each in playback.cues(captions)]
    assert cues == [(1_000, 2_500, "First words"), (4_000, 6_000, "Second words")]


def test_another_sound_of_the_film_can_be_chosen(
    make_player: MakeStrangersPlayer, server: Nginx, by_shaka: Stranger
) -> None:
    player = make_player(place_of(by_shaka, server))
    playback = player.open(from_ms=0)
    player.wait_for(Phase.PLAYING)
    assert [each.role for each in playback.audios] == ["main", "description"]
    playback.choose_audio(playback.audios[1])
    player.wait(lambda: any("description/1.ts" in each.path for each in server.asked))
    here_ms = player.frame_ms
    player.wait(lambda: player.frame_ms > here_ms + 500)
    assert_in_step(player)


def test_a_stream_whose_samples_are_encrypted_is_refused_by_its_name(
    make_player: MakeStrangersPlayer, server: Nginx, clear: Path
) -> None:
    player = make_player(place_of(sample_encrypted_by_shaka(clear, clear.parent / "cbcs"), server))
    with pytest.raises(UnsupportedStream) as refused:
        player.watch.prepare("film-1", Taste())
    assert refused.value.what == "SAMPLE-AES"
