"""A search finds films by the beginnings of words, and says where in their texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.database import open_database
from player_app.storage.search import FilmSearch
from tests.ui import samples

FILM = replace(
    samples.films()[0],
    title="The Lantern",
    tagline="",
    summary="Who lit the street.",
    synopsis=("A man walks at dusk.", "He carries a ladder and a lamp."),
)


@pytest.fixture
def search(tmp_path: Path) -> Iterator[FilmSearch]:
    database, _ = open_database(tmp_path / "library")
    Catalogue(database).apply(Change((FILM,), (), "1"))
    yield FilmSearch(database)
    database.close()


@pytest.mark.parametrize(
    ("query", "where"),
    [("lanter", "title"), ("STREET", "summary"), ("ladder", "synopsis"), ("lam lad", "synopsis")],
)
def test_the_beginnings_of_words_find_a_film(search: FilmSearch, query: str, where: str) -> None:
    (hit,) = search.find(query, 10)

    assert (hit.film, hit.where) == (FILM, where)


def test_a_passage_is_one_line_of_whole_words_over_the_ends_of_paragraphs(
    search: FilmSearch,
) -> None:
    (hit,) = search.find("ladder", 10)

    assert hit.snippet == "A man walks at dusk. He carries a ladder and a lamp."


@pytest.mark.parametrize("query", ["", "   ", '"', "antern", "lantern nothing", "NOT *"])
def test_what_is_in_no_film_finds_none(search: FilmSearch, query: str) -> None:
    assert search.find(query, 10) == ()
