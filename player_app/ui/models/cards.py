"""Rows that show films: poster cards, rows of them, search results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from player_app.core.catalogue import AudioRole, Film, Hit, Picture
from player_app.ui import formatting
from player_app.ui.models.rows import Rows

if TYPE_CHECKING:
    from player_app.features.browse import Card, Row

POSTER_WIDTH = 800
BACKDROP_WIDTH = 1920
NO_COLOUR = "#202328"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture as QML needs it."""

    sha256: str
    colour: str
    alt: str


NO_PICTURE = Shown("", NO_COLOUR, "")


@dataclass(frozen=True, slots=True)
class CardRow:
    id: str
    title: str
    facts: str
    poster: str
    alt: str
    colour: str
    clock: str
    progress: float
    offline: bool
    captions: bool
    description: bool


@dataclass(frozen=True, slots=True)
class FilmsRow:
    id: str
    title: str
    description: str
    cards: Rows


@dataclass(frozen=True, slots=True)
class HitRow:
    id: str
    title: str
    facts: str
    poster: str
    alt: str
    colour: str
    where: str
    snippet: str


def shown(picture: Picture | None, width: int) -> Shown:
    """The file of a picture that is wide enough, with what stands in for it."""
    file = picture.at_least(width) if picture else None
    if picture is None:
        return NO_PICTURE
    return Shown(file.sha256 if file else "", picture.colour, picture.alt)


def film_facts(film: Film) -> str:
    """`2025 · 76 min · UK, Russia`."""
    return formatting.joined(
        formatting.year(film.year),
        formatting.length(film.length_ms),
        ", ".join(formatting.country(each) for each in film.countries),
    )


def card_row(card: Card, now_s: int) -> CardRow:
    film = card.film
    poster = shown(film.poster, POSTER_WIDTH)
    return CardRow(
        id=film.id,
        title=film.title,
        facts=formatting.joined(formatting.year(film.year), formatting.length(film.length_ms)),
        poster=poster.sha256,
        alt=poster.alt,
        colour=poster.colour,
        clock=formatting.clock(card.time_left, now_s),
        progress=progress(film, card.position_ms),
        offline=card.offline,
        captions=bool(film.captions),
        description=any(track.role is AudioRole.DESCRIPTION for track in film.audio),
    )


def plain_card(film: Film) -> CardRow:
    """A card of a film of which nothing but the catalogue is known."""
    poster = shown(film.poster, POSTER_WIDTH)
    return CardRow(
        id=film.id,
        title=film.title,
        facts=formatting.joined(formatting.year(film.year), formatting.length(film.length_ms)),
        poster=poster.sha256,
        alt=poster.alt,
        colour=poster.colour,
        clock="",
        progress=0.0,
        offline=False,
        captions=bool(film.captions),
        description=any(track.role is AudioRole.DESCRIPTION for track in film.audio),
    )


def progress(film: Film, position_ms: int | None) -> float:
    """How much of the film has been seen, 0 to 1."""
    return min(1.0, position_ms / film.length_ms) if position_ms and film.length_ms else 0.0


def films_row(row: Row, now_s: int) -> FilmsRow:
    cards = Rows(CardRow)
    cards.show(tuple(card_row(card, now_s) for card in row.cards))
    return FilmsRow(row.id, row.title, row.description, cards)


def hit_row(hit: Hit) -> HitRow:
    poster = shown(hit.film.poster, POSTER_WIDTH)
    return HitRow(
        id=hit.film.id,
        title=hit.film.title,
        facts=film_facts(hit.film),
        poster=poster.sha256,
        alt=poster.alt,
        colour=poster.colour,
        where=hit.where,
        snippet=hit.snippet,
    )
