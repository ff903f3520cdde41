"""Searches files for secrets, as they are and as they are often written."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path

LEAST = 8
"""Bytes; anything shorter is found by chance."""


def forms(secret: bytes) -> set[bytes]:
    """The bytes themselves, in hex, and both in base64, which may begin anywhere.

    Base64 of hex is what the payload of a signed token would hold.
    """
    found = {secret, secret.hex().encode(), secret.hex().upper().encode()}
    for plain, ahead in itertools.product(tuple(found), range(3)):
        # of the first and the last group only those characters that depend on it alone
        whole = base64.b64encode(bytes(ahead) + plain).rstrip(b"=")
        inner = whole[-(-ahead * 4 // 3) : len(whole) - (len(whole) % 4 and 1)]
        found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {each for each in found if len(each) >= LEAST}


def files_below(folders: Iterable[Path]) -> list[Path]:
    """Every regular file; one that goes away while it is looked for is none."""
    return [file for folder in folders for file in folder.rglob("*") if file.is_file()]


def found_in(files: Iterable[Path], secrets: Mapping[str, bytes]) -> list[str]:
    """Which file shows which secret, in words."""
    needles = {needle: name for name, secret in secrets.items() for needle in forms(secret)}
    hits = []
    for file in files:
        try:
            data = file.read_bytes()
        except FileNotFoundError:
            continue
        hits += [f"{name} in {file}" for needle, name in needles.items() if needle in data]
    return hits
