"""A checkout under way: begun here, paid in the browser, waited for on a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.checkout import Checkout, CheckoutState, PendingCheckout
from player_app.core.refusals import NotFound, Refused
from player_app.ui.messages.errors import message_for
from player_app.ui.tasks import Done, Failed, LongWait, Outcome, Tasks

if TYPE_CHECKING:
    from player_app.features.checkouts import Checkouts

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

_HAS_REASONS = (CheckoutState.DECLINED, CheckoutState.CANCELLED)
_SAID = {
    CheckoutState.DECLINED: "The payment was declined. Nothing was taken.",
    CheckoutState.CANCELLED: "The payment was cancelled, and nothing was taken.",
    CheckoutState.EXPIRED: "The payment page ran out of time, and nothing was taken.",
    CheckoutState.REFUNDED: "This payment was given back.",
}


@dataclass(frozen=True, slots=True)
class CheckoutFace:
    """`phase` is idle, opening, waiting, cancelling or over; `text` says how it ended."""

    phase: str = "idle"
    text: str = ""
    film_id: str | None = None
    can_open: bool = False


def over_face(checkout: Checkout) -> CheckoutFace:
    if checkout.state is CheckoutState.PAID:
        return CheckoutFace()
    text = _SAID[checkout.state]
    if checkout.reason and checkout.state in _HAS_REASONS:
        text = f"{checkout.reason} Nothing was taken."
    return CheckoutFace("over", text, checkout.film_id)


def waiting_face(pending: PendingCheckout) -> CheckoutFace:
    return CheckoutFace(
        phase="waiting",
        text="Waiting for your payment in the browser…",
        film_id=pending.film_id,
        can_open=pending.address is not None,
    )


@QmlElement
@QmlUncreatable("made in Python")
class CheckoutViewModel(QObject):  # type: ignore[operator]
    """`refused` when the service will not sell what this computer took to be on offer.

    `ended` when a checkout is over without a payment here: it may have been bought elsewhere.
    """

    shown = Signal()
    refused = Signal()
    ended = Signal()

    def __init__(
        self,
        *,
        checkouts: Checkouts,
        tasks: Tasks,
        wait: LongWait,
        copy: Callable[[str], None],
        paid: Callable[[], None],
    ) -> None:
        super().__init__()
        self._checkouts = checkouts
        self._tasks = tasks
        self._wait = wait
        self._copy = copy
        self._paid = paid
        self._pending: PendingCheckout | None = None
        self._face = CheckoutFace()
        self._looked_at: str | None = None

    @Property(bool, notify=shown)
    def concerns(self) -> bool:
        return self._face.film_id in {None, self._looked_at}

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase if self._face.film_id in {None, self._looked_at} else "idle"

    @Property(str, notify=shown)
    def text(self) -> str:
        return self._face.text

    @Property(bool, notify=shown)
    def canOpen(self) -> bool:
        return self._face.can_open

    @Slot()
    def openAgain(self) -> None:
        if (pending := self._pending) is not None:
            self._tasks.run(lambda: self._checkouts.open_again(pending), self._opened_again)

    @Slot()
    def copyLink(self) -> None:
        if self._pending is not None and self._pending.address is not None:
            self._copy(self._pending.address)

    @Slot()
    def cancel(self) -> None:
        if (pending := self._pending) is None:
            return
        self._show(CheckoutFace("cancelling", "Cancelling…", pending.film_id))
        self._tasks.run(
            lambda: self._checkouts.cancel(pending), lambda outcome: self._over(pending, outcome)
        )

    @Slot()
    def dismiss(self) -> None:
        self._show(CheckoutFace())

    @property
    def pending(self) -> PendingCheckout | None:
        return self._pending

    def look_at(self, film_id: str) -> None:
        """Which film's page is open; a checkout of another film is not shown on it."""
        self._looked_at = film_id
        self.shown.emit()

    def begin(self, film_id: str, offer_id: str) -> None:
        """Begin to buy; while one is being paid for, another is not begun."""
        if self._face.phase in {"opening", "cancelling"}:
            return
        self._show(CheckoutFace("opening", "Opening your browser…", film_id))
        self._tasks.run(
            lambda: self._checkouts.begin(film_id, offer_id), lambda o: self._begun(film_id, o)
        )

    def take_up(self) -> None:
        """Go on waiting for what is being paid for: from before the player was last closed, too."""
        self._tasks.run(self._recovered, self._found)

    def rest(self) -> None:
        """Nobody is signed in: what is being paid for waits until its buyer is here again."""
        self._wait.stop()
        self._pending = None
        self._show(CheckoutFace())

    def _recovered(self) -> tuple[PendingCheckout, ...]:
        self._checkouts.recover()
        return self._checkouts.pending()

    def _found(self, outcome: Outcome[tuple[PendingCheckout, ...]]) -> None:
        if self._pending is None and isinstance(outcome, Done) and outcome.value:
            self._await(outcome.value[-1])

    def _begun(self, film_id: str, outcome: Outcome[PendingCheckout]) -> None:
        if isinstance(outcome, Done):
            self._await(outcome.value)
            return
        self._show(CheckoutFace("over", message_for(outcome.error).text, film_id))
        if isinstance(outcome.error, Refused):
            self.refused.emit()

    def _await(self, pending: PendingCheckout) -> None:
        """What was said of an earlier one stays to be read on its film's page."""
        self._pending = pending
        if self._face.phase != "over" or self._face.film_id == pending.film_id:
            self._show(waiting_face(pending))
        self._wait.run(
            lambda stop: self._checkouts.wait(pending, stop),
            lambda outcome: self._over(pending, outcome),
        )

    def _over(self, pending: PendingCheckout, outcome: Outcome[Checkout]) -> None:
        """It is told by its wait and by its cancelling: the first that comes counts."""
        if pending is not self._pending:
            return
        if isinstance(outcome, Failed):
            gone = isinstance(outcome.error, NotFound)
            text = message_for(outcome.error).text
            film_id = pending.film_id
            self._show(CheckoutFace("over" if gone else "waiting", text, film_id, not gone))
        elif outcome.value.is_over:
            self._show(over_face(outcome.value))
        else:
            return
        if self._face.phase == "waiting":
            return
        self._wait.stop()
        self._pending = None
        if isinstance(outcome, Done) and outcome.value.state is CheckoutState.PAID:
            self._paid()
        else:
            self.ended.emit()
        self.take_up()

    def _opened_again(self, outcome: Outcome[None]) -> None:
        if isinstance(outcome, Failed) and self._pending is not None:
            text = message_for(outcome.error).text
            self._show(CheckoutFace("waiting", text, self._pending.film_id, can_open=True))

    def _show(self, face: CheckoutFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
