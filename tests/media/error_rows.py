"""What should follow on every error of the core's tree, and how long each delay should be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from player_app import core
from player_app.core.errors import VeriteError
from player_app.core.refusals import Refused

FULL_S = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0)
"""A failure in a row after the other; half of each is left to chance."""

CHANCES = (0.0, 0.25, 1.0)
ENDS, WAITS, RENEWS, AGAIN = "ends", "waits", "renews", "again"

TABLE = {
    "VeriteError": WAITS,
    "ServiceError": WAITS,
    "Unreachable": WAITS,
    "NotSecure": WAITS,
    "NotOurService": WAITS,
    "PlayerTooOld": ENDS,
    "ServiceFailing": WAITS,
    "SlowDown": WAITS,
    "BadReply": WAITS,
    "Refused": WAITS,
    "FormRejected": WAITS,
    "AlreadyHeld": WAITS,
    "NoRight": ENDS,
    "DeviceLimit": ENDS,
    "PlacesTaken": ENDS,
    "HeldElsewhere": ENDS,
    "NotAvailable": ENDS,
    "NotFound": ENDS,
    "SignInError": ENDS,
    "SignedOut": ENDS,
    "WrongPassword": ENDS,
    "CaptchaNeeded": ENDS,
    "BrowserNeeded": ENDS,
    "SignInAbandoned": ENDS,
    "LicenceError": ENDS,
    "LicenceUntimely": ENDS,
    "KeptLicenceUnusable": ENDS,
    "MediaError": ENDS,
    "PlaylistError": ENDS,
    "CaptionError": ENDS,
    "UnsupportedStream": ENDS,
    "NotForOffline": ENDS,
    "PackagedAnew": ENDS,
    "DamagedStream": AGAIN,
    "RentalOver": ENDS,
    "EngineFailed": ENDS,
    "EngineMissing": ENDS,
    "StorageError": ENDS,
    "DiskFull": ENDS,
    "FolderUnusable": ENDS,
    "FolderGone": ENDS,
    "ProfileHeld": ENDS,
    "DatabaseDamaged": ENDS,
    "DatabaseTooNew": ENDS,
    "KeyringError": ENDS,
    "KeyringMissing": WAITS,
    "KeyringLocked": WAITS,
    "KeyringSilent": WAITS,
    "OfflineNeedsKeyring": ENDS,
    "Stopped": ENDS,
}
"""Of every class of the tree; addresses that are over are told by their status, below."""

ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "Unreachable": ("host", "cut"),
    "NotSecure": ("host", "certificate"),
    "NotOurService": ("address", "why"),
    "PlayerTooOld": ("2", "1"),
    "ServiceFailing": ("host", 503),
    "SlowDown": (None,),
    "BadReply": ("what", "why"),
    "FormRejected": ({"field": "wrong"},),
    "SignInAbandoned": ("why",),
    "UnsupportedStream": ("CENC",),
    "DamagedStream": ("path", 1),
    "RentalOver": ("finished",),
    "EngineMissing": ("3", None),
    "DiskFull": (2, 1),
    "FolderUnusable": ("folder", "gone"),
    "FolderGone": ("folder",),
    "ProfileHeld": ("folder",),
    "DatabaseDamaged": (None,),
    "DatabaseTooNew": (9, 1),
}


def whole_tree() -> Iterator[type[VeriteError]]:
    """The root and everything below it, families that nobody speaks of yet included."""
    for each in iter_modules(core.__path__, f"{core.__name__}."):
        import_module(each.name)
    waiting: list[type[VeriteError]] = [VeriteError]
    while waiting:
        kind = waiting.pop()
        if kind.__module__.startswith("player_app.core."):
            yield kind
            waiting += kind.__subclasses__()


TREE = sorted(set(whole_tree()), key=lambda kind: kind.__name__)
NAMES = [kind.__name__ for kind in TREE]


def made(kind: type[VeriteError]) -> VeriteError:
    given = (409, "conflict") if issubclass(kind, Refused) else ()
    return kind(*ARGUMENTS.get(kind.__name__, given))


def always(chance: float) -> Callable[[], float]:
    return lambda: chance


def delay_s(failures: int, chance: float) -> float:
    full_s = FULL_S[min(failures, len(FULL_S)) - 1]
    return full_s * (1 + chance) / 2
