"""Pictures of the catalogue: from this computer, else fetched, checked and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from player_app.core.errors import BadReply
from player_app.core.refusals import NotFound
from player_app.core.storage_errors import StorageError
from player_app.features.connection import Connection
from player_app.storage.catalogue import Catalogue
from player_app.storage.pictures import PictureStore

MOST_BYTES = 8 * 1024 * 1024


class Pictures:
    """`held` has those of films that are taken offline, by their SHA-256, for as long as they are.

    All others make way in the store, sooner or later.
    """

    def __init__(
        self,
        connection: Connection,
        catalogue: Catalogue,
        store: PictureStore,
        held: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self._connection = connection
        self._catalogue = catalogue
        self._store = store
        self._held = held

    def bytes_of(self, sha256: str) -> bytes:
        here = self._store.get(sha256) or self._held(sha256)
        if here is not None:
            return here
        file = self._catalogue.picture(sha256)
        if file is None:
            raise NotFound(404, "not-found", "a picture that no film names")
        content = self._connection.client().picture(file.address, MOST_BYTES)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise BadReply("picture", "its SHA-256 is another")
        try:
            self._store.put(sha256, content)
        except StorageError:
            return content
        return content
