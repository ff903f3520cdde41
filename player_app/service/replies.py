"""What a reply is worth: its whole body, bounded, and a leaf for every status but a success."""

from __future__ import annotations

import time
from dataclasses import dataclass

import requests
import requests.exceptions

from player_app.core.errors import BadReply, ServiceFailing, SlowDown
from player_app.service.wire.problems import refusal

LONGEST_REPLY_S = 60.0
CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """A 2xx or 304 with its whole body; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def whole_body(response: requests.Response, most_bytes: int) -> bytes:
    deadline = time.monotonic() + LONGEST_REPLY_S
    body = bytearray()
    for piece in response.iter_content(CHUNK_BYTES):
        body += piece
        if len(body) > most_bytes:
            raise BadReply("reply", f"larger than {most_bytes} bytes")
        if time.monotonic() > deadline:
            raise requests.exceptions.ReadTimeout("dripping")
    return bytes(body)


def judged(response: requests.Response, body: bytes, host: str) -> Reply:
    status = response.status_code
    if 200 <= status < 300 or status == 304:  # noqa: PLR2004
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Reply(status, headers, body)
    wait_s = _retry_after_s(response.headers.get("Retry-After"))
    if status == 429:  # noqa: PLR2004
        raise SlowDown(wait_s)
    if status >= 500:  # noqa: PLR2004
        raise ServiceFailing(host, status, wait_s)
    if status < 400:  # noqa: PLR2004
        raise BadReply("reply", f"HTTP {status}")
    raise refusal(status, body)


def _retry_after_s(said: str | None) -> float | None:
    return float(said) if said and said.isdecimal() and len(said) < 6 else None  # noqa: PLR2004
