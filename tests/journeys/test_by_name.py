"""The main job by names alone: what a viewer does who hears the screen and does not see it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from player_app.reference_service.visitor import pay
from tests.journeys.hooked_service import HookedService, hooked_service
from tests.journeys.reader import Reader, reading
from tests.waiting import until

ROOT = Path(__file__).parents[2]
PASSWORD = "lantern slide evening"
FILM = "The Brass Sea"
SYNOPSIS = "Until the 1960s the sea’s height was worked out by engines of brass."
CAPTIONED_MS, CAPTION = 29_000, "At its end, a pen."
TIMELINE = ("slider", "Position in the film")


@pytest.fixture
def service(home: Path) -> Iterator[HookedService]:
    assert home.exists()  # where the service's process may look
    with hooked_service() as running:
        yield running


@contextmanager
def player(folder: Path, screen: dict[str, str]) -> Iterator[Reader]:
    """The application on a fresh profile, as it is heard; at the end it is asked to end."""
    environment = {**os.environ, **screen}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.app_by_name", str(folder)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
    ) as process:
        try:
            with reading(process.pid, environment) as reader:
                reader.find("heading", "Choose a service", within_s=30.0)
                reader.find("frame", "Verité", "active")
                yield reader
            process.communicate(timeout=20)
            assert process.returncode == 0
        finally:
            process.kill()


@pytest.mark.thorough
def test_a_viewer_who_hears_the_screen_rents_a_film_and_watches_it(
    tmp_path: Path, screen: dict[str, str], service: HookedService
) -> None:
    with player(tmp_path / "rosa", screen) as reader:
        choose(reader, service)
        register(reader, service)
        find_film(reader)
        rent(reader, tmp_path / "rosa" / "opened")
        watch(reader)
        seek(reader)
        turn_captions_on_and_off(reader)
        turn_down(reader)
        leave(reader)
        find_it_turned_down(reader)


def test_what_goes_wrong_and_what_is_found_is_announced(
    tmp_path: Path, screen: dict[str, str], service: HookedService
) -> None:
    refused = "127.0.0.1 is not taking connections just now."
    too_short = "Password: At least 10 characters, please."
    with player(tmp_path / "noor", screen) as reader:
        reader.fill("Address or link", "127.0.0.1:9")
        reader.press("push button", "Look it up")
        reader.hear(f"Address or link: {refused}")
        assert refused in reader.find("text", "Address or link").description
        reader.clear("Address or link")

        choose(reader, service)
        reader.press("page tab", "Search")
        reader.fill("Search", "brass")
        reader.hear("1 film")
        reader.clear("Search")
        reader.fill("Search", "qqqqqqqq")
        reader.hear("qqqqqqqq")

        open_registration(reader)
        reader.fill("Password", "short", role="password text")
        reader.tab_to("push button", "Create the account")
        reader.press("push button", "Create the account")
        reader.hear(too_short)


def choose(reader: Reader, service: HookedService) -> None:
    reader.fill("Address or link", service.address)
    reader.press("push button", "Look it up")
    reader.press("push button", "Use this service")
    reader.find("panel", "Home")


def open_registration(reader: Reader) -> None:
    reader.press("page tab", "Sign in")
    reader.press("push button", "Create an account")
    reader.find("text", "Username")


def register(reader: Reader, service: HookedService) -> None:
    """Field by field, as Tab goes; the captcha's answer stands for what “Hear it” says."""
    open_registration(reader)
    reader.fill("Username", "rosa")
    reader.fill("Display name", "Rosa")
    reader.fill("Email", "rosa@example.org")
    reader.fill("Email again", "rosa@example.org")
    reader.fill("Password", PASSWORD, role="password text")
    reader.fill("The five characters", captcha_of(service))
    terms = ("check box", "I accept the terms and conditions and the privacy policy")
    reader.tab_to(*terms)
    assert not reader.find(*terms).has("checked")
    reader.toggle(*terms)
    reader.find(*terms, "checked")
    reader.tab_to("push button", "Create the account")
    reader.press("push button", "Create the account")
    reader.find("page tab", "Rosa", within_s=30.0)


def captcha_of(service: HookedService) -> str:
    found: list[str] = []

    def asked() -> bool:
        answer = service.captcha_answer()
        found.extend([answer] if answer else [])
        return bool(found)

    until(asked, "a captcha to be asked for")
    return found[0]


def find_film(reader: Reader) -> None:
    reader.press("page tab", "Search")
    reader.fill("Search", "brass")
    reader.press("push button", FILM)
    reader.find("heading", FILM)
    assert reader.find("label", SYNOPSIS).text.startswith(SYNOPSIS)


def rent(reader: Reader, opened: Path) -> None:
    """The payment is made on the service's pages, in a browser of its own."""
    reader.press("push button", "Rent £1")
    until(opened.exists, "the browser to be opened")
    assert "paid" in pay(opened.read_text().strip()).text.lower()
    reader.find("push button", "Play", within_s=30.0)


def watch(reader: Reader) -> None:
    """The film plays on; no pointer comes, and its controls stay within reach."""
    reader.press("push button", "Play")
    reader.find("dialog", "Starting now begins your 48 hours")
    reader.press("push button", "Start now")
    reader.find("push button", "Pause", within_s=30.0)
    reader.until(lambda: reader.value(*TIMELINE) >= 4_000, "four seconds of film", 30.0)
    assert reader.find(*TIMELINE).description in {f"0:{at:02} of 0:52" for at in range(4, 12)}
    reader.press("push button", "Pause")
    reader.find("push button", "Play")


def seek(reader: Reader) -> None:
    reader.set_value(*TIMELINE, CAPTIONED_MS)
    reader.until(lambda: reader.find(*TIMELINE).description == "0:29 of 0:52", "the place sought")
    assert abs(reader.value(*TIMELINE) - CAPTIONED_MS) < 500


def turn_captions_on_and_off(reader: Reader) -> None:
    paused_ms = reader.value(*TIMELINE)
    reader.press("push button", "Captions, now off")
    reader.find("radio button", "Off", "checked")
    reader.press("radio button", "English (SDH)")
    reader.find("push button", "Captions, now on")
    reader.until(lambda: reader.says(CAPTION), "the caption")
    reader.press("push button", "Captions, now on")
    reader.press("radio button", "Off")
    reader.find("push button", "Captions, now off")
    reader.until(lambda: not reader.says(CAPTION), "the caption to go")
    assert reader.value(*TIMELINE) == paused_ms


def leave(reader: Reader) -> None:
    reader.press("push button", "Back to the film")
    reader.find("push button", "Resume at 0:29")
    assert reader.says("47 h left · until ")


def turn_down(reader: Reader) -> None:
    reader.set_value("slider", "Volume", 40)
    reader.until(lambda: reader.value("slider", "Volume") == 40, "the volume")


def find_it_turned_down(reader: Reader) -> None:
    reader.press("page tab", "Settings")
    reader.find("heading", "Settings")
    reader.tab_to("slider", "Volume, 40 %")
