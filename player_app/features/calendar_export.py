"""The end of a rental as an event for any calendar: a file by RFC 5545, put where files go."""

from __future__ import annotations

import contextlib
import errno
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from player_app.core.storage_errors import DiskFull, FolderUnusable, StorageError

LONGEST_LINE = 75
"""Octets of a line without its break (RFC 5545, 3.1)."""

DAY_S, HOUR_S = 86_400, 3_600
LONGEST_NAME = 120
"""Octets; file systems take 255 for all of it."""

MOST_TRIES = 1_000
_UNSAFE = re.compile(r"[^\w \-'’,.&()!]+")


def calendar_text(*, film_id: str, title: str, ends_at: int, made_at: int, starts: bool) -> str:
    """One event at the moment at which a rental ends, or has to be started (`starts`).

    Both times are whole seconds since 1970. A reminder comes a day before, or where less is left,
    an hour before. The same film and end give the same event, so that none is there twice.
    """
    doing = "Last moment to start" if starts else "Last moment to watch"
    early_s = DAY_S if ends_at - made_at > DAY_S else HOUR_S
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Verite//Verite player//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_uid(film_id, ends_at)}",
        f"DTSTAMP:{_utc(made_at)}",
        f"DTSTART:{_utc(ends_at)}",
        f"SUMMARY:{_escaped(f'{doing}: {title}')}",
        f"DESCRIPTION:{_escaped(f'Your rental of {title} in Verité.')}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-PT{early_s // HOUR_S}H",
        f"DESCRIPTION:{_escaped(f'{doing}: {title}')}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def save_calendar(folder: Path, title: str, text: str) -> Path:
    """Write it into the folder under a name that is free there; raises `StorageError`."""
    content = text.encode()
    name = file_name(title)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, MOST_TRIES):
            path = folder / (f"{name}.ics" if number == 1 else f"{name} {number}.ics")
            with contextlib.suppress(FileExistsError):
                return _written(path, content)
    except OSError as error:
        raise _storage_error(error, folder, len(content)) from error
    raise FolderUnusable(str(folder), "it is full of such files")


def file_name(title: str) -> str:
    """A title as a name that every file system takes: with these words after it, no device's."""
    plain = " ".join(_UNSAFE.sub(" ", title).split())
    short = plain.encode()[:LONGEST_NAME].decode(errors="ignore").strip(" .")
    return f"{short or 'Film'} (end of rental)"


def _written(path: Path, content: bytes) -> Path:
    """What could not be written whole is not left there."""
    file = path.open("xb")
    try:
        with file:
            file.write(content)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return path


def _storage_error(error: OSError, folder: Path, needed_bytes: int) -> StorageError:
    if error.errno == errno.ENOSPC:
        with contextlib.suppress(OSError):
            free_bytes = shutil.disk_usage(folder).free
            return DiskFull(needed_bytes, min(free_bytes, needed_bytes - 1))
        return DiskFull(needed_bytes, 0)
    return FolderUnusable(str(folder), error.strerror or "unusable")


def _uid(film_id: str, ends_at: int) -> str:
    safe = re.sub(r"[^A-Za-z0-9.-]", "-", film_id)
    return f"{safe}-{ends_at}@verite"


def _utc(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11; what a line may not hold at all is left out."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(" " if each.isspace() else each for each in text if _is_text(each))


def _is_text(character: str) -> bool:
    return character.isspace() or character.isprintable()


def _folded(line: str) -> str:
    """In pieces of at most 75 octets, none of which parts a character."""
    pieces, piece, used = [], "", 0
    for character in line:
        octets = len(character.encode())
        if used + octets > LONGEST_LINE:
            pieces.append(piece)
            piece, used = "", 1  # the blank that marks a continuation counts
        piece, used = piece + character, used + octets
    return "\r\n ".join([*pieces, piece])
