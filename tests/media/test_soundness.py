"""What can be checked of a segment without a hash: its padding, its packets, its boxes."""

from __future__ import annotations

import struct

import pytest

from player_app.media.gateway.soundness import soundness_of
from player_app.media.gateway.tracks import Container, Piece
from tests.media.packaging import _encrypted

KEY, IV = bytes(range(16)), bytes(16)
PACKETS = (b"\x47" + bytes(187)) * 8
BOXES = b"".join(
    struct.pack(">I4s", 8 + len(body), kind) + body
    for kind, body in ((b"styp", b""), (b"moof", bytes(40)), (b"mdat", bytes(900)))
)


def is_sound(plain: bytes, container: Container, cut: int = 0, key: bytes = KEY) -> bool:
    cipher = _encrypted(plain, key, IV)
    piece = Piece("a", 0, 1.0, None, None, (), KEY, IV, "a", container)
    judge = soundness_of(piece)
    assert judge is not None
    return judge(cipher[: len(cipher) - cut])


@pytest.mark.parametrize(
    ("plain", "container"),
    [(PACKETS, Container.TRANSPORT_STREAM), (BOXES, Container.FRAGMENTED_MP4)],
    ids=lambda each: each.name if isinstance(each, Container) else "",
)
def test_a_segment_that_is_whole_is_sound_and_nothing_else_is(
    plain: bytes, container: Container
) -> None:
    assert is_sound(plain, container)
    for cut in (1, 16, 160, 512):
        assert not is_sound(plain, container, cut)
    assert not is_sound(plain, container, key=bytes(16))
    assert not is_sound(plain + b"\0", container)
    assert not is_sound(b"", container)
    assert not is_sound(b"<html>" + plain[6:], container)


def test_boxes_without_a_fragment_are_no_segment() -> None:
    assert not is_sound(BOXES.replace(b"moof", b"free"), Container.FRAGMENTED_MP4)
