"""What a viewer does with films taken offline, step by step, and what the screen then says."""

from __future__ import annotations

import re
import socket
import time
from urllib.parse import urlsplit

from PySide6.QtCore import Qt

from player_app.ui.navigation import Place
from tests.journeys import main_job
from tests.journeys.elsewhere import interfaces
from tests.journeys.screen import Screen
from tests.journeys.steps import Steps
from tests.journeys.visit import Visit

HERE = "On this computer"
DOWNLOAD_S = 120.0
NEAR_MS = 1_500
"""A film that is opened again may begin so far from where its page says that it was left."""


def see_no_network(service: str, steps: Steps) -> None:
    """This process has no way to anywhere, and nobody answers at the service's address."""
    there = urlsplit(service)
    if interfaces() != ["lo"]:
        raise AssertionError(f"there is a network: {interfaces()}")
    with socket.socket() as probe:
        said = probe.connect_ex((there.hostname, there.port))
    if said == 0:
        raise AssertionError(f"{service} answers")
    steps.done("a new process, with no network but its own loopback")


def be_home(visit: Visit, who: str, steps: Steps, *, bar: str = "") -> None:
    """Home has its films, the viewer is signed in, and the bar says these words, or is not there.

    Without a service all of that comes from disk.
    """
    screen = visit.screen
    screen.until(lambda: screen.shows("posterCard"), "home with films", 30.0)
    screen.until(lambda: visit.app.viewer.account is not None, f"{who} to be signed in", 20.0)
    if not bar:
        screen.until(lambda: not screen.shows("offlineBar"), "the service to answer", 20.0)
        steps.done(f"home is there, {who} is signed in, and the service answers")
        return
    screen.until(lambda: bar in told(screen, "offlineBar"), f"the bar to say “{bar}”", 20.0)
    steps.done(f"home is there from disk; {who} is told: “{told(screen, 'offlineBar')}”")


def take_offline(visit: Visit, steps: Steps) -> None:
    """Press the download card's button on the film's page, and wait until all of it is here."""
    screen = visit.screen
    offer = screen.item("startDownload", 30.0).property("text")
    screen.click("startDownload")
    screen.until(
        lambda: told(screen, "downloadHeading") == HERE or screen.shows("downloadWrong"),
        f"the card to say “{HERE}”",
        DOWNLOAD_S,
    )
    if screen.shows("downloadWrong"):
        raise AssertionError(f"“{offer}”, and then: {screen.text('downloadWrong')}")
    steps.done(f"pressed “{offer}”")
    see_ready(visit, steps)


def see_place(visit: Visit, steps: Steps) -> int:
    """The film's page offers to go on where it was left; there, in milliseconds."""
    screen = visit.screen
    screen.until(lambda: _left_ms(told(screen, "filmAction")) is not None, "“Resume at …”")
    label = screen.text("filmAction")
    steps.done(f"the film's page says “{label}”")
    return _left_ms(label) or 0


def resume(visit: Visit, steps: Steps) -> None:
    """Press Resume, and see the film go on where it was left; the pictures' numbers say where."""
    screen, left_ms = visit.screen, see_place(visit, steps)
    screen.click("filmAction")
    pressed = time.monotonic()
    screen.until(
        lambda: visit.pictured_ms() is not None or screen.shows("playerCard"),
        "the first picture",
        main_job.FIRST_PICTURE_S,
    )
    seen_ms, ran_ms = visit.pictured_ms(), (time.monotonic() - pressed) * 1000
    if seen_ms is None:
        raise AssertionError(f"the player says: {player_card(screen)}")
    if not left_ms - NEAR_MS <= seen_ms <= left_ms + NEAR_MS + ran_ms:
        raise AssertionError(f"it went on at {seen_ms / 1000:.1f} s, not at {left_ms / 1000:.0f} s")
    steps.done(f"resumed: its picture of {seen_ms / 1000:.1f} s is on the screen")
    agreed = main_job.watch(visit, 5.2)
    steps.done(f"played 5 s, {agreed} frame numbers agreed with the position")


def check_travel(visit: Visit, film_id: str, steps: Steps) -> None:
    """Have the library test whether the film plays without internet until tomorrow noon."""
    screen = visit.screen
    screen.click("railLibrary")
    for field, answer in (("travelDayInput", "tomorrow"), ("travelTimeInput", "12:00")):
        screen.type(field, answer)
        screen.press(Qt.Key.Key_Tab)
    screen.click("travelCheck")
    said = str(screen.item("travelAnswer", 60.0).property("text"))
    verdict = screen.item(f"verdict-{film_id}")
    answer, words = verdict.property("answer"), verdict.property("words")
    if not said.startswith("Yes:") or answer != "yes":
        raise AssertionError(f"the travel check says “{said}” ({words})")
    steps.done(f"travel check: “{said}” ({words})")


def see_over(visit: Visit, film_id: str, title: str, steps: Steps) -> None:
    """The film's page offers no Play any more, and the player refuses the film all the same."""
    screen = visit.screen
    screen.until(lambda: told(screen, "filmAction") != "", "what the film's page offers")
    if main_job.may_play(visit):
        raise AssertionError(f"the film's page still says “{screen.text('filmAction')}”")
    steps.done(
        f"no Play on the film's page: “{told(screen, 'standing')}”; "
        f"it offers “{screen.text('filmAction')}”"
    )
    visit.app.navigation.go(Place("player", film_id))
    see_refused(visit, title, steps)


def see_refused(visit: Visit, title: str, steps: Steps) -> None:
    """The player says why it does not play the film, and leads back to its page."""
    screen = visit.screen
    screen.until(
        lambda: screen.shows("playerCard") or visit.app.player.property("playing"),
        "the player to refuse, or to play",
        20.0,
    )
    if not screen.shows("playerCard") or screen.item("playerCard").property("title") != title:
        raise AssertionError(f"the player does not say “{title}”")
    steps.done(f"the player refuses it: {player_card(screen)}")
    screen.click("playerCardBack")
    screen.until(lambda: screen.shows("filmTitle"), "the film's page")


def see_ready(visit: Visit, steps: Steps) -> None:
    """The card on the film's page says that it is here and may be played."""
    screen = visit.screen
    screen.until(lambda: "Ready offline" in card(screen), f"“Ready offline”: {card(screen)}", 30.0)
    if screen.text("downloadHeading") != HERE:
        raise AssertionError(f"the card says {card(screen)}")
    steps.done(f"“{HERE}”: {card(screen)}")


def see_shelf(visit: Visit, words: str, steps: Steps) -> None:
    """The first download in the library comes to say these words."""
    screen = visit.screen
    screen.click("railLibrary")
    screen.until(lambda: words in shelf(screen), f"“{words}” in the library", 30.0)
    steps.done(f"the library says: {shelf(screen)}")


def told(screen: Screen, name: str) -> str:
    """What the control says, "" while it is not there."""
    return screen.text(name) if screen.shows(name) else ""


def card(screen: Screen) -> str:
    """The download card on a film's page."""
    return _line(screen, "downloadSaid")


def shelf(screen: Screen) -> str:
    """The first download in the library."""
    return _line(screen, "downloadState")


def player_card(screen: Screen) -> str:
    found = screen.item("playerCard")
    return f"“{found.property('title')}. {found.property('text')}”"


def _line(screen: Screen, name: str) -> str:
    if not screen.shows(name):
        return ""
    line = screen.item(name)
    return f"“{line.property('text')} — {line.property('more')}”"


def _left_ms(label: str) -> int | None:
    """What “Resume at 0:08” names."""
    named = re.fullmatch(r"Resume at (\d+):(\d\d)", label)
    return None if named is None else (int(named[1]) * 60 + int(named[2])) * 1000
