"""Finding films by the words of their texts, on this computer alone."""

from __future__ import annotations

from player_app.core.catalogue import Hit
from player_app.storage.search import FilmSearch

LONGEST_QUERY = 200


class Search:
    def __init__(self, films: FilmSearch) -> None:
        self._films = films

    def find(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        return self._films.find(query[:LONGEST_QUERY], limit)
