"""A documentary service as its discovery document describes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Endpoints:
    """The authorization server's own metadata (RFC 8414); `challenge` only where it may be used."""

    issuer: str
    authorize: str
    token: str
    revoke: str | None
    challenge: str | None


@dataclass(frozen=True, slots=True)
class Service:
    """A service that can be played: addresses are absolute; `pages` maps a name to an address.

    `scope` is what a sign-in asks for (RFC 6749 §3.3); empty: nothing in particular.
    """

    name: str
    address: str
    api: str
    client_id: str
    endpoints: Endpoints
    licence_keys: tuple[dict[str, str], ...]
    pages: dict[str, str]
    media_origins: tuple[str, ...]
    least_player_version: str
    features: frozenset[str]
    scope: str = ""
