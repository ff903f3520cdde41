"""Test films, their host, and everything that plays them: real libVLC, real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.media.host import Host, serving
from tests.media.packaging import package


@pytest.fixture(scope="session")
def film_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("films") / "film"


@pytest.fixture(scope="session")
def film(film_folder: Path) -> dict[str, Any]:
    return package(film_folder)


@pytest.fixture
def host(film: dict[str, Any], film_folder: Path) -> Iterator[Host]:
    with serving(film_folder) as found:
        yield found
