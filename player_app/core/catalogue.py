"""Films as the catalogue knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from player_app.core.rental import Terms


@dataclass(frozen=True, slots=True)
class PictureFile:
    """One size of a picture: pixels, bytes, and the SHA-256 (hex) of the file."""

    address: str
    width: int
    height: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its sizes, smallest first; `colour` (#rrggbb) stands in until it is there."""

    alt: str
    colour: str
    files: tuple[PictureFile, ...]

    def at_least(self, width: int) -> PictureFile | None:
        """The smallest file at least `width` pixels wide, else the widest."""
        wide_enough = [file for file in self.files if file.width >= width]
        if wide_enough:
            return min(wide_enough, key=lambda file: file.width)
        return max(self.files, key=lambda file: file.width, default=None)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of an ISO 4217 currency, tax included."""

    amount_minor: int
    currency: str


class OfferKind(StrEnum):
    RENTAL = "rental"
    SUBSCRIPTION = "subscription"


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be bought, at a price, on terms; `period` is month or year for a subscription."""

    id: str
    kind: OfferKind
    price: Money
    period: str | None
    terms: Terms


class AudioRole(StrEnum):
    MAIN = "main"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class AudioTrack:
    language: str
    role: AudioRole


class CaptionKind(StrEnum):
    SUBTITLES = "subtitles"
    SDH = "sdh"


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    language: str
    kind: CaptionKind


@dataclass(frozen=True, slots=True)
class Chapter:
    start_ms: int
    title: str


class Permission(StrEnum):
    YES = "yes"
    NO = "no"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Rights:
    """Where the film may be shown, and the page that sells what home viewing doesn't cover."""

    home: Permission
    classroom: Permission
    public_screening: Permission
    address: str | None


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Trailer:
    address: str
    length_ms: int


@dataclass(frozen=True, slots=True)
class Film:
    """A film of the catalogue; every text is plain text from elsewhere."""

    id: str
    slug: str
    title: str
    original_title: str | None
    year: int
    length_ms: int
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    directors: tuple[str, ...]
    people: tuple[Person, ...]
    subjects: tuple[str, ...]
    advisory: str | None
    tagline: str
    summary: str
    synopsis: tuple[str, ...]
    poster: Picture | None
    backdrop: Picture | None
    stills: tuple[Picture, ...]
    trailer: Trailer | None
    audio: tuple[AudioTrack, ...]
    captions: tuple[CaptionTrack, ...]
    chapters: tuple[Chapter, ...]
    rights: Rights
    offers: tuple[Offer, ...]
    available_from: datetime | None
    available_until: datetime | None
    streams: bool
    featured: bool
    related: tuple[str, ...]

    def offer(self, kind: OfferKind) -> Offer | None:
        """The film's offer of this kind, if it has one."""
        return next((offer for offer in self.offers if offer.kind is kind), None)


@dataclass(frozen=True, slots=True)
class Collection:
    """An editorial row: ids of films, in order."""

    id: str
    title: str
    description: str
    films: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A film that a search found.

    `where` names the first of its texts that holds a word of the query: title, people and so on;
    `snippet` is a line of the text that answers the query best.
    """

    film: Film
    where: str
    snippet: str
