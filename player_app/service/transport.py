"""HTTP to a service: bounded, timed, never redirected off its origin, every failure a leaf."""

from __future__ import annotations

import contextlib
import http.cookiejar
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import requests
import requests.adapters
import requests.exceptions
from urllib3.util import Retry

from player_app.core.errors import (
    BadReply,
    ServiceError,
    ServiceFailing,
    SlowDown,
    Stopped,
)
from player_app.service.failures import translated
from player_app.service.origins import host_of, is_loopback, origin_of
from player_app.service.polling import BreakableSockets
from player_app.service.wire.codec import encode
from player_app.service.wire.problems import refusal

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 15.0
LONGEST_REPLY_S = 60.0
MOST_BYTES = 32 * 1024 * 1024
MOST_REDIRECTS = 3
CHUNK_BYTES = 64 * 1024
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})


@dataclass(frozen=True, slots=True)
class Reply:
    """A 2xx or 304 with its whole body; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class Transport:
    """`proxies` by scheme and `no_proxy` as they were when the player started."""

    def __init__(
        self,
        proxies: Mapping[str, str],
        no_proxy: str,
        player_version: str,
        read_timeout_s: float = READ_TIMEOUT_S,
    ) -> None:
        # urllib3 warns of every retry with the whole address in its text, signed grants included
        logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
        self._read_timeout_s = read_timeout_s
        self._proxies = dict(proxies)
        self._no_proxy = tuple(each.strip().lstrip(".") for each in no_proxy.split(",") if each)
        self._user_agent = f"Verite/{player_version}"
        retry = Retry(
            total=2,
            connect=2,
            read=1,
            status=0,
            other=0,
            allowed_methods=_IDEMPOTENT,
            backoff_factor=0.2,
            backoff_jitter=0.1,
            raise_on_status=False,
        )
        adapter = requests.adapters.HTTPAdapter(max_retries=retry, pool_maxsize=16)
        self._session = self._session_over(adapter)

    def close(self) -> None:
        self._session.close()

    def send(
        self,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: object = None,
        form: Mapping[str, str] | None = None,
        most_bytes: int = MOST_BYTES,
        longer_by_s: float = 0.0,
        stop: threading.Event | None = None,
    ) -> Reply:
        """The whole reply; anything but a success raises a leaf of `core.errors`.

        `longer_by_s` is what a long poll takes on top of the usual time to answer; `stop` ends
        it with `Stopped`, whatever it is waiting for.
        """
        sent = dict(headers or {})
        data: Any = dict(form) if form is not None else None
        if json is not None:
            sent["Content-Type"] = "application/json"
            data = encode(json)
        target = address
        with self._session_until(stop) as session:
            for _ in range(MOST_REDIRECTS + 1):
                with self._answer(
                    session, method, target, sent, params, data, longer_by_s
                ) as response:
                    body = _whole(response, most_bytes)
                    onward = response.headers.get("Location")
                    if not (response.is_redirect and onward):
                        return _judged(response, body, host_of(target))
                target = _same_origin(urljoin(target, onward), address)
                if method not in ("GET", "HEAD"):
                    raise BadReply(method, "a redirect of a request that changes something")
                params = None
        raise BadReply(method, "too many redirects")

    def open(self, address: str, start: int = 0) -> MediaBody:
        """A media file from byte `start` on, to be read piece by piece."""
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        host = host_of(address)
        with translated(host):
            response = self._session.get(
                address,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_TIMEOUT_S, self._read_timeout_s),
                proxies=self._proxies_for(address),
            )
        with contextlib.ExitStack() as failed:
            failed.callback(response.close)
            body = _media_body(response, start, host)
            failed.pop_all()
        return body

    @contextlib.contextmanager
    def _answer(  # noqa: PLR0917 - as requests takes them
        self,
        session: requests.Session,
        method: str,
        address: str,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None,
        data: Any,
        longer_by_s: float,
    ) -> Iterator[requests.Response]:
        with translated(host_of(address)):
            response = session.request(
                method,
                address,
                headers=dict(headers),
                params=dict(params) if params else None,
                data=data,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_TIMEOUT_S, self._read_timeout_s + longer_by_s),
                proxies=self._proxies_for(address),
            )
            try:
                yield response
            finally:
                response.close()

    @contextlib.contextmanager
    def _session_until(self, stop: threading.Event | None) -> Iterator[requests.Session]:
        """The shared one; for what can be stopped one of its own, to be broken off."""
        if stop is None:
            yield self._session
            return
        sockets, done = BreakableSockets(), threading.Event()
        session = self._session_over(sockets.adapter())
        watching = threading.Thread(
            target=sockets.break_off_when, args=(stop, done), name="poll-stop", daemon=True
        )
        watching.start()
        try:
            yield session
        except ServiceError as error:
            if stop.is_set():
                raise Stopped from error
            raise
        finally:
            done.set()
            watching.join()
            session.close()

    def _session_over(self, adapter: requests.adapters.HTTPAdapter) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = self._user_agent
        for scheme in ("http://", "https://"):
            session.mount(scheme, adapter)
        return session

    def _proxies_for(self, address: str) -> dict[str, str]:
        host = host_of(address)
        if is_loopback(host) or any(
            each in ("*", host) or host.endswith(f".{each}") for each in self._no_proxy
        ):
            return {}
        return self._proxies


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
                piece: bytes = self._response.raw.read(at_most, decode_content=False)
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


def _media_body(response: requests.Response, start: int, host: str) -> MediaBody:
    status = response.status_code
    if status not in (200, 206):
        _judged(response, _whole(response, 64 * 1024), host)
        raise BadReply("media", f"HTTP {status}")
    if "text/html" in response.headers.get("Content-Type", ""):
        raise BadReply("media", "a web page instead of the film")
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


def _whole(response: requests.Response, most_bytes: int) -> bytes:
    deadline = time.monotonic() + LONGEST_REPLY_S
    body = bytearray()
    for piece in response.iter_content(CHUNK_BYTES):
        body += piece
        if len(body) > most_bytes:
            raise BadReply("reply", f"larger than {most_bytes} bytes")
        if time.monotonic() > deadline:
            raise requests.exceptions.ReadTimeout("dripping")
    return bytes(body)


def _judged(response: requests.Response, body: bytes, host: str) -> Reply:
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


def _same_origin(target: str, first: str) -> str:
    if origin_of(target) != origin_of(first):
        raise BadReply("reply", "a redirect to somewhere else")
    return target
