"""Bytes to checked values and back; the bounded kinds that every reply is made of."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from player_app.core.errors import BadReply
from player_app.decoders import decoded

T = TypeVar("T")

Id = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._~-]+\Z")]
Line = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(max_length=20_000)]
Address = Annotated[str, Meta(max_length=2_000, pattern=r"^https?://[^\s]+\Z")]
Few = Meta(max_length=200)
Time = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
SHA256 = re.compile(r"[0-9a-f]{64}")
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Path = Annotated[
    str,
    Meta(
        max_length=200, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\Z"
    ),
]


def decode(what: str, body: bytes | str, kind: type[T]) -> T:
    """The body as this kind; `BadReply` where it isn't."""
    try:
        return decoded(body, "json", kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadReply(what, str(error)[:200]) from error


def encode(value: object) -> bytes:
    return msgspec.json.encode(value)


def seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())
