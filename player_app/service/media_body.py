"""The body of a media file, read piece by piece and closed from any thread."""

from __future__ import annotations

import contextlib
import threading

import requests

from player_app.core.errors import BadReply, ServiceError, Stopped, Unreachable
from player_app.core.refusals import Refused
from player_app.service.failures import translated
from player_app.service.replies import CHUNK_BYTES, judged, whole_body


class MediaBody:
    """What the gateway reads a media file through."""

    def __init__(self, response: requests.Response, host: str, length: int | None) -> None:
        self._response = response
        self._host = host
        self._closed = threading.Event()
        self.length = length
        self.etag = response.headers.get("ETag")

    def read(self, at_most: int) -> bytes:
        try:
            with translated(self._host):
                piece: bytes = self._response.raw.read1(at_most, decode_content=False)
        except (ServiceError, AttributeError, ValueError) as error:
            # a reply closed by another thread fails in any of these ways
            if self._closed.is_set():
                raise Stopped from error
            raise
        if self._closed.is_set():
            raise Stopped
        return piece

    def close(self) -> None:
        """From any thread: the socket is shut first, so that a read under way returns."""
        if self._closed.is_set():
            return
        self._closed.set()
        with contextlib.suppress(OSError, ValueError, RuntimeError, AttributeError):
            self._response.raw.shutdown()
        self._response.close()


def media_body(response: requests.Response, start: int, host: str) -> MediaBody:
    status = response.status_code
    if status == 401:  # noqa: PLR2004
        raise Refused(status, "unauthorized")  # the address is: media hosts know of no sign-in
    if status not in (200, 206):
        judged(response, whole_body(response, 64 * 1024), host)
        raise BadReply("media", f"HTTP {status}")
    if "text/html" in response.headers.get("Content-Type", ""):
        raise Unreachable(host, "portal")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadReply("media", "compressed, though only the file as it is was asked for")
    length = response.headers.get("Content-Length", "")
    body = MediaBody(response, host, int(length) if length.isdecimal() else None)
    if status == 206:  # noqa: PLR2004
        given = response.headers.get("Content-Range", "")
        if not given.startswith(f"bytes {start}-"):
            raise BadReply("media", f"another range: {given[:60]}")
    elif start:
        _skip(body, start)
    return body


def _skip(body: MediaBody, start: int) -> None:
    """A service that knows no ranges sends everything again."""
    left = start
    while left:
        piece = body.read(min(CHUNK_BYTES, left))
        if not piece:
            raise BadReply("media", "shorter than before")
        left -= len(piece)
    if body.length is not None:
        body.length = max(0, body.length - start)
