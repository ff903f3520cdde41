"""What the gateway needs of the way to the service, of a store, and of whoever permits playing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from urllib.parse import urlsplit


class Body(Protocol):
    """One answer of a media host, read piece by piece.

    `length` is how many bytes are still to come at the time of opening, if that was told.
    """

    @property
    def length(self) -> int | None: ...

    @property
    def etag(self) -> str | None: ...

    def read(self, at_most: int) -> bytes:
        """The next bytes, b"" at the end; raises a leaf of `core.errors`."""

    def close(self) -> None:
        """End it, from any thread: a read under way then raises `Stopped`."""


class Upstream(Protocol):
    """The way to the media hosts."""

    def open(
        self,
        address: str,
        start: int = 0,
        breaks: Callable[[Callable[[], None]], None] | None = None,
    ) -> Body:
        """The file at `address` from byte `start` on; raises a leaf of `core.errors`.

        `breaks` is told, before anything is asked, how to break it off: this then raises `Stopped`.
        """


class Store(Protocol):
    """Where ciphertext lies, by the SHA-256 (hex) of the segment, or by `core.parts.stored_as`."""

    def get(self, key: str) -> bytes | None: ...

    def has(self, key: str) -> bool:
        """Whether it is stored, as far as that is known without reading it."""

    def put(self, key: str, data: bytes) -> None: ...


def folder_and_name(address: str) -> tuple[str, str]:
    """The folder that everything of a film lies below, and its playlist there, query and all."""
    parts = urlsplit(address)
    folder = f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/"
    return folder, address[len(folder) :]
