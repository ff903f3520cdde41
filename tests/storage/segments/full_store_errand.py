"""Puts segments while the disk under the store fills up: a process with a disk of its own.

It says as JSON what came of it, for each number of pages that were left free.
"""

from __future__ import annotations

import contextlib
import json
import logging
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from pathlib import Path
from typing import Any

from player_app.core.storage_errors import DiskFull, StorageError
from player_app.storage.segments.caching import CachingStore
from player_app.storage.segments.store import SegmentStore, open_segments
from tests.storage.full_disk_errand import full_disk
from tests.storage.segments.filled import DEVICE, HARBOUR, hash_of, names_in, segment

SIZE = 20_000
BEFORE = {hash_of(each): each for each in (segment(number, SIZE) for number in range(10))}
DURING = {hash_of(each): each for each in (segment(number, SIZE) for number in range(10, 16))}


def tried(store: SegmentStore, key: str, data: bytes) -> dict[str, Any]:
    try:
        store.put(key, data)
    except DiskFull as full:
        named = full.needed_bytes > full.free_bytes
        return {"refused": True, "named": named, "agrees": not store.has(key)}
    return {"refused": False, "named": True, "agrees": store.get(key) == data}


def filled_up(disk: Path, free_pages: int) -> dict[str, Any]:
    """What the disk does to puts, to a start, and to whatever would give room back."""
    folder = disk / "segments"
    store, _ = open_segments(folder, device=DEVICE)
    for key, data in BEFORE.items():
        store.put(key, data)
    store.hold(HARBOUR, BEFORE)
    (disk / "more").mkdir(exist_ok=True)
    with full_disk(folder, free_pages), contextlib.ExitStack() as filling:
        puts = [tried(store, key, data) for key, data in DURING.items()]
        rows = {each.named.file_name for each in store._reader.here().ledger.rows()}
        agrees = names_in(folder) == rows
        is_whole = all(store.get(key) == data for key, data in BEFORE.items())
        store.close()
        filling.enter_context(full_disk(disk / "more" / "of it", 0))
        store, trouble = open_segments(folder, device=DEVICE)
        starts_whole = all(store.get(key) == data for key, data in BEFORE.items())
        with contextlib.suppress(StorageError):
            store.let_go(HARBOUR)
        gives_room = store.sizes().free_bytes >= len(BEFORE) * SIZE // 2
        goes_on = tried(store, *next(iter(BEFORE.items())))
    store.close()
    return {
        "free_pages": free_pages,
        "refused": sum(each["refused"] for each in puts),
        "unnamed": [each for each in puts if not each["named"]],
        "half_done": [each for each in puts if not each["agrees"]],
        "agrees": agrees,
        "is_whole": is_whole,
        "trouble": str(trouble) if trouble else None,
        "starts_whole": starts_whole,
        "gives_room": gives_room,
        "goes_on": not goes_on["refused"],
    }


def made_room(disk: Path) -> dict[str, Any]:
    """A download on a disk that is full of what only streamed."""
    folder = disk / "segments"
    store, _ = open_segments(folder, device=DEVICE)
    for number in range(100, 120):
        store.put(hash_of(segment(number, SIZE)), segment(number, SIZE))
    store.hold(HARBOUR, BEFORE)
    with full_disk(folder, 2):
        for key, data in BEFORE.items():
            store.put(key, data)
    is_whole = all(store.get(key) == data for key, data in BEFORE.items())
    store.close()
    return {"is_whole": is_whole}


def read_only(disk: Path) -> dict[str, Any]:
    """A disk that lets itself be read alone, and later be written to."""
    folder = disk / "segments"
    store, _ = open_segments(folder, device=DEVICE)
    for key, data in BEFORE.items():
        store.put(key, data)
    store.close()
    remount(disk, "ro")
    store, trouble = open_segments(folder, device=DEVICE)
    refusal = ""
    try:
        store.put(*next(iter(DURING.items())))
    except StorageError as error:
        refusal = type(error).__name__
    is_whole = all(store.get(key) == data for key, data in BEFORE.items())
    remount(disk, "rw")
    for key, data in DURING.items():
        store.put(key, data)
    is_well = store.trouble() is None
    store.close()
    return {
        "trouble": type(trouble).__name__,
        "refusal": refusal,
        "is_whole": is_whole,
        "is_well": is_well,
    }


def moved(disk: Path) -> dict[str, Any]:
    """To a disk that is too small, and to one that somebody else fills meanwhile."""
    folder, target = disk / "segments", disk / "other disk"
    store, _ = open_segments(folder, device=DEVICE)
    for key, data in BEFORE.items():
        store.put(key, data)
    target.mkdir()
    answers = {}
    for size in ("4m", "20m"):
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", target], check=True)
        seen: list[int] = []
        with contextlib.ExitStack() as filled:

            def fill(
                done: int,
                _total: int,
                seen: list[int] = seen,
                filled: contextlib.ExitStack = filled,
            ) -> None:
                if not seen:
                    filled.enter_context(full_disk(target / "new", 2))
                seen.append(done)

            said = ""
            try:
                store.move_to(target / "new", note=forbidden, progress=fill, stop=threading.Event())
            except DiskFull as full:
                said = "DiskFull" if full.needed_bytes > full.free_bytes else "DiskFull unnamed"
        left = [str(each) for each in target.rglob("*") if each.is_file()]
        answers[size] = {"said": said, "copied": len(seen), "left": left}
        subprocess.run(["umount", target], check=True)
    is_whole = all(store.get(key) == data for key, data in BEFORE.items())
    store.put(*next(iter(DURING.items())))
    store.close()
    return {"answers": answers, "is_whole": is_whole}


def forbidden(_: Path) -> None:
    raise RuntimeError("noted, and not all of it is there")


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


class Memory:
    def __init__(self) -> None:
        self.held: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        return self.held.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.held[key] = data


def streamed(disk: Path) -> dict[str, Any]:
    """A film that streams on while its cache finds no room, and then finds some."""
    folder = disk / "segments"
    store, _ = open_segments(folder, device=DEVICE)
    told: list[str] = []
    caching = CachingStore(
        store,
        Memory(),
        most_cached_bytes=1 << 30,
        told=lambda: told.append(type(caching.trouble).__name__),
        least_free_bytes=0,
    )
    with full_disk(folder, 1):
        for key, data in DURING.items():
            caching.put(key, data)
        plays = all(caching.get(key) == data for key, data in DURING.items())
        written_by(caching)
    told_once = list(told)
    for key, data in BEFORE.items():
        caching.put(key, data)
    written_by(caching)
    caching.close(time.monotonic() + 10)
    kept = all(store.has(key) for key in BEFORE)
    store.close()
    return {"plays": plays, "told": told_once, "kept_again": kept}


def written_by(caching: CachingStore) -> None:
    """Once the writing thread has looked at all of it."""
    while caching._waiting:
        threading.Event().wait(0.01)


def main() -> None:
    logging.disable(logging.CRITICAL)
    disk, cases = Path(sys.argv[1]), int(sys.argv[2])
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk], check=True)
    answers: dict[str, Any] = {"filled_up": []}
    for free_pages in range(cases):
        answers["filled_up"].append(filled_up(disk, free_pages))
        subprocess.run(["rm", "-r", disk / "segments"], check=True)
    answers["made_room"] = made_room(disk)
    subprocess.run(["rm", "-r", disk / "segments"], check=True)
    answers["streamed"] = streamed(disk)
    subprocess.run(["rm", "-r", disk / "segments"], check=True)
    answers["read_only"] = read_only(disk)
    subprocess.run(["rm", "-r", disk / "segments"], check=True)
    answers["moved"] = moved(disk)
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
