"""Where an address leads: its host and origin, and whether that is this computer."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def host_of(address: str) -> str:
    return origin_of(address)[1]


def origin_of(address: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; all empty for what is no address, which is nobody's origin."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", "", None
    return parts.scheme, parts.hostname or "", port


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
