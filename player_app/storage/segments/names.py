"""What a file of ciphertext is called: its name alone says what must be in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from player_app.storage.pictures import is_sha256

_FILE = re.compile(r"([0-9a-f]{64})(?:-([0-9a-f]{64}))?")
_PART = re.compile(_FILE.pattern + r"\.\d+\.part")
_FOLDER = re.compile(r"[0-9a-f]{2}")


@dataclass(frozen=True, slots=True)
class Named:
    """`name` stands for the key, `content` is the SHA-256 of the bytes.

    They are one where the key is the hash of what it asks for. Else both are in the file's name,
    or nothing would tell that file's damage once the index is lost.
    """

    name: str
    content: str

    @property
    def file_name(self) -> str:
        return self.name if self.name == self.content else f"{self.name}-{self.content}"


def name_of(key: str) -> str:
    return key if is_sha256(key) else hash_of(key.encode())


def hash_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def named(file_name: str) -> Named | None:
    """None for a file that is none of ours."""
    found = _FILE.fullmatch(file_name)
    return Named(found[1], found[2] or found[1]) if found else None


def is_part(file_name: str) -> bool:
    return _PART.fullmatch(file_name) is not None


def is_folder_of_ours(name: str) -> bool:
    return _FOLDER.fullmatch(name) is not None
