"""Everything that can go wrong and that a viewer can be told something different about.

VeriteError
├── ServiceError            the service, or the way to it
│   ├── Unreachable         no answer: offline, refused, timed out, cut
│   │   └── NotSecure       TLS could not be checked
│   ├── NotOurService       it answers, but not as a documentary service does
│   ├── PlayerTooOld        the service asks for a newer player
│   ├── ServiceFailing      5xx
│   ├── SlowDown            429
│   ├── BadReply            an answer that breaks the contract, or is too large
│   ├── Refused             a request that the service understood and refused
│   │   ├── FormRejected    … with a message per field
│   │   ├── NoRight         … no rental and no subscription
│   │   ├── DeviceLimit     … all places of the account are taken
│   │   ├── NotAvailable    … a film without streams (yet)
│   │   ├── AlreadyHeld     … a purchase of what the account has
│   │   └── NotFound        … 404 and 410
│   └── SignInError
│       ├── SignedOut       there is no sign-in, or it has ended
│       ├── WrongPassword
│       ├── CaptchaNeeded
│       ├── BrowserNeeded   the service wants the browser for this sign-in
│       └── SignInAbandoned
├── LicenceError            a licence that does not verify, or not for this device
├── MediaError              a stream that can't be played
│   ├── PlaylistError · CaptionError
│   ├── UnsupportedStream   SAMPLE-AES, CENC, 10-bit, HDR
│   ├── DamagedStream       a checksum that stays wrong
│   ├── RentalOver          the right ended while it played
│   └── EngineFailed        libVLC could not
│       └── EngineMissing   libVLC is not installed, or too old
├── StorageError
│   ├── DiskFull · FolderUnusable · DatabaseDamaged · DatabaseTooNew
│   └── KeyringError
│       ├── KeyringMissing · KeyringLocked
│       └── KeyringSilent   no answer within its deadline
└── Stopped                 the viewer, or the end of the program, asked for it
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from player_app.core.account import Captcha


class VeriteError(Exception):
    """The root; never raised itself."""


class Stopped(VeriteError):
    """The work was asked to stop."""


class ServiceError(VeriteError):
    """Something between the player and a service."""


class Unreachable(ServiceError):
    """No answer from `host`; `why` is one of offline, refused, timed-out, cut, proxy, portal."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host}: {why}")
        self.host = host
        self.why = why


class NotSecure(Unreachable):
    """The certificate of `host` could not be checked."""


class NotOurService(ServiceError):
    """`address` answers, but without a documentary service's discovery document."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(f"{address}: {why}")
        self.address = address
        self.why = why


class PlayerTooOld(ServiceError):
    """The service asks for at least `needed`."""

    def __init__(self, needed: str, ours: str) -> None:
        super().__init__(f"needs {needed}, this is {ours}")
        self.needed = needed
        self.ours = ours


class ServiceFailing(ServiceError):
    """The service answered with a 5xx."""

    def __init__(self, host: str, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(f"{host}: HTTP {status}")
        self.host = host
        self.status = status
        self.retry_after_s = retry_after_s


class SlowDown(ServiceError):
    """The service asks to wait (429)."""

    def __init__(self, retry_after_s: float | None) -> None:
        super().__init__(f"retry after {retry_after_s} s")
        self.retry_after_s = retry_after_s


class BadReply(ServiceError):
    """An answer that breaks the contract; `what` names the request, `why` the breach."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(f"{what}: {why}")
        self.what = what
        self.why = why


class Refused(ServiceError):
    """A request that the service understood and refused: RFC 9457 `type` and `detail`."""

    def __init__(self, status: int, problem: str, detail: str = "") -> None:
        super().__init__(f"HTTP {status} {problem}: {detail}")
        self.status = status
        self.problem = problem
        self.detail = detail


class FormRejected(Refused):
    """A form with mistakes: field name to the service's message."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(422, "invalid", ", ".join(messages))
        self.messages = dict(messages)


class NoRight(Refused):
    """Neither a rental nor a subscription covers the film."""


class DeviceLimit(Refused):
    """Every place for devices is taken."""


class NotAvailable(Refused):
    """The film has no streams (yet)."""


class AlreadyHeld(Refused):
    """The account has what was to be bought; nothing was begun."""


class NotFound(Refused):
    """404 or 410."""


class SignInError(ServiceError):
    """Signing in did not work."""


class SignedOut(SignInError):
    """There is no sign-in, or the service ended it; only the latter says so by `by_service`."""

    def __init__(self, why: str = "", *, by_service: bool = False) -> None:
        super().__init__(why)
        self.by_service = by_service


class WrongPassword(SignInError):
    """Email and password do not match."""


class CaptchaNeeded(SignInError):
    """The service wants a captcha with the next try: this one, if it sent one."""

    def __init__(self, captcha: Captcha | None = None) -> None:
        super().__init__("captcha needed")
        self.captcha = captcha


class BrowserNeeded(SignInError):
    """The service wants this sign-in to happen in the browser."""


class SignInAbandoned(SignInError):
    """The browser never came back, or came back with a refusal."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class LicenceError(VeriteError):
    """A licence that does not verify, or is not for this device, film or account."""


class MediaError(VeriteError):
    """A stream that can't be played."""


class PlaylistError(MediaError):
    """A playlist that breaks RFC 8216 or our bounds."""


class CaptionError(MediaError):
    """Captions that aren't WebVTT, or are too large."""


class UnsupportedStream(MediaError):
    """A kind of stream that this player refuses; `what` names it: SAMPLE-AES, CENC, 10-bit, HDR."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class DamagedStream(MediaError):
    """A segment whose checksum stays wrong after `tries` tries."""

    def __init__(self, path: str, tries: int) -> None:
        super().__init__(f"{path}: wrong {tries} times")
        self.path = path
        self.tries = tries


class RentalOver(MediaError):
    """The right to the film ended; `why` is a word of `core.rental`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class EngineFailed(MediaError):
    """libVLC gave up."""


class EngineMissing(EngineFailed):
    """libVLC is absent or older than `needed`; `found` is its version, if any."""

    def __init__(self, needed: str, found: str | None) -> None:
        super().__init__(f"needs {needed}, found {found}")
        self.needed = needed
        self.found = found


class StorageError(VeriteError):
    """What should survive a restart can't be written or read."""


class DiskFull(StorageError):
    """No room: all in bytes."""

    def __init__(self, needed_bytes: int, free_bytes: int) -> None:
        super().__init__(f"need {needed_bytes} B, {free_bytes} B free")
        self.needed_bytes = needed_bytes
        self.free_bytes = free_bytes


class FolderUnusable(StorageError):
    """The folder is gone, not ours, or read-only."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(f"{folder}: {why}")
        self.folder = folder
        self.why = why


class DatabaseDamaged(StorageError):
    """A database is no sound one: kept aside as `kept_as` (None: there was nothing to keep).

    `saved` is how much of the viewer's own was: all, some or none of it; "films" where only those
    were damaged, which can be fetched again; "" where it was met in use and waits for the next
    start.
    """

    def __init__(self, kept_as: str | None, saved: str = "") -> None:
        super().__init__(f"saved: {saved}, kept as {kept_as}" if saved else "met in use")
        self.kept_as = kept_as
        self.saved = saved


class DatabaseTooNew(StorageError):
    """The profile was written by a newer player."""

    def __init__(self, version: int, known: int) -> None:
        super().__init__(f"schema {version}, known {known}")
        self.version = version
        self.known = known


class KeyringError(StorageError):
    """The system's store of secrets does not serve."""


class KeyringMissing(KeyringError):
    """There is no store of secrets on this computer."""


class KeyringLocked(KeyringError):
    """The store is locked, and the viewer did not unlock it."""


class KeyringSilent(KeyringError):
    """The store did not answer within its deadline."""
