"""Hostile playlists and captions raise their own errors, and signals cost no reference to True."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Signal

from player_app.core.stream_errors import CaptionError, MediaError, PlaylistError, UnsupportedStream
from player_app.media.playlist import checked_codecs, read_media_playlist
from player_app.media.webvtt import read_captions

GOOD = (
    "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:4\n#EXT-X-PLAYLIST-TYPE:VOD\n"
    '#EXT-X-MAP:URI="init.mp4"\n'
    '#EXT-X-KEY:METHOD=AES-128,URI="verite-key:00112233",IV=0x000102030405060708090a0b0c0d0e0f\n'
    "#EXTINF:4.000000,\n00000.m4s\n#EXTINF:2.500000,\n00001.m4s\n#EXT-X-ENDLIST\n"
)


def test_a_good_playlist_is_read() -> None:
    found = read_media_playlist(GOOD.encode(), "v/")
    assert found.init == "v/init.mp4"
    assert [each.path for each in found.segments] == ["v/00000.m4s", "v/00001.m4s"]
    assert found.segments[0].iv == bytes(range(16))
    assert found.segments[1].duration_s == 2.5


@pytest.mark.promise(18)
@pytest.mark.parametrize(
    ("before", "after", "error"),
    [
        ("00000.m4s", "../../etc/passwd", PlaylistError),
        ("00000.m4s", "https://evil.example/a.m4s", PlaylistError),
        ("00000.m4s", "//evil.example/a.m4s", PlaylistError),
        ("00000.m4s", "/etc/passwd", PlaylistError),
        ("verite-key:00112233", "https://evil.example/key", PlaylistError),
        ("METHOD=AES-128", "METHOD=SAMPLE-AES", UnsupportedStream),
        ("METHOD=AES-128", "METHOD=SAMPLE-AES-CTR", UnsupportedStream),
        ("IV=0x0001", "IV=0x01", PlaylistError),
        ("4.000000", "nan", PlaylistError),
        ("4.000000", "-1", PlaylistError),
        ("4.000000", "1e9", PlaylistError),
        ("#EXT-X-ENDLIST", "", PlaylistError),
        ("#EXTM3U", "<html>", PlaylistError),
        ("#EXT-X-VERSION:7", "#EXT-X-DEFINE:NAME=a", PlaylistError),
    ],
)
def test_a_hostile_playlist_is_refused(before: str, after: str, error: type[MediaError]) -> None:
    with pytest.raises(error):
        read_media_playlist(GOOD.replace(before, after, 1).encode(), "v/")


@pytest.mark.promise(18)
@settings(max_examples=150, deadline=1000)
@given(st.integers(0, len(GOOD)), st.text(max_size=30), st.integers(0, 20))
def test_a_changed_playlist_is_read_or_refused(at: int, text: str, cut: int) -> None:
    changed = (GOOD[:at] + text + GOOD[at + cut :]).encode("utf-8", "surrogatepass")
    try:
        read_media_playlist(changed, "v/")
    except (PlaylistError, UnsupportedStream):
        return


@pytest.mark.promise(18)
@settings(max_examples=150, deadline=1000)
@given(st.text(max_size=200))
def test_hostile_captions_are_read_or_refused(text: str) -> None:
    data = ("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text).encode("utf-8", "surrogatepass")
    try:
        read_captions(data)
    except CaptionError:
        return


def test_the_words_of_a_cue_are_plain_text() -> None:
    (cue,) = read_captions(
        b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann><i>Hello</i> &lt;b&gt; \xe2\x80\xaeworld\n"
    )
    assert cue.text == "Hello <b> world"


@pytest.mark.parametrize("codecs", ["hvc1.2.4.L120", "avc1.6e0028", "dvh1.05.06", "av01.0.04M.10"])
def test_more_than_eight_bits_are_refused(codecs: str) -> None:
    with pytest.raises(UnsupportedStream):
        checked_codecs(codecs)


class _Sender(QObject):
    sent = Signal(bool)


def test_emitting_signals_takes_no_reference_to_true() -> None:
    sender = _Sender()
    heard: list[bool] = []
    sender.sent.connect(heard.append)
    before = sys.getrefcount(True)
    for _ in range(5_000):
        sender.sent.emit(True)
    heard.clear()
    assert abs(sys.getrefcount(True) - before) < 100
