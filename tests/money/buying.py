"""What a viewer does in the player while a film is bought, step by step."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from player_app.core.checkout import PendingCheckout
from player_app.core.errors import ServiceFailing, SlowDown, Unreachable
from player_app.core.refusals import AlreadyHeld
from tests.money.books import Line
from tests.money.shopper import Shopper, at_once
from tests.money.walk import Begun, Walk
from tests.waiting import until

CHECKOUTS = "/v1/checkouts"
_LOST = (Unreachable, ServiceFailing, SlowDown, AlreadyHeld)


def _new_lines(walk: Walk) -> list[Line]:
    """Checkouts that the model does not know yet."""
    return [line for line in walk.lines().values() if line.id not in walk.model.checkouts]


def _mine(walk: Walk, shopper: Shopper, film: str, kind: str) -> list[str]:
    return [
        name
        for name, (owner, _) in walk.pending.items()
        if owner is shopper
        and walk.model.checkouts[name].state == "open"
        and (walk.model.checkouts[name].film, walk.model.checkouts[name].kind) == (film, kind)
    ]


def pressed(
    walk: Walk,
    shopper: Shopper,
    wish: tuple[str, str, str],
    answers: list[PendingCheckout | AlreadyHeld],
    *,
    service_ended: bool = False,
) -> None:
    """What pressing Rent must have led to, once or at once.

    A service that was killed may have begun one first, and then found that the film was paid.
    """
    film, _, kind = wish
    now = walk.house.now()
    held = walk.model.held(kind, film, now)
    mine, new = _mine(walk, shopper, film, kind), _new_lines(walk)
    if held:
        assert len(new) <= service_ended
        for line in new:
            assert line.state == "cancelled"
            walk.model.begun(line)
            walk.model.cancel(line.id)
        assert all(isinstance(each, AlreadyHeld) for each in answers), answers
        return
    ids = {each.id for each in answers if isinstance(each, PendingCheckout)}
    assert len(ids) == 1, answers
    (name,) = ids
    used = [each for each in mine if walk.lines()[each].link_used]
    for each in used:
        # its link can't be opened again: it was called off for a new one
        walk.model.cancel(each)
    fresh = [each for each in mine if each not in used]
    if fresh:
        assert name in fresh, (name, fresh)
        assert new == []
    else:
        assert [line.id for line in new] == [name]
        walk.model.begun(new[0])
    for answer in answers:
        if isinstance(answer, PendingCheckout):
            walk.pending[answer.id] = (shopper, answer)


def press(walk: Walk) -> None:
    shopper, wish = walk.someone(), walk.wish()
    pressed(walk, shopper, wish, [shopper.press(*wish[:2])])


def press_twice_at_once(walk: Walk) -> None:
    shopper, wish = walk.someone(), walk.wish()
    press = lambda: shopper.press(*wish[:2])  # noqa: E731 - twice below
    pressed(walk, shopper, wish, at_once(press, press))


def press_and_lose_the_answer(walk: Walk) -> None:
    """Cut, refused by a tired service, timed out, or gone with the service; then pressed again."""
    shopper, wish = walk.someone(), walk.wish()
    how = walk.random.choice(("cut", "fail", "late", "killed"))
    walk.note(how)
    with contextlib.ExitStack() as stack:
        match how:
            case "cut":
                walk.house.cut_next(CHECKOUTS, 10)
            case "fail":
                walk.house.fail_next(CHECKOUTS, 503)
            case "late":
                stack.enter_context(shopper.impatient(walk.random.uniform(0.001, 0.012)))
            case _:
                stack.enter_context(_killed_soon(walk))
        try:
            shopper.player.checkouts.begin(*wish[:2])
        except _LOST as error:
            walk.note(type(error).__name__)
    walk.house.heal()
    if how == "late":
        answer = _answered(shopper, wish)
    else:
        try:
            answer = shopper.press(*wish[:2])
        except SlowDown:
            # the killed service had begun with it: its key is free again after a minute
            walk.let_pass(61)
            walk.model.expire(walk.house.now())
            answer = shopper.press(*wish[:2])
    pressed(walk, shopper, wish, [answer], service_ended=how == "killed")


def _answered(shopper: Shopper, wish: tuple[str, str, str]) -> PendingCheckout | AlreadyHeld:
    """Pressed until the service no longer works on what was given up."""
    answers: list[PendingCheckout | AlreadyHeld] = []

    def answered() -> bool:
        with contextlib.suppress(SlowDown):
            answers.append(shopper.press(*wish[:2]))
        return bool(answers)

    until(answered, "the service to answer what was asked for again")
    return answers[0]


@contextlib.contextmanager
def _killed_soon(walk: Walk) -> Iterator[None]:
    """The service is killed within the next moments, and is there again afterwards."""
    killing = threading.Timer(walk.random.uniform(0, 0.02), walk.house.kill)
    killing.start()
    try:
        yield
    finally:
        killing.join()
        walk.service_started()


def begun_or_press(walk: Walk) -> Begun | None:
    """One that was begun, over or not; where none was, one is begun, and the step is over."""
    found = walk.any_pending()
    if found is None:
        press(walk)
    return found


def at_page_or_press(walk: Walk) -> Begun | None:
    """The same, with its page open in the browser as far as it can be."""
    found = begun_or_press(walk)
    if found is not None:
        name, shopper, pending = found
        if name not in shopper.opened and pending.address is not None:
            shopper.open(name, pending.address)
    return found


def open_page(walk: Walk) -> None:
    """Follow the link to the card form, though it may be open already."""
    found = begun_or_press(walk)
    if found is not None:
        name, shopper, pending = found
        if pending.address is not None:
            shopper.open(name, pending.address)


def come_back(walk: Walk) -> None:
    """To the player's loopback address: rightly, by forgery, or with nothing."""
    if not walk.pending:
        return
    name = walk.random.choice(list(walk.pending))
    shopper, pending = walk.pending[name]
    address = walk.lines()[name].return_to
    assert address is not None
    right = walk.random.random() < 0.5
    state = pending.nonce if right else walk.random.choice((None, "forged", name, "paid"))
    walk.note("rightly" if right else "by forgery")
    status = shopper.comes_back(address, state)
    assert status in ((200, None, 400) if right else (400, None)), status


def cancel_in_the_player(walk: Walk) -> None:
    found = begun_or_press(walk)
    if found is None:
        return
    name, shopper, pending = found
    ended = shopper.player.checkouts.cancel(pending)
    walk.cancelled(name)
    assert ended.state == walk.model.checkouts[name].state
    assert name not in {each.id for each in shopper.player.checkouts.pending()}


def cancel_on_the_page(walk: Walk) -> None:
    found = walk.any_pending()
    if found is None:
        return
    name, shopper, _ = found
    if walk.can_pay(name, shopper):
        shopper.call_off(name)
        walk.model.call_off(name)
        walk.model.unheard.discard(name)


def wait(walk: Walk) -> None:
    """For one that is over: its end is told, and what it changed is known."""
    for name, (shopper, pending) in walk.pending.items():
        over = walk.model.checkouts[name].state != "open"
        kept = {each.id for each in shopper.player.checkouts.pending()}
        if over and name in kept:
            assert shopper.waits_for(pending).state == walk.model.checkouts[name].state
            if walk.model.checkouts[name].state == "expired":
                walk.model.unheard.discard(name)
            return
