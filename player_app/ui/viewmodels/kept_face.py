"""What is said of all that is kept on this computer, as pure functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from player_app.core.kept_here import KeptThings, Kind
from player_app.ui import formatting
from player_app.ui.viewmodels.question import QuestionFace

STORE = "The system's store for secrets"


@dataclass(frozen=True, slots=True)
class Words:
    """Of a kind: what it is, why it is here, what one of it is called, what its removal means."""

    group: str
    title: str
    why: str
    unit: str
    loss: str = ""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """`heading` is that of a group, on its first row."""

    id: str
    heading: str
    title: str
    facts: str
    why: str
    where: str
    size: str
    removable: bool


@dataclass(frozen=True, slots=True)
class KeptFace:
    """`phase` is loading, ready or failed."""

    phase: str = "loading"
    total: str = ""
    said: str = ""
    busy: bool = False


HEADINGS = {
    "films": "Films",
    "yours": "What is yours",
    "service": "From the service",
    "secrets": "Secrets",
    "player": "Of the player itself",
}
WORDS = {
    Kind.FILMS: Words(
        "films",
        "Films taken offline",
        "So that they play without internet. Nobody can read them without their licences.",
        "",
        "They go for everybody who uses Verité here. Rentals stay, and the films can be downloaded "
        "again for as long as they may be watched.",
    ),
    Kind.STREAMED: Words(
        "films",
        "Pieces of films that were streamed",
        "So that going back in a film loads nothing twice. They make room by themselves.",
        "segment",
        "Nothing of yours is lost.",
    ),
    Kind.LICENCES: Words(
        "films",
        "Licences of films taken offline",
        "They open the films, on this computer alone. They go with the films.",
        "entry",
    ),
    Kind.OWN_FILMS: Words(
        "films",
        "What your films are",
        "So that what you rented or took offline plays when the service shows it no more.",
        "film",
    ),
    Kind.CLOCKS: Words(
        "films",
        "When rentals were started",
        "So that the time you paid for is told right, without internet, too.",
        "entry",
    ),
    Kind.PLACES: Words(
        "yours",
        "Your places in films",
        "So that a film goes on where you stopped.",
        "entry",
        "Places that the service has not heard of are lost.",
    ),
    Kind.COMMENTS: Words(
        "yours",
        "Comments",
        "Drafts, those that wait to be posted, and those of films taken offline.",
        "comment",
        "Drafts are lost, and what waits is not posted.",
    ),
    Kind.PURCHASES: Words(
        "yours",
        "Payments under way",
        "So that a film is yours as soon as it is paid for, even after a restart.",
        "payment",
    ),
    Kind.ACCOUNT: Words(
        "yours",
        "Who is signed in, and what you may watch",
        "As the service told it last. It goes when you sign out.",
        "entry",
    ),
    Kind.OTHERS: Words(
        "yours",
        "What other accounts left here",
        "Out of sight until they sign in on this computer again.",
        "entry",
    ),
    Kind.SETTINGS: Words("yours", "Settings", "What you chose in Settings.", "entry"),
    Kind.CATALOGUE: Words(
        "service",
        "The list of films",
        "So that Verité opens at once, and can be searched without internet.",
        "entry",
        "It is fetched again when the service answers.",
    ),
    Kind.PICTURES: Words(
        "service",
        "Posters and stills",
        "So that they need not be loaded twice.",
        "picture",
        "They are fetched again when the service answers.",
    ),
    Kind.SECRETS: Words(
        "secrets",
        "Your sign-in and this computer's secret",
        "So that you stay signed in, and films taken offline open here and nowhere else.",
        "secret",
        "You are signed out. The secret that opens films taken offline stays.",
    ),
    Kind.FAREWELLS: Words(
        "secrets",
        "Sign-ins that ended here",
        "So that the service ends them, too, as soon as it can be reached.",
        "secret",
        "The service does not hear of it: there they last until they end by themselves.",
    ),
    Kind.LOGS: Words(
        "player",
        "Logs",
        "What the player did, without names, addresses or keys, for when something goes wrong.",
        "file",
        "Nothing of yours is lost.",
    ),
    Kind.SPARE: Words(
        "player",
        "Second copies",
        "Of what is yours, to mend a damaged library from; and damaged files, put aside.",
        "file",
    ),
    Kind.LOCKS: Words(
        "player", "Locks", "Small files by which two players keep out of each other's way.", "file"
    ),
    Kind.UNKNOWN: Words(
        "player",
        "Files that are not the player's",
        "Somebody else put them into its folders. Verité leaves them alone.",
        "file",
    ),
}


def kept_rows(things: Iterable[KeptThings]) -> tuple[KeptRow, ...]:
    """Group by group, the largest of each first."""
    order = list(HEADINGS)
    grouped = sorted(things, key=lambda e: (order.index(WORDS[e.kind].group), -(e.bytes or 0)))
    rows, group = [], ""
    for each in grouped:
        words = WORDS[each.kind]
        heading = HEADINGS[words.group] if words.group != group else ""
        group = words.group
        rows.append(
            KeptRow(
                id=each.kind.value,
                heading=heading,
                title=words.title,
                facts=_amount(each.count, words.unit),
                why=words.why,
                where=each.where or STORE,
                size=formatting.size(each.bytes) if each.bytes is not None else "",
                removable=each.may_be_removed,
            )
        )
    return tuple(rows)


def total_words(things: Iterable[KeptThings]) -> str:
    return f"{formatting.size(_bytes(things))} in all"


def removal_of(thing: KeptThings) -> QuestionFace:
    words = WORDS[thing.kind]
    frees = f"This frees {formatting.size(thing.bytes)}. " if thing.bytes else ""
    title = words.title[:1].lower() + words.title[1:]
    return QuestionFace(
        title=f"Remove {title}?",
        text=frees + words.loss,
        yes_label="Remove",
        no_label="Keep",
        symbol="trash",
        is_removal=True,
    )


def removal_of_all(things: Iterable[KeptThings]) -> QuestionFace:
    freed = formatting.size(_bytes(each for each in things if each.may_be_removed))
    return QuestionFace(
        title="Remove all that can go?",
        text="You are signed out, and films, places, comments, pictures, the list of films and "
        f"logs go: {freed}. Your rentals stay with your account at the service; what it has not "
        "heard of yet is lost. What tells their time right stays here, and so do your settings.",
        yes_label="Remove all",
        no_label="Keep it all",
        symbol="trash",
        is_removal=True,
    )


def _amount(count: int, unit: str) -> str:
    if not unit:
        return ""
    return formatting.counted(count, unit, "entries" if unit == "entry" else "")


def _bytes(things: Iterable[KeptThings]) -> int:
    return sum(each.bytes or 0 for each in things)
