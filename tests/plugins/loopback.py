"""No test reaches past this machine: a name or address elsewhere is unreachable, and told."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

_reached_for: list[str] = []


def is_here(host: object) -> bool:
    """Whether a host is this machine; a text that is no address is a name."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.getaddrinfo" and not is_here(arguments[0]):
        # .invalid is reserved to be unreachable, which is what a test of that asks for
        if not str(arguments[0]).endswith(".invalid"):
            _reached_for.append(str(arguments[0]))
        raise socket.gaierror(socket.EAI_NONAME, f"tests have no network: {arguments[0]}")
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not is_here(address[0]):
            _reached_for.append(str(address[0]))
            raise OSError(errno.ENETUNREACH, f"tests have no network: {address[0]}")


def pytest_configure() -> None:
    sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def only_loopback() -> Iterator[None]:
    _reached_for.clear()
    yield
    if _reached_for:
        pytest.fail(f"reached for the network: {', '.join(sorted(set(_reached_for)))}")
