"""Values of the core as compact bytes for the database, and back, checked."""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec

from player_app.core.catalogue import Film
from player_app.decoders import decoded

T = TypeVar("T")
Plain = int | float | str | bytes | None
"""What a column of SQLite holds."""


def pack(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def unpack(packed: bytes, kind: type[T]) -> T | None:
    """The value, or None when the bytes are none: an older player's, or damaged."""
    try:
        return decoded(packed, "msgpack", kind)
    except (msgspec.MsgspecError, ValueError):
        return None


def unpack_film(packed: bytes) -> Film | None:
    try:
        return decoded(packed, "msgpack", Film)
    except (msgspec.MsgspecError, ValueError):
        return None


def blob(value: object) -> bytes:
    """What a column of bytes holds; nothing where something else was written into it."""
    return value if isinstance(value, bytes) else b""


def seal(*values: object) -> bytes:
    """Plain values packed behind the CRC-32 of their bytes: damage of any kind will show."""
    packed = pack(values)
    return zlib.crc32(packed).to_bytes(4, "big") + packed


def unseal(sealed: bytes) -> tuple[Plain, ...] | None:
    """The values, or None where the bytes are not what was sealed."""
    if zlib.crc32(sealed[4:]).to_bytes(4, "big") != sealed[:4]:
        return None
    try:
        return tuple(msgspec.msgpack.decode(sealed[4:]))
    except (msgspec.MsgspecError, TypeError):
        return None
