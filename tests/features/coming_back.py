"""What a browser does at the end of a sign-in: it comes back to the player's listener."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.error import HTTPError
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener


def come_back(address: str) -> tuple[int, str]:
    """Follow the service's redirect to the player, as a browser does."""
    try:
        with build_opener(ProxyHandler({})).open(address, timeout=10) as reply:
            return reply.status, reply.read().decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read().decode()


def changed(address: str, **instead: str | None) -> str:
    """With other values in its query; None leaves one out."""
    parts = urlsplit(address)
    query: Mapping[str, str | None] = {**dict(parse_qsl(parts.query)), **instead}
    kept = {name: value for name, value in query.items() if value is not None}
    return parts._replace(query=urlencode(kept)).geturl()
