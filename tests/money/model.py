"""What must have become of each checkout, kept beside the service by plain rules."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.money.books import Line


@dataclass(slots=True)
class Expected:
    film: str | None
    kind: str
    expires_at: int
    state: str = "open"
    paid_at: int = 0
    declined: int = 0


@dataclass(slots=True)
class Model:
    """`unheard` are bills that the provider holds money for while the service does not know.

    `given_back` are those that it gave back without having said so.
    """

    rental_s: int
    checkouts: dict[str, Expected] = field(default_factory=dict)
    unheard: set[str] = field(default_factory=set)
    given_back: set[str] = field(default_factory=set)
    was_paid: set[str] = field(default_factory=set)

    def begun(self, line: Line) -> None:
        self.checkouts[line.id] = Expected(line.film, line.kind, line.expires_at)

    def expire(self, now: int) -> None:
        for checkout_id, each in self.checkouts.items():
            if each.state == "open" and each.expires_at <= now:
                self.close(checkout_id, "expired")

    def close(self, checkout_id: str, state: str) -> None:
        each = self.checkouts[checkout_id]
        if each.state == "open":
            each.state = state

    def pay(self, checkout_id: str, now: int) -> None:
        """Money is there: kept where it still buys something; what it makes needless ends."""
        self.expire(now)
        each = self.checkouts[checkout_id]
        self.unheard.discard(checkout_id)
        if each.state != "open":
            return
        each.state, each.paid_at = "paid", now
        self.was_paid.add(checkout_id)
        for other_id, other in self.checkouts.items():
            if other.state == "open" and self.held(other.kind, other.film, now):
                self.close(other_id, "cancelled")

    def refund(self, checkout_id: str) -> None:
        self.given_back.discard(checkout_id)
        self.unheard.discard(checkout_id)
        each = self.checkouts[checkout_id]
        if each.state == "paid":
            each.state = "refunded"
        else:
            self.close(checkout_id, "cancelled")

    def decline(self, checkout_id: str) -> None:
        each = self.checkouts[checkout_id]
        if each.state == "open":
            each.declined += 1
            if each.declined == 3:
                each.state = "declined"

    def cancel(self, checkout_id: str) -> None:
        self.close(checkout_id, "cancelled")

    def call_off(self, checkout_id: str) -> None:
        """On the page: after a declined card it ends as declined."""
        declined = self.checkouts[checkout_id].declined > 0
        self.close(checkout_id, "declined" if declined else "cancelled")

    def held(self, kind: str, film: str | None, now: int) -> bool:
        """Whether the account has by now what was to be bought."""
        for each in self.checkouts.values():
            if each.state != "paid":
                continue
            if each.kind == "subscription":
                return True
            runs = now < each.paid_at + self.rental_s
            if kind == "rental" and each.film == film and runs:
                return True
        return False

    def may_play(self, film: str, now: int) -> bool:
        return self.held("rental", film, now)

    def open_ones(self) -> list[str]:
        return [name for name, each in self.checkouts.items() if each.state == "open"]

    def agrees_with(self, lines: dict[str, Line], now: int) -> None:
        """The service's database says what is expected; an end by time may not be written yet."""
        said = {}
        for name, line in lines.items():
            due = line.state == "open" and line.expires_at <= now
            said[name] = "expired" if due else line.state
        assert said == {name: each.state for name, each in self.checkouts.items()}
