"""Finding films by the words of their texts, on this computer alone."""

from __future__ import annotations

from dataclasses import dataclass

from player_app.core.catalogue import Film
from player_app.storage.search import FilmSearch

LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """`where` says which text of the film holds the words: title, people, subjects and so on."""

    film: Film
    where: str
    snippet: str


class Search:
    def __init__(self, films: FilmSearch) -> None:
        self._films = films

    def find(self, query: str, limit: int = 50) -> tuple[Hit, ...]:
        found = self._films.find(query[:LONGEST_QUERY], limit)
        return tuple(Hit(each.film, each.where, each.snippet) for each in found)
