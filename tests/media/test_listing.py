"""What a film consists of is read from playlists of any packager, and nothing leaves its folder."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player_app.core.catalogue import AudioRole, CaptionKind
from player_app.core.stream import Rendition
from player_app.core.stream_errors import CaptionError, PlaylistError, UnsupportedStream
from player_app.media.gateway.upstream import folder_and_name
from player_app.media.listing import contents_of
from player_app.media.playlist import folder_of, read_caption_playlist, read_media_playlist
from player_app.media.webvtt import read_captions_in_parts

MASTER = """#EXTM3U
#EXT-X-SESSION-KEY:METHOD=AES-128,URI="verite-key:0011"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Deutsch",LANGUAGE="de",DEFAULT=YES,URI="de/a.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="Described",LANGUAGE="de",URI="ad/a.m3u8",\
CHARACTERISTICS="public.accessibility.describes-video"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="other",NAME="Deutsch",LANGUAGE="de",URI="hi/a.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="Deutsch",LANGUAGE="de",URI="w/de.m3u8",\
CHARACTERISTICS="public.accessibility.transcribes-spoken-dialog,\
public.accessibility.describes-music-and-sound"
#EXT-X-STREAM-INF:BANDWIDTH=2000000,CODECS="avc1.64001f, mp4a.40.2",RESOLUTION=1280x720,\
FRAME-RATE=25.000,VIDEO-RANGE=SDR,AUDIO="a",SUBTITLES="s"
v/720.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=700000,CODECS="avc1.4d401e,mp4a.40.2",RESOLUTION=640x360,AUDIO="a"
v/360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2",AUDIO="a"
de/a.m3u8
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=90000,URI="v/keys.m3u8"
"""
MEDIA = (
    "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:258\n"
    '#EXT-X-KEY:METHOD=AES-128,URI="verite-key:0011"\n'
    "#EXTINF:4,\n0.ts\n#EXTINF:2,\n1.ts\n#EXT-X-ENDLIST\n"
)
FRAGMENTED = MEDIA.replace("#EXT-X-KEY", '#EXT-X-MAP:URI="init.mp4"\n#EXT-X-KEY', 1)


def videos(master: str) -> tuple[Rendition, ...]:
    return contents_of(master.encode(), "master.m3u8").videos()


def test_a_master_playlist_names_pictures_sounds_and_captions() -> None:
    found = contents_of(MASTER.encode(), "film/master.m3u8").listed(6000)
    assert [(each.id, each.height, each.bandwidth, each.codecs) for each in found.videos()] == [
        ("film/v/360.m3u8", 360, 700_000, "avc1.4d401e"),
        ("film/v/720.m3u8", 720, 2_000_000, "avc1.64001f"),
    ]
    assert [(each.playlist, each.role, each.codecs) for each in found.audios()] == [
        ("film/de/a.m3u8", AudioRole.MAIN, "mp4a.40.2"),
        ("film/ad/a.m3u8", AudioRole.DESCRIPTION, "mp4a.40.2"),
    ]
    (captions,) = found.captions
    assert (captions.file.path, captions.language, captions.kind) == (
        "film/w/de.m3u8",
        "de",
        CaptionKind.SDH,
    )
    assert found.length_ms == 6000


def test_sound_inside_the_picture_stays_there() -> None:
    inside = MASTER.replace(',DEFAULT=YES,URI="de/a.m3u8"', ",DEFAULT=YES")
    found = contents_of(inside.encode(), "master.m3u8").listed(6000)
    assert found.audios() == ()
    assert found.videos()[0].codecs == "avc1.4d401e,mp4a.40.2"


@pytest.mark.parametrize(
    "instead", ['CODECS="hvc1.2.4.L120"', 'CODECS="dvh1.05.06"', "VIDEO-RANGE=PQ"]
)
def test_of_variants_those_that_can_not_be_played_are_left_out(instead: str) -> None:
    said = "VIDEO-RANGE=SDR" if "RANGE" in instead else 'CODECS="avc1.64001f, mp4a.40.2"'
    assert [each.height for each in videos(MASTER.replace(said, instead))] == [360]


@pytest.mark.promise(18)
@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("avc1.4d401e", "avc1.6e401e", "10-bit"),
        ("avc1.4d401e", "hev1.2.4.L120.90", "10-bit"),
        ("avc1.4d401e", "dvh1.05.06", "HDR"),
        ('RESOLUTION=640x360,AUDIO="a"', "RESOLUTION=640x360,VIDEO-RANGE=HLG", "HDR"),
        ("METHOD=AES-128", "METHOD=SAMPLE-AES", "SAMPLE-AES"),
        ("METHOD=AES-128", "METHOD=SAMPLE-AES-CTR", "CENC"),
        ("METHOD=AES-128", 'METHOD=AES-128,KEYFORMAT="com.microsoft.playready"', "CENC"),
    ],
)
def test_a_master_playlist_of_nothing_that_can_be_played_says_why(
    before: str, after: str, what: str
) -> None:
    first = MASTER.index("#EXT-X-STREAM-INF:BANDWIDTH=2")
    only = MASTER[:first] + MASTER[MASTER.index("#EXT-X-STREAM-INF:BANDWIDTH=7") :]
    with pytest.raises(UnsupportedStream) as refused:
        videos(only.replace(before, after))
    assert refused.value.what == what


@pytest.mark.promise(18)
@pytest.mark.parametrize(
    "address",
    [
        *("../v.m3u8", "/v.m3u8", "//evil.example/v.m3u8", "https://evil.example/v.m3u8"),
        *("v/../../a", "v.m3u8?x=1", "%2e%2e/v.m3u8", "a:b", "v//a", "v\\a", "//[v"),
    ],
)
@pytest.mark.parametrize("named", ["v/360.m3u8", "ad/a.m3u8", "w/de.m3u8"])
def test_an_address_outside_the_film_is_refused(address: str, named: str) -> None:
    with pytest.raises(PlaylistError):
        videos(MASTER.replace(named, address, 1))


@pytest.mark.promise(18)
@settings(max_examples=150, deadline=1000)
@given(st.integers(0, len(MASTER)), st.text(max_size=30), st.integers(0, 20))
def test_a_changed_master_playlist_is_read_or_refused(at: int, text: str, cut: int) -> None:
    changed = (MASTER[:at] + text + MASTER[at + cut :]).encode("utf-8", "surrogatepass")
    try:
        contents_of(changed, "master.m3u8").listed(1)
    except (PlaylistError, UnsupportedStream):
        return


def test_the_query_of_a_playlists_address_names_no_folder() -> None:
    (video,) = contents_of(MEDIA.encode(), "film/index.m3u8?path=/a/b").videos()
    assert folder_of(video.playlist) == "film/"
    found = contents_of(MASTER.encode(), "master.m3u8?path=/a/b").videos()
    assert found[0].playlist == "v/360.m3u8"


def test_without_an_iv_it_is_the_media_sequence_number() -> None:
    first, second = read_media_playlist(MEDIA.encode()).segments
    assert first.iv == bytes(14) + b"\x01\x02"
    assert second.iv == bytes(14) + b"\x01\x03"
    assert first.key_id == "0011"


@pytest.mark.parametrize(
    ("playlist", "why"),
    [
        (MEDIA.replace("#EXTINF", "#EXT-X-BYTERANGE:9@0\n#EXTINF", 1), "byte ranges"),
        (MEDIA.replace("#EXTINF:2", "#EXT-X-DISCONTINUITY\n#EXTINF:2"), "parts"),
        (MEDIA.replace("#EXTINF:2", "#EXT-X-GAP\n#EXTINF:2"), "missing segments"),
        (MEDIA.replace("SEQUENCE:258", "SEQUENCE:-1"), "number"),
        (MEDIA.replace("SEQUENCE:258", f"SEQUENCE:{2**64}"), "number"),
        (MEDIA.replace(".ts", ".aac"), "container"),
        (MEDIA.replace("METHOD=AES-128,", ""), "method"),
        (FRAGMENTED.replace('"init.mp4"', '"init.mp4",BYTERANGE="9@0"'), "byte range"),
        (MEDIA.replace("#EXTINF", '#EXT-X-MAP:URI="init.mp4"\n#EXTINF', 1), "encrypted"),
    ],
)
def test_what_no_player_of_whole_segments_can_play_is_refused_in_words(
    playlist: str, why: str
) -> None:
    assert read_media_playlist(FRAGMENTED.encode()).init == "init.mp4"
    with pytest.raises(PlaylistError, match=why):
        read_media_playlist(playlist.encode())


def test_encrypted_captions_are_refused_and_clear_ones_named_once() -> None:
    clear = "#EXTM3U\n#EXTINF:5400,\na.vtt\n#EXTINF:1,\na.vtt\n#EXTINF:1,\nb.vtt\n#EXT-X-ENDLIST"
    assert read_caption_playlist(clear.encode(), "w/") == ("w/a.vtt", "w/b.vtt")
    with pytest.raises(PlaylistError, match="encrypted"):
        read_caption_playlist(MEDIA.encode())


def test_captions_in_parts_keep_the_first_parts_clock() -> None:
    def part(ticks: int, at: int, words: str) -> bytes:
        clock = f"X-TIMESTAMP-MAP=MPEGTS:{ticks},LOCAL:00:00:00.000"
        return f"WEBVTT\n{clock}\n\n00:{at:02}.000 --> 00:{at + 1:02}.000\n{words}\n".encode()

    cues = read_captions_in_parts(
        [part(900_000, 1, "one"), part(900_000, 1, "one"), part(1_440_000, 2, "two")]
    )
    assert [(each.start_ms, each.text) for each in cues] == [(1_000, "one"), (8_000, "two")]
    earlier = read_captions_in_parts([part(900_000, 1, "one"), part(0, 3, "of before")])
    assert [each.text for each in earlier] == ["one"]
    with pytest.raises(CaptionError):
        read_captions_in_parts([b"no captions"])


def test_the_folder_of_a_film_is_its_playlists_whatever_its_query_holds() -> None:
    address = "https://cdn.example/media/grant/film/master.m3u8?path=/a/b"
    folder, name = folder_and_name(address)
    assert folder == "https://cdn.example/media/grant/film/"
    assert folder + name == address
