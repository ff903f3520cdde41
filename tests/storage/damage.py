"""Ways in which a file comes to harm, from a disk's, a program's or a person's mistake."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

PAGE = 4096
Damage = Callable[[Path], None]


def header(path: Path) -> None:
    _overwrite(path, 0, b"\xff" * 100)


def first_page(path: Path) -> None:
    _overwrite(path, 0, b"\x00" * PAGE)


def middle(path: Path) -> None:
    size = path.stat().st_size
    _overwrite(path, size // 3, os.urandom(size // 3))


def every_second_page(path: Path) -> None:
    for start in range(PAGE, path.stat().st_size, 2 * PAGE):
        _overwrite(path, start, b"\xaa" * PAGE)


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


def zeroed(path: Path) -> None:
    _overwrite(path, 0, b"\x00" * path.stat().st_size)


def garbage(path: Path) -> None:
    path.write_bytes(os.urandom(20_000))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "something").write_text("else")


def deleted(path: Path) -> None:
    path.unlink()


def one_wrong_byte(path: Path, within: bytes) -> None:
    """In what was written there once, as it was: not in its length."""
    content = path.read_bytes()
    assert content.count(within) == 1
    path.write_bytes(content.replace(within, within[:-2] + b"~" + within[-1:]))


def one_wrong_bit(path: Path, place: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << bit
    path.write_bytes(content)


DAMAGES: dict[str, Damage] = {
    each.__name__: each
    for each in (
        header,
        first_page,
        middle,
        every_second_page,
        truncated,
        empty,
        zeroed,
        garbage,
        a_folder,
        deleted,
    )
}


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def log_lost(path: Path) -> None:
    log_of(path).unlink()


def log_cut(path: Path) -> None:
    log = log_of(path)
    os.truncate(log, log.stat().st_size // 2)


def log_garbled(path: Path) -> None:
    log = log_of(path)
    _overwrite(log, 0, os.urandom(log.stat().st_size))


LOG_DAMAGES: dict[str, Damage] = {each.__name__: each for each in (log_lost, log_cut, log_garbled)}


def _overwrite(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)
