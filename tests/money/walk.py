"""A random walk of one viewer through buying, with every mishap, checked after each step."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from player_app.core.checkout import CheckoutState, PendingCheckout
from player_app.core.rights import right_to
from player_app.reference_service.payments import Word
from tests.money.books import Books, Line, balance
from tests.money.house import House
from tests.money.model import Model
from tests.money.shopper import Shopper

FILMS = 2
MORE_THAN_TEN_MINUTES_S = 601


class Walk:
    """`story` tells what was done, for who reads a failure."""

    def __init__(self, house: House, books: Books, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.story: list[str] = []
        self.house = house
        self._folder = folder
        self.books = books
        self.email = books.new_account()
        self.films = self.random.sample(books.films, FILMS)
        self.model = Model(books.rental_s)
        count = self.random.choice((1, 2))
        self.shoppers = [
            Shopper(house, folder / f"device-{number}", self.email) for number in range(count)
        ]
        self.pending: dict[str, tuple[Shopper, PendingCheckout]] = {}

    def go(self, steps: Mapping[Step, int], count: int) -> None:
        """As many of the steps as asked for, by their weights, and to an end."""
        for step in self.random.choices(list(steps), list(steps.values()), k=count):
            self._take(step)
        self._end()

    def close(self) -> None:
        self.house.heal()
        for each in self.shoppers:
            each.close()
        shutil.rmtree(self._folder)

    def _take(self, step: Step) -> None:
        self.story.append(step.__name__)
        step(self)
        now = self.house.now()
        self.model.expire(now)
        lines = self.lines()
        self.model.agrees_with(lines, now)
        balance(self.books, lines, unheard=self.model.unheard | self.model.given_back)

    def note(self, text: str) -> None:
        self.story[-1] += f" {text}"

    def lines(self) -> dict[str, Line]:
        return self.books.lines(self.email)

    def someone(self) -> Shopper:
        return self.random.choice(self.shoppers)

    def wish(self) -> tuple[str, str, str]:
        """A film, an offer and its kind."""
        film = self.random.choice(self.films)
        kind = "subscription" if self.random.random() < 0.12 else "rental"
        offer = "offer-subscription" if kind == "subscription" else f"offer-{film[-2:]}-rental"
        return film, offer, kind

    def any_pending(self) -> Begun | None:
        if not self.pending:
            return None
        alive = [name for name in self.pending if self.model.checkouts[name].state == "open"]
        if alive and self.random.random() < 0.85:
            name = self.random.choice(alive)
        else:
            name = self.random.choice(list(self.pending))
        return name, *self.pending[name]

    def can_pay(self, name: str, shopper: Shopper) -> bool:
        self.model.expire(self.house.now())
        return self.model.checkouts[name].state == "open" and name in shopper.opened

    def service_started(self) -> None:
        """After it was killed: what it had not heard of it asks for at its start."""
        self.house.start()
        now = self.house.now()
        self.model.expire(now)
        for each in tuple(self.model.unheard):
            self.model.was_paid.add(each)
            self.model.pay(each, now)

    def cancelled(self, name: str) -> None:
        self.model.expire(self.house.now())
        self.model.cancel(name)
        if self.model.checkouts[name].state != "paid":
            self.model.unheard.discard(name)

    def let_pass(self, seconds: int) -> None:
        self.house.let_pass(seconds)
        for each in self.shoppers:
            each.follow_clock()

    def _end(self) -> None:
        """Everything comes to an end: time, perhaps a restart, and the players settle it all."""
        self.story.append("end")
        self.house.heal()
        if self.random.random() < 0.5:
            self.let_pass(MORE_THAN_TEN_MINUTES_S)
        self.model.expire(self.house.now())
        for shopper in self.shoppers:
            shopper.killed()
            for pending in shopper.player.checkouts.pending():
                self._settle(shopper, pending)
            assert shopper.player.checkouts.pending() == ()
        self.model.unheard = {
            name for name in self.model.unheard if self.model.checkouts[name].state == "open"
        }
        for name in tuple(self.model.given_back):
            assert self.books.tell(self.lines()[name], Word.REFUNDED) == 204
            self.model.refund(name)
        lines, now = self.lines(), self.house.now()
        self.model.agrees_with(lines, now)
        balance(self.books, lines, unheard=self.model.unheard)
        paid = [line for line in lines.values() if line.state in ("paid", "refunded")]
        assert len(paid) == sum(len(line.rights) for line in lines.values())
        for shopper in self.shoppers:
            rights = shopper.player.connection.refresh_rights()
            for film in self.films:
                shown = right_to(film, rights, now)
                assert shown.may_play == self.model.may_play(film, now), (film, shown)

    def _settle(self, shopper: Shopper, pending: PendingCheckout) -> None:
        state = self.model.checkouts[pending.id].state
        if state == "open":
            ended = shopper.player.checkouts.cancel(pending)
            self.cancelled(pending.id)
            assert ended.state is CheckoutState.CANCELLED
        else:
            assert shopper.waits_for(pending).state == state


Begun = tuple[str, Shopper, PendingCheckout]
"""A checkout's id, who began it, and what their player keeps of it."""
Step = Callable[[Walk], None]
