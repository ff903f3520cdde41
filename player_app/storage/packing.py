"""Values of the core as compact bytes for the database, and back, checked."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from player_app.core.catalogue import Film

T = TypeVar("T")

_films = msgspec.msgpack.Decoder(Film)


def pack(value: object) -> bytes:
    return msgspec.msgpack.encode(value)


def unpack(packed: bytes, kind: type[T]) -> T | None:
    """The value, or None when the bytes are none: an older player's, or damaged."""
    try:
        return msgspec.msgpack.decode(packed, type=kind)
    except (msgspec.MsgspecError, ValueError):
        return None


def unpack_film(packed: bytes) -> Film | None:
    try:
        return _films.decode(packed)
    except (msgspec.MsgspecError, ValueError):
        return None
