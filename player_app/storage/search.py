"""Full-text search over the films' texts: a query becomes FTS5 words, the last one a prefix."""

from __future__ import annotations

import re

from player_app.core.catalogue import Hit
from player_app.storage.database import Database
from player_app.storage.packing import unpack_film

MOST_WORDS = 8
COLUMNS = ("title", "people", "subjects", "tagline", "summary", "synopsis")
_WORD = re.compile(r"\w+")
_QUERY = """
SELECT films.packed, snippet(film_texts, -1, '', '', '…', 14), {marks}
FROM film_texts JOIN films ON films.number = film_texts.rowid
WHERE film_texts MATCH ?
ORDER BY bm25(film_texts, 12.0, 6.0, 5.0, 3.0, 2.0, 1.0), films.number
LIMIT ?
""".format(marks=", ".join(f"highlight(film_texts, {n}, char(1), '')" for n in range(len(COLUMNS))))


def match_of(query: str) -> str | None:
    """The query in FTS5's language; every word is quoted, so nothing in it is syntax."""
    words = _WORD.findall(query)[:MOST_WORDS]
    return " ".join(f'"{word[:64]}"*' for word in words) if words else None


class FilmSearch:
    def __init__(self, database: Database) -> None:
        self._films = database.films

    def find(self, query: str, limit: int) -> tuple[Hit, ...]:
        match = match_of(query)
        if match is None:
            return ()
        with self._films.read() as connection:
            rows = connection.execute(_QUERY, (match, limit)).fetchall()
        found = ((unpack_film(packed), snippet, texts) for packed, snippet, *texts in rows)
        return tuple(
            Hit(film, _where(texts), " ".join(snippet.split()))
            for film, snippet, texts in found
            if film is not None
        )


def _where(highlighted: list[str]) -> str:
    marked = (name for name, text in zip(COLUMNS, highlighted, strict=True) if "\x01" in text)
    return next(marked, COLUMNS[0])
