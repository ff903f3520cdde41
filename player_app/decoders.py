"""Checked decoders of JSON and MessagePack: each kind's is built once, by one thread at a time.

msgspec 0.22 keeps what it learns of a class on the class, and puts it there before it is complete:
a second thread that decodes the same class for the first time just then ends the process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Literal, TypeVar

import msgspec

T = TypeVar("T")
Format = Literal["json", "msgpack"]
Encoded = bytes | str | msgspec.Raw
Decoder = Callable[[Encoded], Any]

_building = threading.Lock()
_built: dict[tuple[Format, Any], Decoder] = {}


def decoded(encoded: Encoded, form: Format, kind: type[T]) -> T:
    """The value of this kind; raises what msgspec raises."""
    decode = _built.get((form, kind)) or _build(form, kind)
    value: T = decode(encoded)
    return value


def _build(form: Format, kind: Any) -> Decoder:
    with _building:
        if (form, kind) not in _built:
            made: Any = msgspec.json.Decoder if form == "json" else msgspec.msgpack.Decoder
            _built[form, kind] = made(kind).decode
        return _built[form, kind]
