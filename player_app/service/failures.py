"""What requests and urllib3 raise, as leaves of `core.errors`."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Iterator

import requests
import requests.adapters
import requests.exceptions
import urllib3.exceptions

from player_app.core.errors import (
    BadReply,
    NotSecure,
    ServiceError,
    Unreachable,
)


@contextlib.contextmanager
def translated(host: str) -> Iterator[None]:
    """Whatever requests and urllib3 raise inside becomes a leaf of `core.errors`."""
    try:
        yield
    except (
        requests.exceptions.RequestException,
        urllib3.exceptions.HTTPError,
        OSError,
    ) as error:
        raise leaf_for(error, host) from error


def leaf_for(error: Exception, host: str) -> ServiceError:
    """The leaf that an exception of requests or urllib3 stands for."""
    match error:
        case requests.exceptions.SSLError() | urllib3.exceptions.SSLError() | ssl.SSLError():
            return NotSecure(host, "certificate")
        case requests.exceptions.ProxyError() | urllib3.exceptions.ProxyError():
            return Unreachable(host, "proxy")
        case requests.exceptions.InvalidProxyURL():
            return Unreachable(host, "proxy")
        case urllib3.exceptions.NewConnectionError():
            return Unreachable(host, _why(error))
        case requests.exceptions.Timeout() | urllib3.exceptions.TimeoutError() | TimeoutError():
            return Unreachable(host, "timed-out")
        case (
            requests.exceptions.ContentDecodingError()
            | urllib3.exceptions.DecodeError()
            | requests.exceptions.InvalidJSONError()
            | requests.exceptions.TooManyRedirects()
            | requests.exceptions.HTTPError()
        ):
            return BadReply("reply", type(error).__name__)
        case (
            requests.exceptions.URLRequired()
            | requests.exceptions.MissingSchema()
            | requests.exceptions.InvalidSchema()
            | requests.exceptions.InvalidURL()
            | requests.exceptions.InvalidHeader()
            | requests.exceptions.UnrewindableBodyError()
            | requests.exceptions.StreamConsumedError()
        ):
            return BadReply("request", type(error).__name__)
        case requests.exceptions.ChunkedEncodingError() | urllib3.exceptions.ProtocolError():
            return Unreachable(host, "cut")
        case _:
            return Unreachable(host, _why(error))


def _why(error: BaseException) -> str:
    """What lies at the bottom: urllib3 wraps the socket's own error several times."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    why = "offline"
    while waiting:
        each = waiting.pop()
        if not isinstance(each, BaseException) or id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, ConnectionRefusedError):
            return "refused"
        # a NewConnectionError is a TimeoutError by descent alone
        is_new = isinstance(each, urllib3.exceptions.NewConnectionError)
        if isinstance(each, TimeoutError | urllib3.exceptions.TimeoutError) and not is_new:
            return "timed-out"
        if isinstance(
            each, ConnectionResetError | BrokenPipeError | urllib3.exceptions.ProtocolError
        ):
            why = "cut"
        waiting += [*each.args, each.__cause__, each.__context__, getattr(each, "reason", None)]
    return why
