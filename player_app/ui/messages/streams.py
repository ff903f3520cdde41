"""What is said of a film that does not play."""

from __future__ import annotations

from player_app.core.stream_errors import (
    CaptionError,
    DamagedStream,
    EngineMissing,
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
from player_app.ui.messages.message import Message

_OVER = {
    "not-started-in-time": "The time to start this rental has passed.",
    "finished": "The time to finish this rental has passed.",
    "subscription-ended": "Your subscription has ended.",
    "cap": "The film can no longer be watched here.",
    "refunded": "The payment for this film was given back.",
    "revoked": "The service took this rental back.",
}

_ONE_CONTACT = {
    "renewal-needed": "Films of a subscription play offline for a while, then the service has to "
    "be asked again. Connect to the network once; nothing has to be downloaded again.",
    "clock-doubt": "The clock of this computer was turned back, so it can't be told whether the "
    "time to watch is over. Set the clock right, and connect to the network once.",
    "not-yet": "By the clock of this computer the time to watch has not begun. Set the clock "
    "right, and connect to the network once.",
}

_SENT = {
    "SAMPLE-AES": "with SAMPLE-AES encryption",
    "CENC": "with CENC encryption",
    "10-bit": "in 10-bit colour",
    "HDR": "in HDR (high dynamic range)",
}

_INSTALL_VLC = {
    "linux": "Install VLC with your system's software program; on Debian and Ubuntu: "
    "sudo apt install vlc, on Fedora: sudo dnf install vlc.",
    "darwin": "Download VLC from videolan.org and move it into the Applications folder.",
    "win32": "Download VLC (64-bit) from videolan.org and install it.",
}
_VLC_ELSEWHERE = "Install VLC from videolan.org."


def of_stream(error: MediaError | LicenceError, system: str) -> Message:
    match error:
        case LicenceError():
            return _of_licence(error)
        case PlaylistError():
            return Message(
                "The film is put together wrongly",
                "The service's list of the film's pieces can't be used.",
                "retry",
            )
        case CaptionError():
            return Message(
                "No captions", "The captions of this film can't be read; the film itself plays."
            )
        case UnsupportedStream(what=what):
            return Message(
                "A kind of film we can't play",
                f"This film is sent {_SENT.get(what, f'as {what}')}, which this player does not "
                "play. The service can send it in another way; its help takes word of that.",
                "help",
            )
        case NotForOffline():
            return Message(
                "This film plays online only",
                "Its service does not say what the film consists of, so it can't be taken "
                "offline and checked. It can be watched while you are connected.",
            )
        case PackagedAnew():
            return Message(
                "The service has put the film together anew",
                "What is the same in both stays here, and the rest is fetched.",
                "retry",
            )
        case DamagedStream():
            return Message(
                "Part of the film is damaged",
                "A piece of the film arrived wrong again and again, and was not shown.",
                "retry",
            )
        case RentalOver(why=why):
            return _of_end(why)
        case _:
            return _of_engine(error, system)


def _of_engine(error: MediaError, system: str) -> Message:
    match error:
        case EngineMissing(needed=needed, found=None):
            return Message(
                "VLC is needed",
                f"Films are played with VLC {needed} or newer, and it is not on this computer. "
                f"{_INSTALL_VLC.get(system, _VLC_ELSEWHERE)} Then try again.",
                "retry",
            )
        case EngineMissing(needed=needed, found=found):
            return Message(
                "Another VLC is needed",
                f"Films are played with VLC 3, from {needed} on, and this computer has {found}. "
                f"{_INSTALL_VLC.get(system, _VLC_ELSEWHERE)} Then open Verité again.",
                "close",
            )
        case _:
            return Message("The film would not play", "VLC gave up on this film.", "retry")


def _of_licence(error: LicenceError) -> Message:
    if isinstance(error, KeptLicenceUnusable):
        return Message(
            "One contact with the service is needed",
            "What lets this film play offline can't be read here any more. Connect to the "
            "network once: it is renewed, and nothing has to be downloaded again.",
            "retry",
        )
    if isinstance(error, LicenceUntimely):
        return Message(
            "The clock of this computer looks wrong",
            "By this computer's clock, what the service permitted just now is of another time, so "
            "nothing was played. Set the clock right, then try again.",
            "retry",
        )
    return Message(
        "This licence is not for this device",
        "The permission the service sent could not be verified, so nothing was played.",
        "retry",
    )


def _of_end(why: str) -> Message:
    if why in _ONE_CONTACT:
        return Message("One contact with the service is needed", _ONE_CONTACT[why], "retry")
    return Message("The time is over", _OVER.get(why, f"The service says: {why}."), "rent")
