"""The keys that a service signs licences with: fetched over TLS, kept behind this device's MAC."""

from __future__ import annotations

from player_app.features.account import AccountDesk
from player_app.features.connection import Connection
from player_app.sealing import sealed, unsealed
from player_app.service.discovery import discover
from player_app.storage.packing import pack, unpack

PublishedKeys = tuple[dict[str, str], ...]
NAME = "licence_keys"


class LicenceKeys:
    """Whoever can write to the profile still can't name a key of their own."""

    def __init__(self, connection: Connection, desk: AccountDesk) -> None:
        self._connection = connection
        self._desk = desk

    def known(self) -> PublishedKeys:
        """As kept, or as fetched where nothing is kept that this device has sealed."""
        whole = self._connection.kept.get(NAME, bytes)
        content = unsealed(self._desk.secret(), self._label(), whole) if whole else None
        keys = unpack(content, PublishedKeys) if content else None
        return self.fetched() if keys is None else keys

    def fetched(self) -> PublishedKeys:
        """As the service publishes them now; kept."""
        client = self._connection.client()
        keys = discover(self._connection.transport, client.service.address).licence_keys
        whole = sealed(self._desk.secret(), self._label(), pack(keys))
        self._connection.kept.put(NAME, whole)
        return keys

    def _label(self) -> str:
        return f"verite licence keys v1 of {self._connection.client().service.address}"
