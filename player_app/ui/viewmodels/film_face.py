"""What the film page says, as pure functions of the film and the right to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from player_app.core.catalogue import Film, Offer, OfferKind, Permission
from player_app.ui import formatting
from player_app.ui.models.cards import BACKDROP_WIDTH, NO_PICTURE, Shown, film_facts, shown

if TYPE_CHECKING:
    from player_app.features.browse import FilmFacts

LANGUAGES = {
    "am": "Amharic",
    "ar": "Arabic",
    "bm": "Bambara",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "hi": "Hindi",
    "hu": "Hungarian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "kk": "Kazakh",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mr": "Marathi",
    "nl": "Dutch",
    "no": "Norwegian",
    "pjt": "Pitjantjatjara",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "sw": "Swahili",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "uz": "Uzbek",
    "yue": "Cantonese",
    "zh": "Chinese",
}
GONE = "The service does not show this film any more."
RENEW, ONE_CONNECTION = "Renew", "Its licence needs one connection."
_RESUMABLE_MS = 5_000


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ChapterRow:
    id: str
    at: str
    title: str
    start_ms: int


@dataclass(frozen=True, slots=True)
class RightRow:
    """`answer` is yes, no or ask; `words` says it in a sentence."""

    id: str
    label: str
    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """The card at the right: `action` is play, renew, rent, subscribe or nothing.

    `way_on` is what a message may offer, where there is nothing to play or to buy.
    """

    action: str = ""
    action_label: str = ""
    heading: str = ""
    lines: str = ""
    standing: str = ""
    rent_offer: str = ""
    subscribe_offer: str = ""
    subscribe_label: str = ""
    subscribe_lines: str = ""
    way_on: str = ""


@dataclass(frozen=True, slots=True)
class FilmFace:
    """`phase` is loading, ready or failed."""

    phase: str = "loading"
    film_id: str = ""
    title: str = ""
    original_title: str = ""
    tagline: str = ""
    facts: str = ""
    languages: str = ""
    summary: str = ""
    synopsis: str = ""
    advisory: str = ""
    backdrop: Shown = NO_PICTURE
    purchase: Purchase = Purchase()
    rights_address: str = ""
    people: tuple[PersonRow, ...] = ()
    chapters: tuple[ChapterRow, ...] = ()
    rights: tuple[RightRow, ...] = ()


def film_face(facts: FilmFacts, now_s: int, *, signed_in: bool, needs_contact: bool) -> FilmFace:
    """`needs_contact`: it plays only after a contact that can't be had now."""
    film = facts.film
    return FilmFace(
        phase="ready",
        film_id=film.id,
        title=film.title,
        original_title=film.original_title or "",
        tagline=film.tagline,
        facts=formatting.joined(film_facts(film), *film.subjects),
        languages=_languages(film),
        summary=film.summary,
        synopsis="\n\n".join(film.synopsis),
        advisory=film.advisory or "",
        backdrop=shown(film.backdrop, BACKDROP_WIDTH),
        purchase=purchase(facts, now_s, signed_in=signed_in, needs_contact=needs_contact),
        rights_address=film.rights.address or "",
        people=tuple(
            PersonRow(str(i), person.name, person.role) for i, person in enumerate(film.people)
        ),
        chapters=tuple(
            ChapterRow(str(i), formatting.position(c.start_ms), c.title, c.start_ms)
            for i, c in enumerate(film.chapters)
        ),
        rights=(
            RightRow("home", "At home", film.rights.home.value, _HOME[film.rights.home]),
            RightRow(
                "classroom",
                "In a classroom",
                film.rights.classroom.value,
                _ELSE[film.rights.classroom],
            ),
            RightRow(
                "public",
                "In public",
                film.rights.public_screening.value,
                _ELSE[film.rights.public_screening],
            ),
        ),
    )


def purchase(facts: FilmFacts, now_s: int, *, signed_in: bool, needs_contact: bool) -> Purchase:
    """The one right action first, with its terms in words."""
    film, right = facts.film, facts.right
    if (right.may_play or right.is_doubted) and film.streams:
        return Purchase(
            action="renew" if needs_contact else "play",
            action_label=RENEW if needs_contact else play_label(facts.position_ms, film),
            heading="In your subscription" if right.kind == "subscription" else "You rented this",
            standing=ONE_CONNECTION if needs_contact else _standing(facts, now_s),
        )
    if not facts.listed:
        return Purchase(heading="No longer shown", lines=GONE, way_on="films")
    rental = film.offer(OfferKind.RENTAL)
    subscription = film.offer(OfferKind.SUBSCRIPTION)
    if not film.streams or (rental is None and subscription is None):
        lines = _available(film, now_s)
        return Purchase(heading="Not to be seen yet", lines=lines, way_on="films")
    first = rental or subscription
    return Purchase(
        action="rent" if rental else "subscribe",
        action_label=_buy_label(first),
        heading="Watch it again" if right.kind == "rental" else "Watch this film",
        lines=_terms_lines(rental, signed_in=signed_in),
        standing=formatting.clock(right.standing, now_s),
        rent_offer=rental.id if rental else "",
        subscribe_offer=subscription.id if subscription else "",
        subscribe_label=_buy_label(subscription) if rental else "",
        subscribe_lines="Every film, for as long as you subscribe." if subscription else "",
    )


_HOME = {
    Permission.YES: "Yes, with a rental or a subscription",
    Permission.NO: "No",
    Permission.ASK: "Ask the service first",
}
_ELSE = {
    Permission.YES: "Yes",
    Permission.NO: "No",
    Permission.ASK: "Ask: needs a licence of its own",
}


def play_label(position_ms: int | None, film: Film) -> str:
    if position_ms is None or not _RESUMABLE_MS < position_ms < film.length_ms - _RESUMABLE_MS:
        return "Play"
    return f"Resume at {formatting.position(position_ms)}"


def _standing(facts: FilmFacts, now_s: int) -> str:
    if facts.right.kind == "subscription" and facts.right.may_play:
        return "Watch it as often as you like"
    return formatting.clock(facts.right.standing, now_s)


def _buy_label(offer: Offer | None) -> str:
    if offer is None:
        return ""
    price = formatting.money(offer.price)
    if offer.kind is OfferKind.RENTAL:
        return f"Rent {price}"
    return f"Subscribe · {price} a {offer.period or 'month'}"


def _terms_lines(rental: Offer | None, *, signed_in: bool) -> str:
    lines = formatting.terms(rental.terms) if rental else ()
    after = (
        "You pay in your browser." if signed_in else "You sign in first, and pay in your browser."
    )
    return "\n".join((*lines, after))


def _available(film: Film, now_s: int) -> str:
    start = film.available_from
    if start is None or start <= formatting.local(now_s, UTC):
        return "The service has not said yet from when it can be seen."
    return f"It can be seen from {formatting.date(start)}."


def _languages(film: Film) -> str:
    spoken = ", ".join(dict.fromkeys(_language(code) for code in film.languages))
    written = ", ".join(dict.fromkeys(_language(track.language) for track in film.captions))
    described = (
        "Audio description" if any(t.role.value == "description" for t in film.audio) else ""
    )
    captions = f"Captions in {written}" if written else ""
    return formatting.joined(spoken and f"In {spoken}", captions, described)


def _language(code: str) -> str:
    return LANGUAGES.get(code.partition("-")[0], code)
