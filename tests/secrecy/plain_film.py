"""What a packaged film is in clear, and whether any of that lies in a file."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

WINDOW = 32
LEAST_VARIED = 20
"""Different bytes in a window: one that says nothing could stand anywhere."""

SHAPES = {
    "a movie fragment": re.compile(rb"moof.{4}mfhd", re.DOTALL),
    "media data": re.compile(rb"(?:moof|trun).{1,4000}?mdat", re.DOTALL),
    "a transport stream": re.compile(rb"(?:\x47[\x00-\x7f].{186}){5}", re.DOTALL),
}


def plain_segments(folder: Path) -> Iterator[bytes]:
    """Every segment of a packaged film, decrypted (docs/demo-format.md)."""
    package: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    for rendition in package["renditions"]:
        playlist = (folder / rendition["playlist"]).read_text(encoding="utf-8")
        key = bytes.fromhex(package["content_keys"][rendition["key"]])
        ivs = re.findall(r"IV=0x([0-9a-f]{32})", playlist)
        for iv, segment in zip(ivs, rendition["segments"], strict=True):
            decryptor = Cipher(algorithms.AES128(key), modes.CBC(bytes.fromhex(iv))).decryptor()
            yield decryptor.update((folder / segment["path"]).read_bytes()) + decryptor.finalize()


def content_keys(folder: Path) -> dict[str, bytes]:
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    return {name: bytes.fromhex(key) for name, key in package["content_keys"].items()}


class PlainFilm:
    """`windows` pieces of each segment, chosen at random, all of its places being as likely."""

    def __init__(self, segments: Iterable[bytes], windows: int, seed: int = 16) -> None:
        chance = random.Random(seed)  # noqa: S311 - which places are searched for is no secret
        self.windows: set[bytes] = set()
        for segment in segments:
            places = chance.sample(
                range(len(segment) - WINDOW), min(windows * 4, len(segment) // 2)
            )
            varied = (segment[at : at + WINDOW] for at in places)
            chosen = [each for each in varied if len(set(each)) >= LEAST_VARIED]
            self.windows |= set(chosen[:windows])
        firsts = [int.from_bytes(each[:8], "little") for each in self.windows]
        self._firsts = np.unique(np.array(firsts, np.uint64))

    def found_in(self, data: bytes) -> list[str]:
        """What of it the bytes show, in words; at any place in them."""
        found = [name for name, shape in SHAPES.items() if shape.search(data)]
        for ahead in range(8):
            count = (len(data) - ahead) // 8
            if count <= 0:
                break
            eights = np.frombuffer(data, "<u8", count, ahead)
            near = np.searchsorted(self._firsts, eights).clip(max=len(self._firsts) - 1)
            for place in np.nonzero(self._firsts[near] == eights)[0]:
                at = ahead + 8 * int(place)
                if data[at : at + WINDOW] in self.windows:
                    found.append(f"the film at byte {at}")
        return found
