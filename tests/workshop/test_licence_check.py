"""The licence check lets through what an MIT program that links LGPL may stand on, nothing else."""

from __future__ import annotations

import pytest

from installer.workshop.checks.licences import is_allowed


@pytest.mark.parametrize(
    "expression",
    ["MIT", "MIT License", "Apache-2.0 OR BSD-3-Clause", "MIT AND PSF-2.0", "GPL-2.0-only OR MIT"],
)
def test_a_licence_on_the_list_passes(expression: str) -> None:
    assert is_allowed(expression)


@pytest.mark.parametrize("expression", ["", "GPL-3.0-or-later", "MIT AND GPL-3.0-only", "AGPL-3.0"])
def test_any_other_licence_does_not(expression: str) -> None:
    assert not is_allowed(expression)
