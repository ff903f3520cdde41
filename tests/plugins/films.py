"""The packaged film that the tests of playing share, made once in a process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.media.packaging import package


@pytest.fixture(scope="session")
def film_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films") / "film"


@pytest.fixture(scope="session")
def film(film_folder: Path) -> dict[str, Any]:
    """Twelve seconds in segments of one."""
    return package(film_folder)
