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
│   ├── Refused             core/refusals.py: a request that it understood and refused
│   │   ├── FormRejected    … with a message per field
│   │   ├── NoRight         … no rental and no subscription
│   │   ├── DeviceLimit     … all places of the account are taken
│   │   ├── NotAvailable    … a film without streams (yet)
│   │   ├── AlreadyHeld     … a purchase of what the account has
│   │   ├── PlacesTaken     … a film that is offline on as many devices as it may
│   │   ├── HeldElsewhere   … a film that may be played on another device alone
│   │   └── NotFound        … 404 and 410
│   └── SignInError         core/sign_in_errors.py
│       ├── SignedOut       there is no sign-in, or it has ended
│       ├── WrongPassword
│       ├── CaptchaNeeded
│       ├── BrowserNeeded   the service wants the browser for this sign-in
│       └── SignInAbandoned
├── LicenceError            core/stream_errors.py: one that does not verify, or not for this device
│   ├── LicenceUntimely     … or is of another time than the clock here tells
│   └── KeptLicenceUnusable … and was kept here: one contact makes it anew
├── MediaError              core/stream_errors.py: a stream that can't be played
│   ├── PlaylistError · CaptionError
│   ├── UnsupportedStream   SAMPLE-AES, CENC, 10-bit, HDR
│   ├── NotForOffline       a film without a list of what it consists of
│   ├── PackagedAnew        the service's list of a film that is taken offline is another by now
│   ├── DamagedStream       a checksum that stays wrong
│   ├── RentalOver          the right ended while it played
│   └── EngineFailed        libVLC could not
│       └── EngineMissing   libVLC is not installed, or too old
├── StorageError            core/storage_errors.py
│   ├── DiskFull · FolderUnusable · DatabaseDamaged · DatabaseTooNew
│   │       └── FolderGone  … and what was kept in it with it
│   ├── ProfileHeld         by another player that does not answer
│   └── KeyringError
│       ├── KeyringMissing · KeyringLocked
│       ├── KeyringSilent   no answer within its deadline
│       └── OfflineNeedsKeyring
└── Stopped                 the viewer, or the end of the program, asked for it
"""

from __future__ import annotations


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
