"""What the player keeps on this computer, in kinds that a viewer can tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The word of each kind; what may be removed of it is `REMOVABLE`'s."""

    FILMS = "films"
    """Films that are taken offline, as ciphertext."""
    STREAMED = "streamed"
    """Pieces of films that streamed, as ciphertext, until others need the room."""
    PICTURES = "pictures"
    CATALOGUE = "catalogue"
    """The service's films and their texts."""
    PLACES = "places"
    """Where the viewer stopped in each film, and what of that the service has yet to hear."""
    COMMENTS = "comments"
    """Drafts, comments that wait to be posted, and those saved with films."""
    PURCHASES = "purchases"
    """Checkouts under way."""
    LICENCES = "licences"
    """Licences of films that are taken offline, and which are to be given back."""
    OWN_FILMS = "own-films"
    """What the films are called and consist of that a viewer rented or took offline."""
    CLOCKS = "clocks"
    """When rentals were started, and the clock they are judged by."""
    ACCOUNT = "account"
    """Who is signed in, at which service, and what they may watch."""
    OTHERS = "others"
    """What other accounts left on this computer, out of sight."""
    SETTINGS = "settings"
    LOGS = "logs"
    SECRETS = "secrets"
    """The sign-in and this device's secret, in the system's store of secrets."""
    FAREWELLS = "farewells"
    """Those of sign-ins that ended here, until their service has heard of it, in the same store."""
    SPARE = "spare"
    """Second copies of what is the viewer's own, and damaged files that were put aside."""
    LOCKS = "locks"
    """Small files by which the player's processes keep out of each other's way."""
    UNKNOWN = "unknown"
    """Files in the player's folders that are not its own."""


REMOVABLE = frozenset(
    {
        Kind.FILMS,
        Kind.STREAMED,
        Kind.PICTURES,
        Kind.CATALOGUE,
        Kind.PLACES,
        Kind.COMMENTS,
        Kind.LOGS,
        Kind.SECRETS,
        Kind.FAREWELLS,
    }
)
"""By itself; the rest goes with everything."""


@dataclass(frozen=True, slots=True)
class KeptThings:
    """All of one kind: `count` things (files, rows or secrets), and their bytes, if known.

    `where` is the folder or file they lie in, "" for the system's store of secrets.
    """

    kind: Kind
    count: int
    bytes: int | None
    where: str

    @property
    def may_be_removed(self) -> bool:
        return self.count > 0 and self.kind in REMOVABLE
