"""What the viewer reads when something went wrong: one match from error to sentence and action."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from player_app.core import errors as e


@dataclass(frozen=True, slots=True)
class Message:
    """A title, a sentence, and the one action that helps ("" where none does).

    Actions: retry, refresh, sign-in, choose-service, rent, films, help, close.
    """

    title: str
    text: str
    action: str = ""


ACTION_LABELS = {
    "": "",
    "retry": "Try again",
    "sign-in": "Sign in",
    "choose-service": "Choose a service",
    "rent": "See how to watch it",
    "refresh": "Fetch them now",
    "films": "See other films",
    "help": "Get help",
    "close": "Close Verité",
}

_UNREACHABLE = {
    "offline": "This computer seems to have no internet connection.",
    "refused": "{host} is not taking connections just now.",
    "timed-out": "{host} took too long to answer.",
    "cut": "The connection to {host} broke off.",
    "portal": "Another page answered in place of {host}: this network may want you to sign in to "
    "it first, in a browser.",
    "proxy": "The proxy of this network would not let the player through to {host}.",
}

_OVER = {
    "not-started-in-time": "The time to start this rental has passed.",
    "finished": "The time to finish this rental has passed.",
    "subscription-ended": "Your subscription has ended.",
    "cap": "The film can no longer be watched here.",
    "refunded": "The payment for this film was given back.",
    "revoked": "The service took this rental back.",
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

_GET_KEYRING = {
    "linux": "GNOME Keyring or KWallet is such a store; on Debian and Ubuntu: "
    "sudo apt install gnome-keyring.",
    "darwin": "Open Keychain Access and see that the login keychain is there.",
    "win32": "See in Services that the Credential Manager is running.",
}
_KEYRING = "See that this system has one."


def message_for(error: Exception, system: str = sys.platform) -> Message:
    """The sentence and the way on for an error; some ways on are a system's own."""
    match error:
        case e.ServiceError():
            return _of_service(error)
        case e.StorageError():
            return _of_storage(error, system)
        case e.MediaError() | e.LicenceError():
            return _of_media(error, system)
        case e.Stopped():
            return Message("Stopped", "That was stopped before it was done.", "retry")
        case _:
            return Message(
                "Something unforeseen happened",
                "The player made a mistake. Nothing of yours is lost; please try again.",
                "retry",
            )


def _of_service(error: e.ServiceError) -> Message:
    match error:
        case e.NotSecure(host=host):
            return Message(
                "The connection is not safe",
                f"{host} could not prove who it is, so nothing was sent. "
                "Check this computer's date, or try another network.",
                "retry",
            )
        case e.Unreachable(host=host, why=why):
            sentence = _UNREACHABLE.get(why, "{host} can't be reached.")
            return Message("No connection", sentence.format(host=host), "retry")
        case e.NotOurService():
            return _of_address(error)
        case e.PlayerTooOld(needed=needed, ours=ours):
            return Message(
                "This player is too old",
                f"The service needs version {needed} or newer; this is {ours}. Please update "
                "Verité, or use another service until then.",
                "choose-service",
            )
        case e.ServiceFailing(host=host):
            return Message(
                "The service has a problem",
                f"{host} could not do that just now. It is not your connection.",
                "retry",
            )
        case e.SlowDown(retry_after_s=seconds):
            return Message("One moment", _wait(seconds), "retry")
        case e.BadReply():
            return Message(
                "An answer we can't read",
                "The service answered in a way this player does not understand.",
                "retry",
            )
        case e.Refused():
            return _of_refusal(error)
        case _:
            return _of_sign_in(error)


def _of_address(error: e.NotOurService) -> Message:
    match error.why:
        case "not an address":
            return Message(
                "That is no address",
                f"“{error.address}” is no web address. One looks like films.example.org.",
                "choose-service",
            )
        case "only https is safe":
            return Message(
                "That address is not safe",
                f"{error.address} would send your sign-in in the open. A service's address begins "
                "with https.",
                "choose-service",
            )
        case _:
            return Message(
                "No film service there",
                f"{error.address} answers, but not as a documentary service. Please check the "
                "address.",
                "choose-service",
            )


def _of_refusal(error: e.Refused) -> Message:
    match error:
        case e.FormRejected():
            return Message(
                "Please look again", "Some of the form needs another look; see the fields in red."
            )
        case e.NoRight():
            return Message(
                "Not rented yet",
                "Neither a rental nor a subscription of yours covers this film.",
                "rent",
            )
        case e.DeviceLimit():
            return Message(
                "All device places are taken",
                "Your account already plays on as many devices as it may. "
                "The service's help says how to give one of their places back; then try again.",
                "help",
            )
        case e.NotAvailable():
            return Message(
                "Not to be seen yet", "The service does not show this film at present.", "films"
            )
        case e.AlreadyHeld(detail=detail):
            return Message(
                "You have this already", f"{detail or 'It is yours.'} Nothing was taken.", "rent"
            )
        case e.NotFound():
            return Message(
                "Not there any more", "The service no longer knows what you asked for.", "films"
            )
        case e.Refused(detail=detail):
            return Message(
                "The service said no",
                detail or "The service refused that, without saying why.",
                "help",
            )


def _of_sign_in(error: e.ServiceError) -> Message:
    match error:
        case e.SignedOut():
            return Message("You are signed out", "Please sign in to go on.", "sign-in")
        case e.WrongPassword():
            return Message(
                "That did not match", "Email and password do not belong together. Please try again."
            )
        case e.CaptchaNeeded():
            return Message(
                "One more thing", "After a few tries, please also type the five characters below."
            )
        case e.BrowserNeeded():
            return Message(
                "Please use the browser",
                "The service wants this sign-in to happen in the browser.",
                "sign-in",
            )
        case e.SignInAbandoned():
            return Message("Not signed in", "The browser did not finish signing you in.", "sign-in")
        case _:
            return Message("Sign-in did not work", "Please try again.", "sign-in")


def _of_media(error: e.MediaError | e.LicenceError, system: str) -> Message:
    match error:
        case e.LicenceError():
            return Message(
                "This licence is not for this device",
                "The permission the service sent could not be verified, so nothing was played.",
                "retry",
            )
        case e.PlaylistError():
            return Message(
                "The film is put together wrongly",
                "The service's list of the film's pieces can't be used.",
                "retry",
            )
        case e.CaptionError():
            return Message(
                "No captions", "The captions of this film can't be read; the film itself plays."
            )
        case e.UnsupportedStream(what=what):
            return Message(
                "A kind of film we can't play",
                f"This film is sent {_SENT.get(what, f'as {what}')}, which this player does not "
                "play. The service can send it in another way; its help takes word of that.",
                "help",
            )
        case e.DamagedStream():
            return Message(
                "Part of the film is damaged",
                "A piece of the film arrived wrong again and again, and was not shown.",
                "retry",
            )
        case e.RentalOver(why=why):
            return Message("The time is over", _OVER.get(why, f"The service says: {why}."), "rent")
        case e.EngineMissing(needed=needed, found=None):
            return Message(
                "VLC is needed",
                f"Films are played with VLC {needed} or newer, and it is not on this computer. "
                f"{_INSTALL_VLC.get(system, _VLC_ELSEWHERE)} Then try again.",
                "retry",
            )
        case e.EngineMissing(needed=needed, found=found):
            return Message(
                "Another VLC is needed",
                f"Films are played with VLC 3, from {needed} on, and this computer has {found}. "
                f"{_INSTALL_VLC.get(system, _VLC_ELSEWHERE)} Then open Verité again.",
                "close",
            )
        case _:
            return Message("The film would not play", "VLC gave up on this film.", "retry")


def _of_storage(error: e.StorageError, system: str) -> Message:
    match error:
        case e.DiskFull(needed_bytes=needed, free_bytes=free):
            short = max(1, (needed - free) // 1_000_000)
            return Message(
                "Not enough disk space",
                f"{short:,} MB more are needed on the disk where Verité keeps its things. "
                "Delete or move something there, then try again.",
                "retry",
            )
        case e.FolderUnusable(folder=folder, why=why):
            return Message(
                "The folder can't be used",
                f"Nothing can be kept in {folder} ({why}). See that the disk is there and that "
                "the folder is yours to write in, then try again.",
                "retry",
            )
        case e.DatabaseDamaged():
            return _of_damage(error)
        case e.DatabaseTooNew():
            return Message(
                "Written by a newer Verité",
                "What is kept on this computer comes from a newer version, and was left as it is. "
                "Please open it with that version.",
                "close",
            )
        case e.KeyringMissing():
            return Message(
                "No safe place for the sign-in",
                "This computer has no store for secrets, so the sign-in lasts until the player "
                f"closes and nothing can be taken offline. {_GET_KEYRING.get(system, _KEYRING)} "
                "Then sign in again.",
                "sign-in",
            )
        case e.KeyringLocked():
            return Message(
                "The store for secrets is locked",
                "Unlock it and try again. Until then the sign-in lasts until the player closes.",
                "retry",
            )
        case e.KeyringSilent():
            return Message(
                "The store for secrets does not answer",
                "The sign-in lasts until the player closes, and nothing can be taken offline.",
                "retry",
            )
        case _:
            return Message("That could not be kept", "This computer would not store it.", "retry")


def left_in_store(error: e.KeyringError) -> str:
    """What to say after a sign-out that could not take the sign-in out of the store."""
    return (
        f"{message_for(error).title}. You are signed out and the service is told to end the "
        "sign-in. What is left of it here is removed when the store answers again."
    )


def left_on_disk(error: Exception) -> str:
    """What to say after a sign-out that could not put out of sight what was the viewer's."""
    message = message_for(error)
    return (
        f"{message.title}. {message.text} So what is yours is still shown on this computer: sign "
        "in and out once more when that is mended."
    )


def passing_text(error: e.KeyringError) -> str:
    """Why this computer is a passing device, and what that means."""
    message = message_for(error)
    return f"{message.title}. {message.text} This computer is a passing device."


_SAVED = {
    "all": "Everything of yours was saved from its copy: your places in films, comments, payments "
    "under way, and settings. Rentals come back from the service.",
    "some": "Its copy was damaged, too. What could be read of your places in films, comments, "
    "payments and settings was saved; rentals come back from the service.",
    "none": "Its copy was damaged, too, and nothing in them could be read, so a new one was begun. "
    "Rentals come back from the service.",
}


def _of_damage(error: e.DatabaseDamaged) -> Message:
    aside = f" The damaged file is kept aside as {error.kept_as}." if error.kept_as else ""
    match error.saved:
        case "":
            return Message(
                "Your library is damaged",
                "Close Verité and open it again: it then mends the library from its copy.",
                "close",
            )
        case "films":
            return Message(
                "The list of films was damaged",
                f"It is fetched from the service again. Nothing of yours was in it.{aside}",
                "refresh",
            )
        case saved:
            return Message("Your library was damaged", f"{_SAVED[saved]}{aside}", "refresh")


def _wait(seconds: float | None) -> str:
    if seconds is None:
        return "The service asks for a little patience. Please try again soon."
    if seconds < 90:  # noqa: PLR2004 - below this, minutes would be coarse
        return f"The service asks for patience: try again in {max(1, round(seconds))} seconds."
    return f"The service asks for patience: try again in {round(seconds / 60)} minutes."
