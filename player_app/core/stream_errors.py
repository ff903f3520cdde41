"""Why a film does not play: its licence, its stream, or libVLC."""

from __future__ import annotations

from player_app.core.errors import VeriteError


class LicenceError(VeriteError):
    """A licence that does not verify, or is not for this device, film or account."""


class LicenceUntimely(LicenceError):
    """A licence that is sound, but of another time than the clock here tells."""


class KeptLicenceUnusable(LicenceError):
    """What is kept of a licence does not open here; the service can make it anew."""


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


class NotForOffline(MediaError):
    """A film that the service does not describe: what it consists of can't be known and kept."""


class PackagedAnew(MediaError):
    """The service lists other files of a film than it did when taking it offline began."""


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
