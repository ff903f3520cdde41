"""The main job, step by step: register, rent, watch; subscribe, watch two films."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtQuick import QQuickItem

from player_app.reference_service.visitor import pay
from tests.journeys.hooked_service import Hooks
from tests.journeys.screen import Pixels, pixels_of
from tests.journeys.steps import Steps
from tests.journeys.visit import Visit

PASSWORD = "lantern slide evening"
PLAYS = ("Play", "Resume at ")
AGREE_MS = 300
FIRST_PICTURE_S = 30.0
TROUBLE = ("wrongText", "checkoutEnded", "playerCard")
"""What says on the screen that a form, a purchase or a film comes to nothing."""


def register(visit: Visit, service: Hooks, name: str, steps: Steps) -> None:
    """Make an account through the player's own form and be signed in."""
    screen = visit.screen
    screen.click("railAccount")
    screen.click("toRegistration")
    screen.item("registerSend")
    answers = {
        "username": name,
        "display_name": name.title(),
        "email": f"{name}@example.org",
        "email_again": f"{name}@example.org",
        "password": PASSWORD,
    }
    for field, value in answers.items():
        screen.type(f"field-{field}", value)
    screen.type("captchaAnswer", _captcha_answer(visit, service))
    screen.click("field-terms")
    screen.click("registerSend")
    screen.until(lambda: visit.app.desk.who() is not None, "the new account to be signed in", 20.0)
    screen.until(lambda: not screen.shows("registrationPage"), "the form to go")
    steps.done(f"{name} registered in the player's form, and is signed in")


def _captcha_answer(visit: Visit, service: Hooks) -> str:
    found: list[str] = []

    def asked() -> bool:
        answer = service.captcha_answer()
        found.extend([answer] if answer else [])
        return bool(found)

    _unless_told(visit, asked, "a captcha to be asked for")
    return found[0]


def open_film(visit: Visit, title: str, steps: Steps) -> None:
    """Find the film by the search field and open its page."""
    screen = visit.screen
    screen.click("railSearch")
    screen.type("searchField", title)
    screen.until(lambda: screen.shows("hit"), f"a hit for {title}")
    screen.click("hit")
    screen.until(
        lambda: screen.shows("filmTitle") and screen.text("filmTitle") == title,
        f"the page of {title}",
    )
    steps.done(f"the page of “{title}” is open")


def rent(visit: Visit, steps: Steps) -> None:
    """Press Rent, pay on the pages as a browser would, and find Play on the film's page."""
    screen = visit.screen
    screen.until(lambda: screen.text("filmAction").startswith("Rent"), "Rent to be offered")
    _buy(visit, "filmAction", steps)


def subscribe(visit: Visit, steps: Steps) -> None:
    _buy(visit, "subscribe", steps)


def _buy(visit: Visit, button: str, steps: Steps) -> None:
    screen = visit.screen
    before = len(visit.opened_pages())
    screen.click(button)
    _unless_told(visit, lambda: len(visit.opened_pages()) > before, "the browser to be opened")
    end = pay(visit.opened_pages()[-1])
    if "paid" not in end.text.lower():
        raise AssertionError(f"the pages did not say paid: {end.text[:300]}")
    screen.until(lambda: may_play(visit), "the film page to say Play", 30.0)
    steps.done(f"paid on the browser's pages; the film page says {screen.text('filmAction')}")


def may_play(visit: Visit) -> bool:
    """Whether the film's page offers to play it, from its beginning or from where it was left."""
    screen = visit.screen
    return screen.shows("filmAction") and screen.text("filmAction").startswith(PLAYS)


def play(visit: Visit, steps: Steps, *, marked: bool) -> None:
    """Press Play and see five seconds of the film; `marked` films show their frame numbers."""
    screen = visit.screen
    playing = partial(visit.app.player.property, "playing")
    screen.click("filmAction")
    screen.until(lambda: screen.shows("question") or playing(), "the question, or the film", 30.0)
    if screen.shows("question"):
        steps.done(f"asked first: “{screen.text('questionTitle')}”")
        screen.click("questionYes")
    begun = time.monotonic()
    _unless_told(visit, playing, "the film to play", FIRST_PICTURE_S)
    if marked:
        screen.until(lambda: visit.pictured_ms() is not None, "the first picture", FIRST_PICTURE_S)
        agreed = watch(visit, 5.2)
        steps.done(f"played 5 s, {agreed} frame numbers agreed with the position")
    else:
        screen.until(lambda: visit.position_ms() >= 2000, "two seconds of film", FIRST_PICTURE_S)
        steps.done(f"plays since {time.monotonic() - begun:.1f} s")


def watch(visit: Visit, film_s: float) -> int:
    """Watch on; how many pictures' numbers agreed with the position; none may disagree."""
    from_ms, agreed = visit.position_ms(), 0

    def far_enough() -> bool:
        nonlocal agreed
        before = visit.position_ms()
        seen = visit.pictured_ms()
        visit.screen.breathe()  # the window was painted meanwhile, and nothing told the position
        after = visit.position_ms()
        if seen is not None:
            if not before - AGREE_MS - 250 <= seen <= after + AGREE_MS + 250:
                raise AssertionError(f"picture at {seen} ms, position {before} to {after} ms")
            agreed += 1
        return visit.position_ms() >= from_ms + film_s * 1000

    visit.screen.until(far_enough, f"{film_s} s of film", film_s * 3 + 20)
    if agreed < film_s:
        raise AssertionError(f"only {agreed} pictures with a number in {film_s} s")
    return agreed


def hear(visit: Visit, steps: Steps) -> None:
    """The leader's marker tone is in the sound."""
    visit.screen.until(visit.tones, "the marker tone to be heard", 20.0)
    steps.done(f"the marker tone was heard at {visit.tones()[0]:.2f} s of sound")


def seek(visit: Visit, to: float, steps: Steps) -> None:
    """Press the timeline at this part of the film; the picture there is seen."""
    screen = visit.screen
    wake(visit)
    press_at(visit, screen.item("timeline"), to)
    wanted_ms = visit.app.player.property("lengthMs") * to

    def there() -> bool:
        seen = visit.pictured_ms()
        return seen is not None and abs(seen - wanted_ms) < 4000

    screen.until(there, f"the picture at {wanted_ms / 1000:.0f} s", 20.0)
    steps.done(f"sought to {wanted_ms / 1000:.0f} s; its picture is on the screen")


def wake(visit: Visit) -> None:
    """Move the pointer over the film, so that the controls come."""
    window = visit.app.window.root
    for step in (0, 8):
        visit.screen.move_to(QPointF(window.width() / 2 + step, window.height() / 3))


def press_at(visit: Visit, item: QQuickItem, part: float) -> None:
    visit.screen.click_at(item.mapToScene(QPointF(item.width() * part, item.height() / 2)))


def pause(visit: Visit, steps: Steps) -> None:
    """Press Space: the picture stands still; press it again: the film goes on."""
    screen = visit.screen
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: not visit.app.player.property("playing"), "the pause")
    let_pass(visit, 0.5)
    before, paused_ms = _middle(visit), visit.position_ms()
    let_pass(visit, 1.0)
    if not np.array_equal(_middle(visit), before) or visit.position_ms() != paused_ms:
        raise AssertionError("the picture moved while it was paused")
    screen.press(Qt.Key.Key_Space)
    screen.until(lambda: not np.array_equal(_middle(visit), before), "the picture to move again")
    screen.until(
        lambda: (visit.pictured_ms() or 0) > paused_ms, "a later picture than at the pause", 20.0
    )
    steps.done("paused with Space: the picture stood still; then went on")


def _middle(visit: Visit) -> Pixels:
    """The middle of the window, where only the film is to be seen."""
    pixels = pixels_of(visit.screen.look())
    height, width = pixels.shape[:2]
    return pixels[height // 4 : height // 2, width // 4 : width * 3 // 4]


def leave(visit: Visit, steps: Steps) -> None:
    """Press Escape: the film's page is back and offers to resume."""
    screen = visit.screen
    screen.press(Qt.Key.Key_Escape)
    screen.until(lambda: screen.shows("filmTitle"), "the film's page")
    steps.done(f"left the player; the page says “{screen.text('filmAction')}”")


def see_the_clock(visit: Visit, steps: Steps) -> None:
    """The rental's second clock runs since the film began, and its page says so."""
    screen = visit.screen
    screen.until(lambda: " left · until " in screen.text("standing"), "the second clock")
    steps.done(f"the second clock runs: “{screen.text('standing')}”")


def _unless_told(
    visit: Visit, condition: Callable[[], object], what: str, within_s: float = 15.0
) -> None:
    """As the screen's own wait, but in vain as soon as the screen tells of trouble."""
    told: list[str] = []

    def decided() -> bool:
        if condition():
            return True
        told.extend(name for name in TROUBLE if visit.screen.shows(name))
        return bool(told)

    visit.screen.until(decided, what, within_s)
    if told:
        raise AssertionError(f"in place of {what} the screen shows {told}")


def let_pass(visit: Visit, seconds: float) -> None:
    until = time.monotonic() + seconds
    visit.screen.until(lambda: time.monotonic() >= until, "time to pass", seconds + 5)
