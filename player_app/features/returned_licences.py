"""Places at the service that this computer has given up: it hears of them, however late."""

from __future__ import annotations

import logging
from collections.abc import Callable

from player_app.core.account import Device
from player_app.core.licence import Purpose
from player_app.core.refusals import NotFound
from player_app.features.connection import Connection
from player_app.storage.licences import LicenceStore

log = logging.getLogger(__name__)


class ReturnedLicences:
    """All methods block; `tell` and `give_up_lost` raise what keeps the service from hearing."""

    def __init__(self, connection: Connection, store: LicenceStore) -> None:
        self._connection = connection
        self._store = store

    def waits(self) -> bool:
        """Whether there is something to tell."""
        owner = self._connection.owner()
        return owner is not None and bool(self._store.returned(owner))

    def give_back(self, licence_id: str) -> None:
        """Of one that is not kept: the service hears of it at the next contact."""
        owner = self._connection.owner()
        if owner is not None:
            self._store.give_back_unkept(owner, licence_id)

    def tell(self) -> None:
        """One that the service does not know any more is given back, too."""
        owner, account = self._connection.owner(), self._connection.account
        if owner is None or account is None:
            return
        client = self._connection.client()
        for licence_id in self._store.returned(owner):
            try:
                client.give_back_licence(licence_id, whose=account.id)
            except NotFound:
                log.info("a licence that is given back was not known any more")
            self._store.told(owner, licence_id)

    def give_up_lost(self, device: Device, is_held: Callable[[str], bool]) -> None:
        """Give back what the service thinks this device holds, of films that it does not.

        So it is after a player was killed between the answer and the disk.
        """
        owner = self._connection.owner()
        if owner is None:
            return
        try:
            held = self._connection.client().licences()
        except NotFound:
            return  # not every service tells
        for each in held:
            ours = (each.device_id, each.purpose) == (device.id, Purpose.OFFLINE)
            if ours and not is_held(each.film_id):
                self._store.give_back_unkept(owner, each.id)
        self.tell()
