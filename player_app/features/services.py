"""Choosing a documentary service by host, address or verite:// link."""

from __future__ import annotations

from collections.abc import Callable

from player_app.core.discovery import Service
from player_app.features.connection import Connection
from player_app.service.discovery import discover
from player_app.storage.catalogue import Catalogue


class Services:
    def __init__(
        self, connection: Connection, catalogue: Catalogue, sign_out: Callable[[], object]
    ) -> None:
        self._connection = connection
        self._catalogue = catalogue
        self._sign_out = sign_out

    def current(self) -> Service | None:
        """The remembered choice."""
        return self._connection.service

    def look_up(self, address: str) -> Service:
        """Ask whoever answers at a host, an address or a verite:// link what it is."""
        return discover(self._connection.transport, address)

    def choose(self, service: Service) -> None:
        """Remember it; another one than before means signing out and another catalogue.

        So does another issuer: what one gave is never shown to the next.
        """
        before = self._connection.service
        moved = before is not None and before.address != service.address
        if moved or (before is not None and before.endpoints.issuer != service.endpoints.issuer):
            self._sign_out()
        if moved:
            self._catalogue.clear()
            self._connection.kept.forget("collections", "refreshed_at", "films_etag")
        self._connection.choose(service)
