"""A chosen service that is down, fails or talks nonsense: said, tried again, and nothing lost."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from player_app.core.position import Position
from player_app.reference_service.server import RunningService, loopback_socket, running
from player_app.service.transport import MOST_BYTES
from player_app.storage.comments import CommentStore
from player_app.storage.database import open_database
from player_app.storage.kept import Kept
from player_app.storage.paths import open_paths
from player_app.storage.positions import PositionStore
from tests.bad_input.meddler import Meddler, Wrong
from tests.bad_input.screened import FILM, Screened, StartIt
from tests.service_settings import quick_settings

COMMENT = "The frame that is missing is the one I looked for."
FAILING = Wrong(500, lambda _: b'{"type": "urn:verite:problem:internal"}')
UNREADABLE = Wrong(body=lambda good: good[: len(good) // 2])
NOT_JSON = Wrong(body=lambda _: b"<html>We'll be back soon</html>", kind="text/html")
OTHER_JSON = Wrong(body=lambda _: b'{"films": "none", "cursor": 5}')
TOO_LARGE = Wrong(body=lambda _: b'{"films": [' + b" " * (MOST_BYTES + 1) + b"]}")
SERVICE_FAILS = "The service has a problem. 127.0.0.1 could not do that just now."
CANT_READ = "An answer we can't read. The service answered in a way this player does not"
WRONG = {
    "500": (FAILING, SERVICE_FAILS),
    "503": (dataclasses.replace(FAILING, status=503), SERVICE_FAILS),
    "malformed JSON": (UNREADABLE, CANT_READ),
    "no JSON": (NOT_JSON, CANT_READ),
    "other JSON": (OTHER_JSON, CANT_READ),
    "oversized JSON": (TOO_LARGE, CANT_READ),
}

OFTEN = ("500", "oversized JSON")


def _marks_of(name: str) -> tuple[pytest.MarkDecorator, ...]:
    return () if name in OFTEN else (pytest.mark.thorough,)


def refreshed(screen: Screened, meddler: Meddler) -> None:
    """Have the service asked what changed, as it is every few minutes."""
    before = len(meddler.asked)
    screen.app.shell.refresh()
    screen.until(lambda: len(meddler.asked) > before, "the service to be asked")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [pytest.param(*case, id=name, marks=_marks_of(name)) for name, case in WRONG.items()],
)
def test_a_sync_that_is_answered_wrongly_is_told_and_tried_again_over_what_is_kept(
    start: StartIt, meddling: Meddler, wrong: Wrong, sentence: str
) -> None:
    screen = start(meddling.address)
    screen.until(lambda: screen.shows("filmRow"), "the films")
    meddling.wrong = {"/v1/films?": wrong, "/v1/films": wrong}
    refreshed(screen, meddling)

    screen.reads(sentence, "Showing what is kept on this computer.")
    assert screen.shows("filmRow")
    assert screen.app.browse.home().rows

    meddling.wrong = {}
    screen.press_in("offlineBar", "messageAction", "Try again")
    screen.until(lambda: not screen.shows("offlineBar"), "the notice to go")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=_marks_of(each))
        for each in ("500", "malformed JSON", "oversized JSON")
    ],
)
def test_a_comment_that_the_service_takes_wrongly_stays_in_its_field_and_is_posted_once(
    start: StartIt, meddling: Meddler, name: str
) -> None:
    wrong, sentence = WRONG[name]
    comment = f"{COMMENT} ({name})"
    screen = start(meddling.address)
    screen.sign_in()
    film_id = screen.open_film(FILM)
    screen.write_comment(comment)
    meddling.wrong = {f"/v1/films/{film_id}/comments": wrong}
    screen.click("postComment")

    screen.reads(sentence.partition(". ")[2])
    assert screen.text("commentField") == comment
    assert CommentStore(screen.database).draft(film_id) == comment

    meddling.wrong = {}
    assert screen.text("postComment") == "Post"
    screen.click("postComment")
    screen.reads("Your comment is posted.")
    page = screen.app.connection.client().comments(film_id, None)
    assert [each.text for each in page.comments].count(comment) == 1


def test_a_registration_that_fails_keeps_what_was_typed_and_is_sent_again(
    start: StartIt, meddling: Meddler
) -> None:
    screen = start(meddling.address)
    meddling.wrong = {"/v1/registration": FAILING}
    screen.go("register")
    screen.reads("127.0.0.1 could not do that just now.")
    meddling.wrong = {}
    screen.press_in("registrationFailed", "messageAction", "Try again")
    screen.type("field-username", "rosa_l")
    screen.type("field-email", "rosa@example.org")
    meddling.wrong = {"/v1/accounts": FAILING}
    screen.type("field-display_name", "Rosa L")
    screen.type("field-email_again", "rosa@example.org")
    screen.type("field-password", "lantern slide evening")
    screen.type("captchaAnswer", "12345")
    screen.click("field-terms")
    screen.click("registerSend")
    screen.until(lambda: screen.text("registrationWrong") != "", "the sentence")
    assert "127.0.0.1 could not do that just now." in screen.text("registrationWrong")
    assert screen.text("field-username") == "rosa_l"
    assert screen.text("field-email") == "rosa@example.org"
    assert screen.text("registerSend") == "Create the account"
    sent = meddling.asked.count("POST /v1/accounts")
    screen.type("captchaAnswer", "12345")
    screen.click("registerSend")
    screen.until(lambda: meddling.asked.count("POST /v1/accounts") > sent, "it to be sent again")


def test_a_service_that_is_down_at_the_start_is_told_over_what_is_kept(
    start: StartIt, tmp_path: Path
) -> None:
    bound = loopback_socket()
    port = bound.getsockname()[1]
    settings = quick_settings(tmp_path / "service", origin=f"http://127.0.0.1:{port}")
    with running(settings, bound=bound) as service:
        screen = start(service.address)
        screen.until(lambda: screen.shows("filmRow"), "the films")
        here = Position("film-01", 61_000, finished=False, kept_at=1)
        PositionStore(screen.database).keep(here)
        screen.stop()

    screen = start()
    screen.reads("Offline since ", "Showing what is kept on this computer.")
    assert screen.shows("filmRow")
    assert PositionStore(screen.database).of("film-01") == here
    with running(settings, bound=loopback_socket(port)):
        screen.press_in("offlineBar", "messageAction", "Try again")
        screen.until(lambda: not screen.shows("offlineBar"), "the notice to go")
        screen.stop()


def test_a_service_that_is_down_at_the_very_first_start_leaves_a_way_on(
    start: StartIt, tmp_path: Path, service: RunningService
) -> None:
    screen = start(service.address)
    screen.until(lambda: screen.shows("filmRow"), "the films")
    chosen = screen.app.connection.service
    assert chosen is not None
    bound = loopback_socket()
    port = bound.getsockname()[1]
    bound.close()
    down = f"http://127.0.0.1:{port}"
    fresh = open_paths(tmp_path / "other")
    database, _ = open_database(fresh.database)
    Kept(database).put("service", dataclasses.replace(chosen, address=down, api=f"{down}/v1"))
    database.close()

    other = start(profile=fresh)
    other.reads("Nothing is kept here yet")
    settings = quick_settings(tmp_path / "late", origin=down)
    with running(settings, bound=loopback_socket(port)):
        other.press_in("homeEmpty", "emptyAction", "Try again")
        other.until(lambda: other.shows("filmRow"), "the films")
        other.stop()


def test_a_session_that_has_ended_is_told_and_signing_in_again_goes_on_where_it_was(
    start: StartIt, meddling: Meddler
) -> None:
    screen = start(meddling.address)
    screen.sign_in()
    film_id = screen.open_film(FILM)
    screen.write_comment(COMMENT)
    screen.until(
        lambda: CommentStore(screen.database).draft(film_id) == COMMENT, "the draft to be kept"
    )
    ended = Wrong(400, lambda _: b'{"error": "invalid_grant"}')
    refused = Wrong(401, lambda _: b'{"type": "urn:verite:problem:unauthorized"}')
    meddling.wrong = {"/oauth/token": ended, "/v1/rights": refused}
    screen.app.shell.refresh()

    screen.reads("You are signed out. Please sign in to go on.")
    screen.until(lambda: not screen.app.shell.property("signedIn"), "the rail to show it")
    assert screen.text("commentField") == COMMENT

    meddling.wrong = {}
    screen.press_in("offlineBar", "messageAction", "Sign in")
    screen.until(lambda: screen.shows("signInPage"), "the page to sign in at")
    screen.sign_in()
    screen.until(lambda: not screen.shows("offlineBar"), "the notice to go")
    assert CommentStore(screen.database).draft(film_id) == COMMENT
