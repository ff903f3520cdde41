"""Ten thousand films come in and home opens from them without being noticed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from player_app.storage.catalogue import Change
from tests.features.conftest import NewPlayer

pytestmark = pytest.mark.real_time


def test_home_reads_only_its_rows_of_ten_thousand_films(new_player: NewPlayer) -> None:
    player = new_player()
    player.browse.refresh()
    model = player.browse.home().rows[-1].cards[0].film
    films = tuple(
        replace(model, id=f"many-{n}", slug=f"many-{n}", title=f"Film {n}") for n in range(10_000)
    )
    player.catalogue.apply(Change(films, (), "many"))

    took = []
    for _ in range(5):
        begun = time.perf_counter()
        home = player.browse.home()
        took.append(time.perf_counter() - begun)

    print(f"home of 10,000 films: {min(took) * 1000:.1f} ms")  # noqa: T201
    assert len(home.rows[-1].cards) == 40
    assert len(player.search.find("film 4321")) == 1
