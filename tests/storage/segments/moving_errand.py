"""Moves a store to another folder and is killed at a step of it, then opens it: a process alone.

It says as JSON what was found after each kill. A step is whatever Python reports of itself to an
audit hook: a file opened, renamed, removed, a folder made, a database connected to.
"""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
import sys
from pathlib import Path
from typing import Any

from player_app.storage.segments.store import SegmentStore, open_segments
from tests.storage.segments.filled import (
    ALL,
    DEVICE,
    HARBOUR,
    NEVER,
    fill,
    hash_of,
    in_store,
    names_in,
    no_progress,
    segment,
)

STEPS = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "open", "sqlite3.connect")
NEW = segment(60)


def place_of(work: Path) -> Path:
    pointer = work / "pointer"
    return Path(pointer.read_text()) if pointer.exists() else work / "old"


def note(work: Path, place: Path) -> None:
    part = work / "pointer.part"
    part.write_text(str(place))
    part.replace(work / "pointer")


def opened(work: Path) -> SegmentStore:
    store, trouble = open_segments(place_of(work), device=DEVICE, made_before=True)
    if trouble is not None:
        raise trouble
    return store


def moved_until(work: Path, step: int) -> bool:
    """Move it in a process that ends at this step; whether it came to the end before."""
    if (child := os.fork()) == 0:
        seen = 0

        def kill(event: str, _: object) -> None:
            nonlocal seen
            if event in STEPS:
                seen += 1
                if seen == step:
                    os._exit(9)

        store = opened(work)
        sys.addaudithook(kill)

        def late(done: int, total: int) -> None:
            if done == total:
                store.put(hash_of(NEW), NEW)
                (work / "acknowledged").touch()

        store.move_to(work / "new", note=lambda place: note(work, place), progress=late, stop=NEVER)
        (work / "steps").write_text(str(seen))
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def found_in(work: Path) -> dict[str, Any]:
    """After a kill: whether all is there, once, and can be moved again."""
    store = opened(work)
    place = store.folder
    other = work / ("old" if place.name == "new" else "new")
    found = {
        "place": place.name,
        "whole": in_store(store) == ALL,
        "late": not (work / "acknowledged").exists() or store.get(hash_of(NEW)) == NEW,
        "held": store.held_by(HARBOUR) != frozenset(),
        "twice": sorted(each.name for each in other.rglob("*")) if other.exists() else [],
    }
    files = names_in(place)
    store.move_to(work / "third", note=lambda at: note(work, at), progress=no_progress, stop=NEVER)
    store.close()
    store = opened(work)
    found["moves_again"] = in_store(store) == ALL and names_in(work / "third") == files
    found["left"] = place.exists()
    store.close()
    return found


def main() -> None:
    logging.disable(logging.CRITICAL)
    work, cases = Path(sys.argv[1]), int(sys.argv[2])
    original = work / "original"
    original.mkdir()
    fill(original / "old")
    moved_until(prepared(work, original), step=0)
    last = int((work / "case" / "steps").read_text())
    steps = sorted(random.Random(1).sample(range(1, last + 1), min(cases, last)))  # noqa: S311 - the same each time
    answers = []
    for step in steps:
        case = prepared(work, original)
        is_done = moved_until(case, step)
        answers.append({"step": step, "done": is_done, **found_in(case)})
    json.dump(answers, sys.stdout)


def prepared(work: Path, original: Path) -> Path:
    shutil.rmtree(work / "case", ignore_errors=True)
    shutil.copytree(original, work / "case")
    return work / "case"


if __name__ == "__main__":
    main()
