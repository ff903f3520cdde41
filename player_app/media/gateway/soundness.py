"""Whether a whole segment can be what it should be: its padding and container, where no hash is."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from player_app.core.stream_errors import DamagedStream, PlaylistError
from player_app.media.fragments import boxes
from player_app.media.gateway.cipher import BLOCK, Decryptor
from player_app.media.gateway.tracks import Container, Piece

PACKET_BYTES = 188
SYNC = b"\x47"


def soundness_of(piece: Piece) -> Callable[[bytes], bool] | None:
    """What judges the whole ciphertext; None where the service's hashes do that."""
    if piece.fragments or (piece.sha256 is not None and piece.size is not None):
        return None
    if piece.sha256 is not None:
        return lambda cipher: sha256(cipher).hexdigest() == piece.sha256
    return lambda cipher: is_sound(piece, cipher)


def is_sound(piece: Piece, cipher: bytes) -> bool:
    """PKCS7 padding (RFC 5652 §6.3) fits, and the container is whole."""
    if piece.key is not None and len(cipher) % BLOCK:
        return False
    decryptor = Decryptor(piece.path, piece.key, piece.iv)
    try:
        plain = decryptor.update(cipher) + decryptor.finish()
    except DamagedStream:
        return False
    if piece.container is Container.TRANSPORT_STREAM:
        return _is_transport_stream(plain)
    return _is_fragmented(plain)


def _is_transport_stream(plain: bytes) -> bool:
    """Packets of 188 bytes that begin with the sync byte (ISO/IEC 13818-1 §2.4.3.2)."""
    count, rest = divmod(len(plain), PACKET_BYTES)
    return count > 0 and rest == 0 and plain[::PACKET_BYTES] == SYNC * count


def _is_fragmented(plain: bytes) -> bool:
    """Whole boxes side by side, with a fragment among them (ISO/IEC 14496-12 §4.2, §8.8.4)."""
    try:
        kinds = {box.kind for box in boxes(plain)}
    except PlaylistError:
        return False
    return {b"moof", b"mdat"} <= kinds
