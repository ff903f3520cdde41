"""HTTP to a service: bounded, timed, never redirected off its origin, every failure a leaf."""

from __future__ import annotations

import contextlib
import http.cookiejar
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin

import requests
import requests.adapters
from urllib3.util import Retry

from player_app.core.errors import BadReply, ServiceError, Stopped, Unreachable
from player_app.service.breaking import BreakableAdapter, Breaker
from player_app.service.failures import translated
from player_app.service.media_body import MediaBody, media_body
from player_app.service.origins import host_of, is_loopback, origin_of
from player_app.service.replies import Reply, judged, whole_body
from player_app.service.wire.codec import encode

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 15.0
MOST_BYTES = 32 * 1024 * 1024
MOST_REDIRECTS = 3
LOOK_TIMEOUTS_S = (2.0, 3.0)
LOOK_BYTES = 256 * 1024
BY_CHOICE = "by-choice"
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})


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
        self._quiet = False
        self._listener: Callable[[str, Unreachable | None], None] = lambda _address, _error: None
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
        # the gateway has its own law of when to try again
        self._media = self._session_over(BreakableAdapter())

    def close(self) -> None:
        self._session.close()
        self._media.close()

    def listen(self, listener: Callable[[str, Unreachable | None], None]) -> None:
        """Who hears of each request's address whether anybody answered, on the asking thread."""
        self._listener = listener

    def keep_quiet(self, quiet: bool) -> None:  # noqa: FBT001 - it is the wish itself
        """While quiet, nobody is asked anything: every request is `Unreachable` by choice."""
        self._quiet = quiet

    def look_for(self, address: str, is_it: Callable[[bytes], object]) -> None:
        """Ask for a sign of life, once and briefly; raises a leaf where there is none.

        `is_it` raises `BadReply` for an answer of somebody else's, such as a portal's page.
        """
        with self._telling(address):
            session = self._session_over(requests.adapters.HTTPAdapter())
            with contextlib.closing(session), translated(host_of(address)):
                response = session.get(
                    address,
                    stream=True,
                    allow_redirects=False,
                    timeout=LOOK_TIMEOUTS_S,
                    proxies=self._proxies_for(address),
                )
                with contextlib.closing(response):
                    body = whole_body(response, LOOK_BYTES)
                    judged(response, body, host_of(address))
            try:
                is_it(body)
            except BadReply as error:
                raise Unreachable(host_of(address), "portal") from error

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
        with self._telling(address):
            return self._whole_reply(
                method,
                address,
                headers=headers,
                params=params,
                json=json,
                form=form,
                most_bytes=most_bytes,
                longer_by_s=longer_by_s,
                stop=stop,
            )

    def _whole_reply(
        self,
        method: str,
        address: str,
        *,
        headers: Mapping[str, str] | None,
        params: Mapping[str, str] | None,
        json: object,
        form: Mapping[str, str] | None,
        most_bytes: int,
        longer_by_s: float,
        stop: threading.Event | None,
    ) -> Reply:
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
                    body = whole_body(response, most_bytes)
                    onward = response.headers.get("Location")
                    if not (response.is_redirect and onward):
                        return judged(response, body, host_of(target))
                target = _same_origin(urljoin(target, onward), address)
                if method not in ("GET", "HEAD"):
                    raise BadReply(method, "a redirect of a request that changes something")
                params = None
        raise BadReply(method, "too many redirects")

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> MediaBody:
        """A media file from byte `start` on, to be read piece by piece; tried once.

        `breaks` is told, before anything is asked, how to break it off from another thread: this
        then raises `Stopped`.
        """
        self._refuse_when_quiet(address)
        breaker = Breaker()
        if breaks is not None:
            breaks(breaker.break_off)
        try:
            with breaker.watching():
                return self._opened(address, start)
        except ServiceError as error:
            if breaker.is_broken:
                raise Stopped from error
            raise

    def _opened(self, address: str, start: int) -> MediaBody:
        headers = {"Accept-Encoding": "identity"}
        if start:
            headers["Range"] = f"bytes={start}-"
        host = host_of(address)
        with translated(host):
            response = self._media.get(
                address,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(CONNECT_TIMEOUT_S, self._read_timeout_s),
                proxies=self._proxies_for(address),
            )
        with contextlib.ExitStack() as failed:
            failed.callback(response.close)
            with translated(host):
                body = media_body(response, start, host)
            failed.pop_all()
        return body

    @contextlib.contextmanager
    def _telling(self, address: str) -> Iterator[None]:
        """Any answer shows that somebody is there, also one that refuses."""
        self._refuse_when_quiet(address)
        try:
            yield
        except Unreachable as error:
            self._listener(address, error)
            raise
        except ServiceError:
            self._listener(address, None)
            raise
        self._listener(address, None)

    def _refuse_when_quiet(self, address: str) -> None:
        if self._quiet:
            raise Unreachable(host_of(address), BY_CHOICE)

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
        breaker, done = Breaker(), threading.Event()
        session = self._session_over(BreakableAdapter())
        watching = threading.Thread(
            target=breaker.break_off_when, args=(stop, done), name="poll-stop", daemon=True
        )
        watching.start()
        try:
            with breaker.watching():
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


def _same_origin(target: str, first: str) -> str:
    if origin_of(target) != origin_of(first):
        raise BadReply("reply", "a redirect to somewhere else")
    return target
