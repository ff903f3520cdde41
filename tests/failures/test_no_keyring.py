"""No store of secrets: said where it matters, streaming goes on, and nothing lies in clear."""

from __future__ import annotations

from dataclasses import replace

from player_app.core.storage_errors import KeyringMissing
from player_app.reference_service.demo import PASSWORD
from player_app.reference_service.server import RunningService
from player_app.storage.paths import Paths
from tests.bad_input.screened import FILM, StartIt
from tests.failures.viewer import arrive, belongings, play, press, said
from tests.fakes.keyring import MemoryKeyring
from tests.secrecy.searching import files_below, found_in

BAR = (
    "No safe place for the sign-in. This computer has no store for secrets, so the sign-in",
    "lasts until the player closes and nothing can be taken offline. ",
    "Then sign in again. This computer is a passing device.",
)
CARD_TITLE = "Films can only be streamed here"
CARD = (
    "What opens a film offline is kept safe in this system's store for secrets, and this computer "
    "has none. "
)


def test_without_a_store_of_secrets_films_stream_the_card_says_why_and_nothing_is_in_clear(
    start: StartIt, service: RunningService, paths: Paths, keyring: MemoryKeyring
) -> None:
    keyring.failing = KeyringMissing("none here")
    screen = start(service.address)
    arrive(screen)
    screen.reads(*BAR)
    screen.until(lambda: said(screen).startswith(CARD), "why it can't be taken offline")
    screen.reads(CARD_TITLE)
    play(screen)
    before = belongings(screen)
    secrets = screen.app._foundation.secrets
    held = {name: secrets.get(name) or "" for name in ("sign-in", "device")}
    assert all(held.values())
    screen.stop()
    plain = {name: value.encode() for name, value in {**held, "password": PASSWORD}.items()}
    assert found_in(files_below([paths.folder]), plain) == []

    again = start()
    again.until(lambda: not again.app.shell._refreshing, "the service to be asked")
    assert not again.app.shell.property("signedIn")
    keyring.failing = None
    again.click("railLibrary")
    press(again, "libraryEmpty", "Sign in")
    again.sign_in()
    assert not again.shows("passingBar")
    assert replace(belongings(again), positions=()) == replace(before, positions=())
    again.open_film(FILM)
    again.until(lambda: again.shows("startDownload"), "the film to be taken offline")
