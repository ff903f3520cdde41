"""The catalogue: films, collections, the watchlist."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

from player_app.core.catalogue import (
    AudioTrack,
    CaptionTrack,
    Chapter,
    Collection,
    Film,
    Offer,
    Permission,
    Person,
    Picture,
    Trailer,
)
from player_app.core.catalogue import (
    Rights as ShowingRights,
)
from player_app.decoders import decoded
from player_app.service.wire.codec import (
    SHA256,
    Few,
    Id,
    Line,
    Text,
    Time,
)

log = logging.getLogger(__name__)


class _Pictures(Struct):
    poster: Picture | None = None
    backdrop: Picture | None = None
    stills: Annotated[list[Picture], Few] = []


class _Availability(Struct):
    until: Time | None = None
    start: Time | None = field(default=None, name="from")


_NOT_SAID = ShowingRights(Permission.YES, Permission.ASK, Permission.ASK, None)


class _Film(Struct):
    id: Id
    slug: Id
    title: Line
    year: Annotated[int, Meta(ge=1800, le=3000)]
    length_ms: Annotated[int, Meta(ge=0, le=10**9)] = 0
    original_title: Line | None = None
    countries: Annotated[tuple[Line, ...], Few] = ()
    languages: Annotated[tuple[Line, ...], Few] = ()
    directors: Annotated[tuple[Line, ...], Few] = ()
    people: Annotated[tuple[Person, ...], Few] = ()
    subjects: Annotated[tuple[Line, ...], Few] = ()
    advisory: Line | None = None
    tagline: Line = ""
    summary: Text = ""
    synopsis: Annotated[tuple[Text, ...], Few] = ()
    pictures: _Pictures = field(default_factory=_Pictures)
    trailer: Trailer | None = None
    audio: Annotated[tuple[AudioTrack, ...], Few] = ()
    captions: Annotated[tuple[CaptionTrack, ...], Few] = ()
    chapters: Annotated[tuple[Chapter, ...], Few] = ()
    rights: ShowingRights = _NOT_SAID
    offers: Annotated[tuple[Offer, ...], Few] = ()
    availability: _Availability = field(default_factory=_Availability)
    streams: bool = False
    featured: bool = False
    related: Annotated[tuple[Id, ...], Few] = ()

    def film(self) -> Film:
        return Film(
            id=self.id,
            slug=self.slug,
            title=self.title,
            original_title=self.original_title,
            year=self.year,
            length_ms=self.length_ms,
            countries=self.countries,
            languages=self.languages,
            directors=self.directors,
            people=self.people,
            subjects=self.subjects,
            advisory=self.advisory,
            tagline=self.tagline,
            summary=self.summary,
            synopsis=self.synopsis,
            poster=_checked(self.pictures.poster),
            backdrop=_checked(self.pictures.backdrop),
            stills=tuple(each for each in map(_checked, self.pictures.stills) if each),
            trailer=self.trailer,
            audio=self.audio,
            captions=self.captions,
            chapters=self.chapters,
            rights=self.rights,
            offers=self.offers,
            available_from=self.availability.start,
            available_until=self.availability.until,
            streams=self.streams,
            featured=self.featured,
            related=self.related,
        )


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_ADDRESS = re.compile(r"https?://\S{1,2000}")


def _checked(picture: Picture | None) -> Picture | None:
    """The picture with those of its files that can be fetched and checked, smallest first."""
    if picture is None:
        return None
    files = tuple(
        sorted(
            (
                each
                for each in picture.files[:20]
                if SHA256.fullmatch(each.sha256) and _ADDRESS.fullmatch(each.address)
            ),
            key=lambda each: each.width,
        )
    )
    colour = picture.colour if _COLOUR.fullmatch(picture.colour) else "#202328"
    return Picture(picture.alt[:1000], colour, files)


@dataclass(frozen=True, slots=True)
class FilmsPage:
    """One page of the change feed."""

    films: tuple[Film, ...]
    removed: tuple[str, ...]
    cursor: str
    more: bool


def _film_of(raw: msgspec.Raw) -> Film | None:
    """One film that breaks the contract is left out; it must not cost the viewer the others."""
    try:
        return decoded(raw, "json", _Film).film()
    except (msgspec.MsgspecError, ValueError) as error:
        log.info("a film of the catalogue breaks the contract: %s", str(error)[:200])
        return None


class FilmsReply(Struct):
    films: Annotated[list[msgspec.Raw], Meta(max_length=2_000)]
    cursor: Annotated[str, Meta(max_length=500)]
    removed: Annotated[tuple[Id, ...], Meta(max_length=100_000)] = ()
    more: bool = False

    def page(self) -> FilmsPage:
        films = tuple(film for film in map(_film_of, self.films) if film is not None)
        return FilmsPage(films, self.removed, self.cursor, self.more)


class _Collection(Struct):
    id: Id
    title: Line
    description: Text = ""
    films: Annotated[tuple[Id, ...], Meta(max_length=1_000)] = ()


class CollectionsReply(Struct):
    collections: Annotated[list[_Collection], Few]

    def values(self) -> tuple[Collection, ...]:
        return tuple(
            Collection(each.id, each.title, each.description, each.films)
            for each in self.collections
        )


class WatchlistReply(Struct):
    films: Annotated[tuple[Id, ...], Meta(max_length=10_000)]
