"""Opens a damaged profile and is killed at each step of it, then opens it again: a process alone.

It says as JSON what was missing after each kill. A step is whatever Python reports of itself to
an audit hook: a file renamed, removed, opened, connected to.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
from pathlib import Path

from player_app.storage.database import open_database
from tests.storage.belongings import missing_from

STEPS = ("os.rename", "os.remove", "os.chmod", "open", "sqlite3.connect")


def opened_until(path: Path, step: int) -> bool:
    """Open it in a process that ends at this step; whether it came to the end before."""
    if (child := os.fork()) == 0:
        seen = 0

        def kill(event: str, _: object) -> None:
            nonlocal seen
            if event in STEPS and path.parent.exists():
                seen += 1
                if seen == step:
                    os._exit(9)

        sys.addaudithook(kill)
        open_database(path)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def main() -> None:
    logging.disable(logging.CRITICAL)
    profile, work, name = (Path(each) for each in sys.argv[1:])
    step, answers = 0, []
    is_done = False
    while not is_done:
        step += 1
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(profile, work)
        is_done = opened_until(work / name, step)
        database, damaged = open_database(work / name)
        is_told = is_done or damaged is not None
        answers.append({"step": step, "missing": missing_from(database), "told": is_told})
        database.close()
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
