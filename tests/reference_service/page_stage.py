"""A running service for the tests of its pages, and what they ask of it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from player_app.reference_service import checkouts
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import running
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Checkout, Film, Rental
from player_app.reference_service.visitor import Page, PageBrowser
from tests.service_settings import quick_settings

CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(b"v" * 43).digest()).rstrip(b"=").decode()
FILM = "picture-start"
__all__ = ["CHALLENGE", "EMAIL", "FILM", "PASSWORD", "Stage", "register", "stage"]


@dataclass(frozen=True, slots=True)
class Stage:
    address: str
    service: Service
    hooks: TestHooks

    def checkout(self, *, email: str = EMAIL, return_to: str | None = None) -> Checkout:
        """A new open checkout of the film, as a player begins one."""
        with self.service.transaction() as session:
            account = session.scalars(select(Account).where(Account.email == email)).one()
            film = session.scalars(select(Film).where(Film.slug == FILM)).one()
            rental = next(each for each in film.body["offers"] if each["kind"] == "rental")
            return checkouts.create(
                self.service,
                session,
                account.id,
                film_id=film.id,
                offer_id=rental["id"],
                return_to=return_to,
                nonce="nonce-1",
            )

    def link(self, checkout: Checkout) -> str:
        return f"{self.address}/checkout/{checkout.link}"

    def state(self, checkout: Checkout) -> str:
        return self.again(checkout).state

    def again(self, checkout: Checkout) -> Checkout:
        with self.service.transaction() as session:
            return session.get_one(Checkout, checkout.id)

    def rentals(self, checkout: Checkout) -> int:
        with self.service.transaction() as session:
            counted = select(func.count()).select_from(Rental)
            return session.scalar(counted.where(Rental.checkout_id == checkout.id)) or 0

    def newest_captcha(self) -> str:
        return list(self.hooks.captcha_answers.values())[-1]


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    hooks = TestHooks()
    with running(quick_settings(folder, shows_demo_help=True), hooks=hooks) as service:
        yield Stage(service.address, service.service, hooks)


def register(browser: PageBrowser, page: Page, service: Stage, name: str) -> Page:
    fields = {
        "username": name,
        "display_name": name.capitalize(),
        "email": f"{name}@example.org",
        "email_again": f"{name}@example.org",
        "password": "a lamp in the fog",
        "captcha": service.newest_captcha(),
    }
    return browser.submit(page.form("/register"), fields, ticked=["terms"])
