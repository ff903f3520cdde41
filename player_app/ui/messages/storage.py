"""What is said of things that this computer does not keep."""

from __future__ import annotations

from player_app.core.storage_errors import (
    DatabaseDamaged,
    DatabaseTooNew,
    DiskFull,
    FolderGone,
    FolderUnusable,
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
    OfflineNeedsKeyring,
    ProfileHeld,
    StorageError,
)
from player_app.ui.messages.message import Message

_GET_KEYRING = {
    "linux": "GNOME Keyring or KWallet is such a store; on Debian and Ubuntu: "
    "sudo apt install gnome-keyring.",
    "darwin": "Open Keychain Access and see that the login keychain is there.",
    "win32": "See in Services that the Credential Manager is running.",
}
_KEYRING = "See that this system has one."

_UNKEPT = Message("That could not be kept", "This computer would not store it.", "retry")
_SAVED = {
    "all": "Everything of yours was saved from its copy: your places in films, comments, payments "
    "under way, and settings. Rentals come back from the service.",
    "some": "Its copy was damaged, too. What could be read of your places in films, comments, "
    "payments and settings was saved; rentals come back from the service.",
    "none": "Its copy was damaged, too, and nothing in them could be read, so a new one was begun. "
    "Rentals come back from the service.",
}


def of_storage(error: StorageError, system: str) -> Message:
    match error:
        case DiskFull(needed_bytes=needed, free_bytes=free):
            short = max(1, (needed - free) // 1_000_000)
            return Message(
                "Not enough disk space",
                f"{short:,} MB more are needed on the disk where Verité keeps its things. "
                "Delete or move something there, then try again.",
                "retry",
            )
        case FolderGone(folder=folder):
            return Message(
                "The folder with your films is not there",
                f"{folder} can't be found. Connect the disk that it is on, and they play again; "
                "nothing of yours is lost.",
                "retry",
            )
        case FolderUnusable(folder=folder, why=why):
            return Message(
                "The folder can't be used",
                f"Nothing can be kept in {folder} ({why}). See that the disk is there and that "
                "the folder is yours to write in, then try again.",
                "retry",
            )
        case DatabaseDamaged():
            return _of_damage(error)
        case DatabaseTooNew():
            return Message(
                "Written by a newer Verité",
                "What is kept on this computer comes from a newer version, and was left as it is. "
                "Please open it with that version.",
                "close",
            )
        case ProfileHeld():
            return Message(
                "Verité is open already, and does not answer",
                "Close its other window, or end it in this system's list of programs, then try "
                "again. Nothing of yours is lost.",
                "retry",
            )
        case KeyringError():
            return _of_keyring(error, system)
        case _:
            return _UNKEPT


def _of_keyring(error: KeyringError, system: str) -> Message:
    match error:
        case OfflineNeedsKeyring(reason=reason):
            return _of_no_downloads(reason, system)
        case KeyringMissing():
            return Message(
                "No safe place for the sign-in",
                "This computer has no store for secrets, so the sign-in lasts until the player "
                f"closes and nothing can be taken offline. {_GET_KEYRING.get(system, _KEYRING)} "
                "Then sign in again.",
                "sign-in",
            )
        case KeyringLocked():
            return Message(
                "The store for secrets is locked",
                "Unlock it and try again. Until then the sign-in lasts until the player closes.",
                "retry",
            )
        case KeyringSilent():
            return Message(
                "The store for secrets does not answer",
                "The sign-in lasts until the player closes, and nothing can be taken offline.",
                "retry",
            )
        case _:
            return _UNKEPT


def _of_damage(error: DatabaseDamaged) -> Message:
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
        case "segments":
            return Message(
                "The list of stored video was damaged",
                "It was made anew from the video itself, which is still here. Should a film lack "
                "something, that is fetched again.",
            )
        case saved:
            return Message("Your library was damaged", f"{_SAVED[saved]}{aside}", "refresh")


def _of_no_downloads(reason: KeyringError | None, system: str) -> Message:
    needs = "What opens a film offline is kept safe in this system's store for secrets"
    match reason:
        case KeyringLocked():
            return Message(
                "Unlock the store for secrets",
                f"{needs}, which is locked. Unlock it and try again; until then films can only "
                "be streamed.",
                "retry",
            )
        case KeyringSilent():
            return Message(
                "Films can only be streamed at present",
                f"{needs}, which does not answer. Try again in a moment.",
                "retry",
            )
        case _:
            return Message(
                "Films can only be streamed here",
                f"{needs}, and this computer has none. {_GET_KEYRING.get(system, _KEYRING)} "
                "Then sign in again.",
                "sign-in",
            )
