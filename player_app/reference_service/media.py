"""Media: grants for a prefix of addresses, and the files of a packaged film.

The grant is base64url(HMAC-SHA256(key, "v1|exp|kid|/film/")): it guards ciphertext only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from player_app.reference_service.keys import Keys
from player_app.reference_service.problems import Problem
from player_app.reference_service.tokens import base64url

_GRANT = re.compile(r"(\d{1,12})\.([0-9a-f]{1,32})\.([A-Za-z0-9_-]{43})")
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*\.(?:m3u8|mp4|m4s|ts|vtt|jpg)")
TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".m4s": "video/iso.segment",
    ".ts": "video/mp2t",
    ".vtt": "text/vtt; charset=utf-8",
    ".jpg": "image/jpeg",
}


@dataclass(frozen=True, slots=True)
class Package:
    """A packaged film: the list as the wire has it, its hash, and the keys that stay here."""

    folder: Path
    segment_list: str
    segments_sha256: str
    length_ms: int
    content_keys: dict[str, str]
    chapters: list[dict[str, Any]]
    audio: list[dict[str, Any]]
    captions: list[dict[str, Any]]


def sign(keys: Keys, film_id: str, expires_at: int) -> str:
    """A grant for everything of a film until `expires_at`."""
    kid = next(iter(keys.media))
    return f"{expires_at}.{kid}.{_signature(keys.media[kid], expires_at, kid, film_id)}"


def check(keys: Keys, grant: str, film_id: str, now: int) -> None:
    """Refuse a grant that is not ours, not for this film, or over."""
    parts = _GRANT.fullmatch(grant)
    if parts is not None:
        expires_at, kid, signature = int(parts[1]), parts[2], parts[3]
        key = keys.media.get(kid)
        if key is not None:
            right = hmac.compare_digest(_signature(key, expires_at, kid, film_id), signature)
            if right and now < expires_at:
                return
    raise Problem("forbidden", "This address is not good (any more).")


def file_below(folder: Path, path: str) -> Path:
    """The file of a package that may be served; nothing else of the folder can be named."""
    if _PATH.fullmatch(path) is None or not (folder / path).is_file():
        raise Problem("not-found", "There is no such file.")
    return folder / path


@lru_cache(maxsize=64)
def package(folder: Path) -> Package | None:
    """The packaged film of a folder, None where there is none."""
    file = folder / "package.json"
    if not file.is_file():
        return None
    kept = json.loads(file.read_text(encoding="utf-8"))
    wanted = ("length_ms", "renditions", "captions", "preview")
    text = json.dumps({name: kept[name] for name in wanted}, separators=(",", ":"))
    audio = [each for each in kept["renditions"] if each["kind"] == "audio"]
    return Package(
        folder=folder,
        segment_list=text,
        segments_sha256=hashlib.sha256(text.encode()).hexdigest(),
        length_ms=kept["length_ms"],
        content_keys=kept["content_keys"],
        chapters=kept.get("chapters", []),
        audio=[{"language": each["language"], "role": each["role"]} for each in audio],
        captions=[
            {"language": each["language"], "kind": each["kind"]} for each in kept["captions"]
        ],
    )


def _signature(key: bytes, expires_at: int, kid: str, film_id: str) -> str:
    text = f"v1|{expires_at}|{kid}|/{film_id}/"
    return base64url(hmac.new(key, text.encode(), hashlib.sha256).digest())
