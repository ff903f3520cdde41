"""Frozen samples of what features answer, from the demo's own catalogue."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from player_app.core.account import Account, FieldKind, FieldRule, Link, RegistrationForm
from player_app.core.catalogue import (
    AudioRole,
    AudioTrack,
    CaptionKind,
    CaptionTrack,
    Chapter,
    Film,
    Hit,
    Money,
    Offer,
    OfferKind,
    Permission,
    Person,
    Picture,
    PictureFile,
    Rights,
)
from player_app.core.comments import Comment
from player_app.core.discovery import Endpoints, Service
from player_app.core.rental import (
    MidFilm,
    NotStarted,
    Rental,
    RentalState,
    Running,
    SecondClock,
    Standing,
    Terms,
)
from player_app.core.rights import Right
from player_app.features.search import Search
from player_app.features.settings import Preferences
from player_app.storage.catalogue import Catalogue, Change
from player_app.storage.database import open_database
from player_app.storage.search import FilmSearch

DEMO = Path(__file__).resolve().parents[2] / "resources" / "demo"
CATALOGUE = DEMO / "catalogue" / "films"
PICTURES = DEMO / "pictures"
STREAMS = DEMO / "streams"
INDEX: dict[str, dict[str, Any]] = json.loads((PICTURES / "index.json").read_text("utf-8"))
_BY_SHA256 = {told["sha256"]: name for name, told in INDEX.items()}
TERMS = Terms(2_592_000, 172_800, SecondClock.PLAY, MidFilm.FINISH, exclusive=False, devices=2,
              renew_within_s=604_800)  # fmt: skip
RENTAL_PRICE = Money(100, "GBP")
SUBSCRIPTION_PRICE = Money(799, "GBP")
OFFERS = (
    Offer("offer-rental", OfferKind.RENTAL, RENTAL_PRICE, None, TERMS),
    Offer("offer-subscription", OfferKind.SUBSCRIPTION, SUBSCRIPTION_PRICE, "month", TERMS),
)


@dataclass(frozen=True)
class Card:
    film: Film
    position_ms: int | None
    time_left: Standing | None
    offline: bool


@dataclass(frozen=True)
class Row:
    id: str
    title: str
    description: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Home:
    featured: Film | None
    rows: tuple[Row, ...]
    stale_since: int | None
    empty: bool


@dataclass(frozen=True)
class FilmFacts:
    film: Film
    right: Right
    position_ms: int | None
    related: tuple[Film, ...]
    pending: None
    listed: bool = True


@dataclass(frozen=True)
class CommentPage:
    comments: tuple[Comment, ...]
    waiting: tuple[Any, ...]
    cursor: str | None
    total: int


NO_RIGHT = Right("none")
SUBSCRIBED = Right("subscription", Running(4_000_000_000))
PREFERENCES = Preferences(theme="dark", reduced_motion=True, captions_on=True)


def rented(now_s: int) -> Right:
    bought = _rental(now_s - 2 * 86_400, None)
    return Right("rental", NotStarted(now_s + 28 * 86_400), bought)


def started(now_s: int) -> Right:
    bought = _rental(now_s - 2 * 86_400, now_s - 7 * 3_600)
    return Right("rental", Running(now_s + 41 * 3_600), bought)


def _rental(purchased_at: int, started_at: int | None) -> Rental:
    return Rental(
        "rental-1",
        "film-02",
        "offer-rental",
        TERMS,
        purchased_at,
        started_at,
        None,
        RentalState.ACTIVE,
    )


@cache
def films() -> tuple[Film, ...]:
    return tuple(
        film(json.loads(path.read_text("utf-8"))) for path in sorted(CATALOGUE.glob("*.json"))
    )


def film(told: dict[str, Any]) -> Film:
    """One of the demo's films; its pictures are drawn by the stage."""
    streams = bool(told.get("streams", told.get("stream", True)))
    return Film(
        id=told["id"],
        slug=told["slug"],
        title=told["title"],
        original_title=told["original_title"],
        year=told["year"],
        length_ms=told.get("length_ms") or 76 * 60_000,
        countries=tuple(told["countries"]),
        languages=tuple(told["languages"]),
        directors=tuple(told["directors"]),
        people=tuple(Person(each["name"], each["role"]) for each in told["people"]),
        subjects=tuple(told["subjects"]),
        advisory=told["advisory"],
        tagline=told["tagline"],
        summary=told["summary"],
        synopsis=tuple(told["synopsis"]),
        poster=_picture(told["slug"], "poster", told["pictures"]["poster"]["alt"]),
        backdrop=_picture(told["slug"], "backdrop", told["pictures"]["backdrop"]["alt"]),
        stills=(),
        trailer=None,
        audio=tuple(AudioTrack(t["language"], AudioRole(t["role"])) for t in told["audio"]),
        captions=tuple(
            CaptionTrack(t["language"], CaptionKind(t["kind"])) for t in told["captions"]
        ),
        chapters=tuple(Chapter(c["start_ms"], c["title"]) for c in _chapters(told)),
        rights=Rights(Permission.YES, Permission.ASK, Permission.NO, "https://films.example.org/e"),
        offers=OFFERS if streams else (),
        available_from=None if streams else datetime(2027, 2, 4, tzinfo=UTC),
        available_until=None,
        streams=streams,
        featured=bool(told.get("featured")),
        related=(),
    )


def _chapters(told: dict[str, Any]) -> list[dict[str, Any]]:
    """A film with a stream has them beside it."""
    beside = STREAMS / told["slug"] / "chapters.json"
    found = json.loads(beside.read_text("utf-8")) if beside.exists() else told["chapters"]
    return list(found)


def _picture(slug: str, kind: str, alt: str) -> Picture:
    found = [(name, told) for name, told in INDEX.items() if name.startswith(f"{slug}/{kind}-")]
    files = tuple(
        PictureFile(name, told["width"], told["height"], told["bytes"], told["sha256"])
        for name, told in sorted(found, key=lambda each: each[1]["width"])
    )
    return Picture(alt, found[0][1]["colour"], files)


def picture(sha256: str) -> bytes:
    """The demo's picture of that name."""
    return (PICTURES / _BY_SHA256[sha256]).read_bytes()


def home(
    shown: tuple[Film, ...], right: Right, now_s: int, here: frozenset[str] = frozenset()
) -> Home:
    """`here` are films that play offline."""
    if not shown:
        return Home(None, (), None, empty=True)
    cards = tuple(Card(each, None, None, offline=each.id in here) for each in shown)
    by_id = {card.film.id: card for card in cards}
    told = json.loads((CATALOGUE.parent / "collections.json").read_text("utf-8"))["collections"]
    rows = [
        Row(
            c["id"], c["title"], c["description"], tuple(by_id[f] for f in c["films"] if f in by_id)
        )
        for c in told
    ]
    if right.may_play:
        left = Card(shown[0], shown[0].length_ms // 3, Running(now_s + 41 * 3600), offline=False)
        fresh = Card(shown[1], None, NotStarted(now_s + 28 * 86_400), offline=False)
        rows.insert(0, Row("rentals", "Your rentals", "", (left, fresh)))
    ready = tuple(card for card in cards if card.offline)
    if ready:
        rows.insert(0, Row("offline", "Ready offline", "", ready))
    featured = next((each for each in shown if each.featured), shown[0])
    return Home(featured, tuple(rows), None, empty=False)


def hits(shown: tuple[Film, ...], query: str) -> tuple[Hit, ...]:
    """What the real search finds in a library of these films."""
    with TemporaryDirectory() as folder:
        database, _ = open_database(Path(folder) / "library")
        Catalogue(database).apply(Change(shown, (), "1"))
        found = Search(FilmSearch(database)).find(query)
        database.close()
    return found


ACCOUNT = Account("acc-1", "rosa_l", "Rosa L", "rosa@example.org", None)
COMMENTS = (
    Comment("com-1", "film-02", "rosa_l", "Rosa L", "I watched it twice. The second time I read "
            "every sheet that was on the screen long enough.", None,
            datetime(2026, 11, 14, 9, 0, tzinfo=UTC), mine=False),
    Comment("com-2", "film-02", "k_imre", "Imre K", "Quiet and exact.", None,
            datetime(2026, 11, 2, 9, 0, tzinfo=UTC), mine=True),
)  # fmt: skip
SERVICE = Service(
    name="Verité Demo",
    address="https://films.example.org",
    api="https://films.example.org/v1",
    client_id="verite-player",
    endpoints=Endpoints("https://films.example.org", "a", "t", None, "c"),
    licence_keys=(),
    pages={},
    media_origins=(),
    least_player_version="0.1.0",
    features=frozenset(),
)


def _rule(name: str, kind: FieldKind, label: str, hint: str = "", **told: Any) -> FieldRule:
    values: dict[str, Any] = {"required": True, "min_length": 0, "max_length": 320, "pattern": None,
                              "message": "", "same_as": None, "links": (), **told}  # fmt: skip
    return FieldRule(name=name, kind=kind, label=label, hint=hint, **values)


FORM = RegistrationForm((
    _rule("username", FieldKind.TEXT, "Username",
          "Letters, numbers and underscore. Shown with your comments.", min_length=3, max_length=30,
          pattern=re.compile("[A-Za-z0-9_]+"), message="Use letters, numbers and underscore only."),
    _rule("display_name", FieldKind.TEXT, "Display name", "Letters, numerals and spaces."),
    _rule("email", FieldKind.EMAIL, "Email",
          "This is how you sign in. We don't spam, and your email is kept private."),
    _rule("email_again", FieldKind.EMAIL, "Email again", same_as="email",
          message="The two addresses differ."),
    _rule("password", FieldKind.PASSWORD, "Password", "At least 10 characters.", min_length=10),
    _rule("captcha", FieldKind.CAPTCHA, "The five characters",
          "Type what you see or hear.", min_length=5, max_length=5),
    _rule("terms", FieldKind.CHECKBOX, "I accept the terms and conditions and the privacy policy.",
          links=(Link("Terms and conditions", "https://films.example.org/terms"),
                 Link("Privacy policy", "https://films.example.org/privacy"))),
))  # fmt: skip
