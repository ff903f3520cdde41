"""The bundled service as the demo starts it: a child that ends with the player, or is missed."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.request import urlopen

import pytest

from player_app.demo_service import DemoDidNotStart, DemoService

ROOT = Path(__file__).resolve().parents[1]
PATIENCE_S = 30.0


def variables() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_it_answers_where_it_did_before_a_restart(tmp_path: Path) -> None:
    addresses = []
    for _ in range(2):
        demo = DemoService(tmp_path / "service", variables())
        with urlopen(f"{demo.address}/.well-known/verite", timeout=PATIENCE_S) as answer:  # noqa: S310
            assert answer.status == 200
        addresses.append(demo.address)
        demo.stop()
    assert addresses[0] == addresses[1]


@pytest.mark.thorough
def test_a_service_that_cannot_start_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "service" / "service.sqlite3").mkdir(parents=True)
    with pytest.raises(DemoDidNotStart, match=r"did not start\. What it said is in .+\.log\."):
        DemoService(tmp_path / "service", variables())
