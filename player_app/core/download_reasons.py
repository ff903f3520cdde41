"""Why a download waits or has failed, as plain values that outlive a restart, and back again."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.errors import (
    BadReply,
    NotOurService,
    NotSecure,
    PlayerTooOld,
    ServiceFailing,
    SlowDown,
    Unreachable,
    VeriteError,
)
from player_app.core.refusals import (
    DeviceLimit,
    HeldElsewhere,
    NoRight,
    NotAvailable,
    NotFound,
    PlacesTaken,
    Refused,
)
from player_app.core.sign_in_errors import SignedOut, SignInError
from player_app.core.storage_errors import (
    DatabaseDamaged,
    DiskFull,
    FolderGone,
    FolderUnusable,
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    OfflineNeedsKeyring,
    StorageError,
)
from player_app.core.stream_errors import (
    DamagedStream,
    KeptLicenceUnusable,
    LicenceError,
    LicenceUntimely,
    MediaError,
    NotForOffline,
    PackagedAnew,
    PlaylistError,
    RentalOver,
    UnsupportedStream,
)

Fact = str | int

METERED = "metered"
NO_NETWORK = "no-network"
NO_ROOM = "no-room"
SIGNED_OUT = "signed-out"
UNFORESEEN = "unforeseen"
_NEEDS_KEYRING = "offline-needs-keyring"

LONGEST_FACT = 500
"""Characters; what a service says of itself may be longer."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`word` names an error of the tree, or METERED; `facts` are what its sentence needs."""

    word: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    """A class of errors, the facts of it that are kept, and what it is made with besides."""

    error: type[VeriteError]
    facts: tuple[tuple[str, type[Fact]], ...] = ()
    besides: tuple[None, ...] = ()


_REFUSED = (("status", int), ("problem", str), ("detail", str))
_AT_HOST = (("host", str), ("why", str))

_KINDS = {
    NO_NETWORK: _Kind(Unreachable, _AT_HOST),
    "not-secure": _Kind(NotSecure, _AT_HOST),
    "service-failing": _Kind(ServiceFailing, (("host", str), ("status", int))),
    # how long to wait is past by the time that it is read
    "slow-down": _Kind(SlowDown, besides=(None,)),
    "not-our-service": _Kind(NotOurService, (("address", str), ("why", str))),
    "player-too-old": _Kind(PlayerTooOld, (("needed", str), ("ours", str))),
    "bad-reply": _Kind(BadReply, (("what", str), ("why", str))),
    "no-right": _Kind(NoRight, _REFUSED),
    "device-limit": _Kind(DeviceLimit, _REFUSED),
    "places-taken": _Kind(PlacesTaken, _REFUSED),
    "held-elsewhere": _Kind(HeldElsewhere, _REFUSED),
    "not-available": _Kind(NotAvailable, _REFUSED),
    "not-found": _Kind(NotFound, _REFUSED),
    "refused": _Kind(Refused, _REFUSED),
    SIGNED_OUT: _Kind(SignedOut),
    "sign-in": _Kind(SignInError),
    "licence": _Kind(LicenceError),
    "licence-untimely": _Kind(LicenceUntimely),
    "kept-licence": _Kind(KeptLicenceUnusable),
    "playlist": _Kind(PlaylistError),
    "not-for-offline": _Kind(NotForOffline),
    "packaged-anew": _Kind(PackagedAnew),
    "unsupported-stream": _Kind(UnsupportedStream, (("what", str),)),
    "damaged-stream": _Kind(DamagedStream, (("path", str), ("tries", int))),
    "rental-over": _Kind(RentalOver, (("why", str),)),
    "stream": _Kind(MediaError),
    NO_ROOM: _Kind(DiskFull, (("needed_bytes", int), ("free_bytes", int))),
    "folder-gone": _Kind(FolderGone, (("folder", str),)),
    "folder": _Kind(FolderUnusable, (("folder", str), ("why", str))),
    "database-damaged": _Kind(DatabaseDamaged, besides=(None,)),
    "keyring-missing": _Kind(KeyringMissing),
    "keyring-locked": _Kind(KeyringLocked),
    "keyring-silent": _Kind(KeyringSilent),
    "keyring": _Kind(KeyringError),
    _NEEDS_KEYRING: _Kind(OfflineNeedsKeyring, (("reason", str),)),
    "not-kept": _Kind(StorageError),
    UNFORESEEN: _Kind(VeriteError),
}
"""What an error is called in a row, and what its sentence is made of."""

_WORDS = {kind.error: word for word, kind in _KINDS.items()}

ENDS_BY_ITSELF = frozenset(
    {
        METERED,
        NO_NETWORK,
        NO_ROOM,
        SIGNED_OUT,
        "slow-down",
        "not-secure",
        "service-failing",
        "folder",
        "folder-gone",
        "keyring-locked",
        "keyring-silent",
        "not-kept",
        "packaged-anew",
    }
)
"""A download with one of these waits, and is tried again; any other has ended it."""

OF_THE_WAY = frozenset({NO_NETWORK, "not-secure"})
"""What keeps the whole service away: it helps no other download to wait where one does."""


def reason_of(error: VeriteError) -> Reason:
    """By the error's own class, or the nearest above it that has a word."""
    word = next(_WORDS[kind] for kind in type(error).__mro__ if kind in _WORDS)
    return Reason(word, tuple(_fact(getattr(error, name)) for name, _ in _KINDS[word].facts))


def error_of(reason: Reason) -> VeriteError | None:
    """The error again, for its sentence; None for METERED and for what no error is called."""
    kind = _KINDS.get(reason.word)
    if kind is None or not is_sound(reason):
        return None
    if reason.word == _NEEDS_KEYRING:
        why = error_of(Reason(str(reason.facts[0])))
        return OfflineNeedsKeyring(why if isinstance(why, KeyringError) else None)
    return kind.error(*reason.facts, *kind.besides)


def is_sound(reason: Reason) -> bool:
    """Whether the facts are such as the word needs."""
    kind = _KINDS.get(reason.word)
    wanted = tuple(each for _, each in kind.facts) if kind is not None else ()
    return tuple(map(type, reason.facts)) == wanted


def _fact(value: str | int | VeriteError | None) -> Fact:
    """An error within an error is known by its word."""
    match value:
        case VeriteError():
            return reason_of(value).word
        case str():
            return value[:LONGEST_FACT]
        case int():
            return value
        case None:
            return ""
