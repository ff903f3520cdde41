"""What a viewer has in a profile: one of everything, put in and looked for again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from player_app.core.account import Account
from player_app.core.checkout import PendingCheckout
from player_app.core.comments import WaitingComment
from player_app.core.discovery import Service
from player_app.core.position import Position
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.features.settings import Preferences
from player_app.storage.checkouts import CheckoutStore, Intent
from player_app.storage.comments import CommentStore
from player_app.storage.database import Database
from player_app.storage.kept import Kept
from player_app.storage.positions import PositionStore
from tests.ui import samples

POSITIONS = (
    Position("film-01", 760_000, finished=False, kept_at=1_763_900_100),
    Position("film-02", 61_000, finished=True, kept_at=1_763_900_200),
)
DRAFT = ("film-03", "Half a thought about the harbour")
WAITING = WaitingComment(
    "waiting-1", "film-01", "Seen twice.", 12_000, datetime(2026, 11, 20, 12, 0, 0, 123456, UTC)
)
UNANSWERED = Intent("intent-1", "film-04", "offer-04-rental", None, "nonce-1", 1_763_900_300)
PENDING = PendingCheckout(
    "chk-2",
    "film-02",
    "offer-02-rental",
    "https://films.example.org/checkout/x",
    1_763_903_000,
    "nonce-2",
    "intent-2",
)
SINGLE: dict[str, tuple[type[Any], object]] = {
    "service": (Service, samples.SERVICE),
    "account": (Account, samples.ACCOUNT),
    "rights": (Rights, NO_RIGHTS),
    "watchlist": (tuple[str, ...], ("film-02",)),
    "settings": (
        Preferences,
        Preferences(theme="light", volume=35, captions_on=True, captions_language="fr"),
    ),
}


def put_in(database: Database, single: dict[str, tuple[type[Any], object]] = SINGLE) -> None:
    for name, (_, value) in single.items():
        Kept(database).put(name, value)
    for position in POSITIONS:
        PositionStore(database).keep(position)
    comments, checkouts = CommentStore(database), CheckoutStore(database)
    comments.keep_draft(*DRAFT)
    comments.wait(WAITING)
    checkouts.intend(UNANSWERED)
    second = Intent(PENDING.idempotency_key, "film-02", PENDING.offer_id, None, PENDING.nonce, 2)
    checkouts.intend(second)
    checkouts.answered(PENDING)


def missing_from(
    database: Database, single: dict[str, tuple[type[Any], object]] = SINGLE
) -> list[str]:
    """The names of what is not there as it was put in."""
    comments, checkouts = CommentStore(database), CheckoutStore(database)
    positions = PositionStore(database).all()
    is_there = {
        **{name: Kept(database).get(name, kind) == value for name, (kind, value) in single.items()},
        **{each.film_id: positions.get(each.film_id) == each for each in POSITIONS},
        "draft": comments.draft(DRAFT[0]) == DRAFT[1],
        "waiting comment": comments.waiting() == (WAITING,),
        "unanswered checkout": checkouts.unanswered() == (UNANSWERED,),
        "pending checkout": checkouts.pending() == (PENDING,),
    }
    return [name for name, there in is_there.items() if not there]
