"""A screen and a message bus for tests that start the whole application, one per process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from installer.workshop.screen import virtual_screen


@pytest.fixture(scope="session")
def screen() -> Iterator[dict[str, str]]:
    """The variables that a child process needs to show itself there."""
    with virtual_screen() as variables:
        yield variables
