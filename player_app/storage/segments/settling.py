"""What becomes of rows and files that do not agree, judged by names and sizes alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player_app.storage.segments.files import Found
from player_app.storage.segments.ledger import Row
from player_app.storage.segments.names import Named


@dataclass(frozen=True, slots=True)
class Settled:
    """`rows` are all that stay, `changed` those of them that the index does not know so."""

    rows: tuple[Row, ...]
    changed: tuple[Row, ...]
    forgotten: tuple[str, ...]
    useless: tuple[Named, ...]


def settled(rows: Iterable[Row], files: Iterable[Found]) -> Settled:
    """A row without its file is forgotten; a file without its row is taken in, yet to be proven.

    Reading them all would take minutes, and each is checked when it is asked for.
    """
    known = {row.name: row for row in rows}
    found: dict[str, list[Found]] = {}
    for file in files:
        found.setdefault(file.named.name, []).append(file)
    chosen = {name: _chosen(each, known.get(name)) for name, each in found.items()}
    stay = {name: _row(file, known.get(name)) for name, file in chosen.items()}
    return Settled(
        rows=tuple(stay.values()),
        changed=tuple(row for name, row in stay.items() if known.get(name) != row),
        forgotten=tuple(name for name in known if name not in stay),
        useless=tuple(
            file.named
            for name, each in found.items()
            for file in each
            if file.named != chosen[name].named
        ),
    )


def _chosen(files: list[Found], row: Row | None) -> Found:
    """Of several that one key stands for, the one of the row, else the latest."""
    return max(
        files, key=lambda file: (row is not None and file.named == row.named, file.changed_at_ns)
    )


def _row(file: Found, known: Row | None) -> Row:
    if known is None:
        return Row(file.named, file.bytes, used=0, proven=False)
    if known.named == file.named and known.bytes == file.bytes:
        return known
    return replace(known, named=file.named, bytes=file.bytes, proven=False)
