"""The lock check sees a stale lock, a missing hash and a host's name."""

from __future__ import annotations

import pytest

from installer.workshop.checks.lock import MADE_FOR, defects

GOOD = f"""{MADE_FOR}0123
h11==0.16.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
zipp==4.1.2 ; python_full_version < '3.12' \\
    --hash=sha256:cc
"""


def test_a_fresh_lock_with_hashes_passes() -> None:
    assert list(defects(GOOD, "0123")) == []


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("0123", "4567", "made for other dependency lists"),
        (" \\\n    --hash=sha256:cc", "", "no hash for zipp"),
        ("zipp==4.1.2", "zipp @ https://example.org/zipp.whl", "names a host"),
        ("zipp==4.1.2", "zipp>=4", "pins nothing"),
        ("0123\n", "0123\n--index-url https://example.org/simple\n", "names a host"),
    ],
)
def test_a_lock_that_is_not_sound_is_named(right: str, wrong: str, said: str) -> None:
    assert any(said in defect for defect in defects(GOOD.replace(right, wrong), "0123"))
