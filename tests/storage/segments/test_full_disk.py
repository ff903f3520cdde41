"""A full disk, or one that can't be written to, is told, and costs nothing that was stored."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.plugins.promises import Promise
from tests.storage.test_full_disk import with_a_disk_of_its_own

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.promise(2)
def test_on_a_full_disk_what_was_stored_stays_and_what_finds_no_room_says_so(
    tmp_path: Path, promise: Promise
) -> None:
    disk = with_a_disk_of_its_own()
    if not disk:
        pytest.skip("this machine lets nobody have a disk of his own")
    cases = promise.count(smoke=8, full=40)
    done = subprocess.run(
        [
            *disk,
            sys.executable,
            "-m",
            "tests.storage.segments.full_store_errand",
            tmp_path,
            str(cases),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answers: dict[str, Any] = json.loads(done.stdout)
    assert answers["filled_up"][0]["refused"] > 0
    for each in answers["filled_up"]:
        assert each["unnamed"] == [], each
        assert each["half_done"] == [], each
        assert each["agrees"], each
        assert each["is_whole"], each
        assert each["trouble"] is None, each
        assert each["starts_whole"], each
        assert each["gives_room"], each
        assert each["goes_on"], each
    assert answers["made_room"] == {"is_whole": True}
    assert answers["streamed"] == {"plays": True, "told": ["DiskFull"], "kept_again": True}
    assert answers["read_only"] == {
        "trouble": "FolderUnusable",
        "refusal": "FolderUnusable",
        "is_whole": True,
        "is_well": True,
    }
    assert answers["moved"]["is_whole"]
    small, filled = answers["moved"]["answers"].values()
    assert small == {"said": "DiskFull", "copied": 0, "left": []}
    assert filled["copied"] > 0
    assert (filled["said"], filled["left"]) == ("DiskFull", [])
    promise.tried(cases + 4)
