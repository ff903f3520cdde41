"""Features that answer from frozen samples, as a test or a picture asks them to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from player_app.core import account, checkout, comments, discovery
from player_app.core.catalogue import Film
from player_app.core.errors import Unreachable
from player_app.core.storage_errors import DatabaseDamaged, KeyringError, KeyringMissing
from player_app.ui.video_surface import VideoSurface
from tests.ui import samples
from tests.ui.offline_answers import Offline
from tests.ui.standstill import NOW


@dataclass
class Answers:
    """What the features of the stage answer; an exception is raised instead."""

    films: tuple[Film, ...] = field(default_factory=samples.films)
    right: Any = samples.NO_RIGHT
    listed: bool = True
    position_ms: int | None = None
    comments: Any = ()
    projection: Callable[[VideoSurface], Any] | None = None
    draft: str = ""
    home_error: Exception | None = None
    film_error: Exception | None = None
    refresh_error: Exception | None = None
    comments_error: Exception | None = None
    sign_in_error: Exception | None = None
    register_error: Exception | None = None
    look_up_error: Exception | None = None
    empty: bool = False
    damaged: DatabaseDamaged | None = None
    passing: bool = False
    sign_out_left: KeyringError | None = None
    offers_form: bool = True
    begin_error: Exception | None = None
    posted: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    registered: list[Mapping[str, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    preferred: list[Any] = field(default_factory=list)
    offline: Offline = field(default_factory=Offline)
    opened: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)


def give(answer: Any, error: Exception | None) -> Any:
    if error is not None:
        raise error
    return answer


class Features:
    """Every feature of the seam in one object: each view model sees only what it asks for."""

    def __init__(self, answers: Answers) -> None:
        self.a = answers

    def home(self) -> Any:
        films = () if self.a.empty else self.a.films
        taken = self.a.offline.holding.taken
        here = frozenset(e.download.film_id for e in taken if e.download.state == "complete")
        return give(samples.home(films, self.a.right, NOW, here), self.a.home_error)

    def film(self, film_id: str) -> Any:
        found = next(film for film in self.a.films if film.id == film_id)
        related = tuple(film for film in self.a.films if film.id != film_id)[:8]
        facts = samples.FilmFacts(
            found, self.a.right, self.a.position_ms, related, None, listed=self.a.listed
        )
        return give(facts, self.a.film_error)

    def refresh(self) -> bool:
        return bool(give(True, self.a.refresh_error))

    def find(self, query: str, _limit: int = 50) -> Any:
        return samples.hits(self.a.films, query)

    def who(self) -> account.Account | None:
        return samples.ACCOUNT if self.a.registered else None

    def open(self, *_arguments: Any) -> Any:
        raise Unreachable("films.example.org", "offline")

    def close(self) -> None:
        return None

    def recover(self) -> None:
        return None

    def film_by_slug(self, slug: str) -> Film | None:
        return next((film for film in self.a.films if film.slug == slug), None)

    def passing(self) -> bool:
        return self.a.passing

    def offers_form(self) -> bool:
        return self.a.offers_form

    def sign_in(self, email: str, password: str, captcha: Any) -> account.Account:
        del email, password, captcha
        return give(samples.ACCOUNT, self.a.sign_in_error)  # type: ignore[no-any-return]

    def sign_in_in_browser(self, stop: threading.Event, opened: Any) -> account.Account:
        del stop
        opened("https://films.example.org/oauth/authorize")
        return samples.ACCOUNT

    def passing_reason(self) -> KeyringError | None:
        return KeyringMissing("none here") if self.a.passing else None

    def try_store_again(self) -> account.Account | None:
        return self.who()

    def is_resting(self) -> bool:
        return False

    def sign_out(self) -> KeyringError | None:
        return self.a.sign_out_left

    def say_farewell(self) -> None:
        return None

    def registration_form(self) -> account.RegistrationForm:
        return samples.FORM

    def captcha(self) -> account.Captcha:
        return account.Captcha("cap-1", captcha_picture(), b"RIFF")

    def register(self, values: Mapping[str, str], captcha_id: str) -> account.Account:
        del captcha_id
        self.a.registered.append(values)
        return give(samples.ACCOUNT, self.a.register_error)  # type: ignore[no-any-return]

    def begin(self, film_id: str | None, offer_id: str) -> checkout.PendingCheckout:
        return give(  # type: ignore[no-any-return]
            checkout.PendingCheckout(
                "chk-1", film_id, offer_id, "https://films.example.org/c", NOW, "n", "k"
            ),
            self.a.begin_error,
        )

    def open_again(self, pending: checkout.PendingCheckout) -> None:
        self.a.opened.append(pending.id)

    def cancel(self, pending: checkout.PendingCheckout) -> checkout.Checkout:
        self.a.cancelled.append(pending.id)
        return ended(pending, checkout.CheckoutState.CANCELLED)

    def pending(self) -> tuple[checkout.PendingCheckout, ...]:
        return ()

    def page(self, film_id: str, cursor: str | None = None) -> Any:
        del film_id, cursor
        shown = samples.CommentPage(self.a.comments, (), None, len(self.a.comments))
        return give(shown, self.a.comments_error)

    def post(self, film_id: str, text: str) -> comments.Comment:
        self.a.posted.append(text)
        comment = replace(samples.COMMENTS[0], text=text, film_id=film_id, mine=True)
        self.a.comments = (comment, *self.a.comments)
        return comment

    def remove(self, comment_id: str) -> None:
        del comment_id

    def report(self, comment_id: str, reason: str) -> None:
        del comment_id, reason

    def keep_draft(self, film_id: str, text: str) -> None:
        del film_id
        self.a.drafts.append(text)

    def draft(self, film_id: str) -> str:
        del film_id
        return self.a.draft

    def look_up(self, address: str) -> discovery.Service:
        del address
        return give(samples.SERVICE, self.a.look_up_error)  # type: ignore[no-any-return]

    def choose(self, service: discovery.Service) -> None:
        del service

    def write(self, preferences: Any) -> None:
        self.a.preferred.append(preferences)


def ended(
    pending: checkout.PendingCheckout, state: checkout.CheckoutState, reason: str | None = None
) -> checkout.Checkout:
    price = samples.RENTAL_PRICE
    return checkout.Checkout(
        pending.id, state, pending.film_id, pending.offer_id, price, None, NOW, reason
    )


def captcha_picture() -> bytes:
    image = QImage(200, 72, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = painter.font()
    font.setPixelSize(40)
    painter.setFont(font)
    painter.drawText(24, 52, "K7 M4 Q")
    painter.end()
    return _png(image)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())
