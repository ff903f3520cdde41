"""The real application on a profile of its own, offscreen, and what its viewer reads and does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtQuick import QQuickItem

from player_app.app import App, Wanted
from player_app.core.catalogue import Film
from player_app.core.position import Position
from player_app.environment import Environment
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.storage.database import Database
from player_app.storage.paths import Paths
from player_app.storage.positions import PositionStore
from player_app.storage.secrets import Secrets, SecretStore
from player_app.ui.navigation import Place
from tests.journeys.screen import Screen, visible_below
from tests.media.player import frame_number

OPENER = """#!/bin/sh
printf '%s\\n' "$1" >> '{log}'
"""
NO_SOUND = ("--aout=dummy",)
FILM = "picture-start"


class Screened(Screen):
    """A window with the application behind it; `opened` are pages handed to the browser."""

    def __init__(self, paths: Paths, store: SecretStore | None, programs: Path) -> None:
        """Without a store, over the system's own."""
        self._is_stopped = False
        self._log = programs / "opened"
        if not programs.exists():
            programs.mkdir()
            opener = programs / "xdg-open"
            opener.write_text(OPENER.format(log=self._log))
            opener.chmod(0o755)
        variables = {"PATH": f"{programs}"}
        environment = Environment({}, "", str(programs), system_proxy=False, variables=variables)
        self.paths = paths
        self.app = App(paths, environment, Secrets(store) if store else None, NO_SOUND)
        super().__init__(self.app.window.root)

    @property
    def database(self) -> Database:
        return self.app._foundation.database

    def start(self, service: str = "") -> Screened:
        """As it starts for a viewer; on this service, if there is no other choice yet."""
        self.app.start(Wanted(service=service, trusted=bool(service)))
        return self

    def stop(self) -> None:
        if self._is_stopped:
            return
        self._is_stopped = True
        self.app.stop()
        QCoreApplication.sendPostedEvents(QObject(), 0)

    def go(self, screen: str, film_id: str = "") -> None:
        self.app.navigation.go(Place(screen, film_id))

    def sign_in(self) -> None:
        """By the form in the window, with the demo's account."""
        self.go("sign-in")
        self.click("signInForm")
        self.type("signInEmail", EMAIL)
        self.type("signInPassword", PASSWORD)
        self.click("signInSend")
        self.until(lambda: self.app.shell.property("signedIn"), "to be signed in", 20.0)
        self.until(lambda: not self.app.shell._refreshing, "the service to be asked what is new")

    def film(self, slug: str) -> Film:
        """Of the catalogue on this computer, waited for."""
        self.until(lambda: self.app.browse.film_by_slug(slug), f"{slug} to be in the catalogue")
        found = self.app.browse.film_by_slug(slug)
        assert found is not None
        return found

    def open_film(self, slug: str) -> str:
        """Its page; the film's id."""
        film = self.film(slug)
        self.go("film", film.id)
        comments = self.app._views.film._comments
        self.until(
            lambda: self.shows("filmTitle") and comments.property("phase") != "loading",
            "the film's page with its comments",
        )
        return film.id

    def write_comment(self, text: str) -> None:
        """Into the field, once the page has come to rest and the field has the focus."""

        def is_held() -> bool:
            self.click("commentField")
            held = self.app.window.root.activeFocusItem()
            return held is not None and held.objectName() == "commentField"

        self.until(is_held, "the field for a comment to have the focus")
        self.type("commentField", text)
        self.until(lambda: self.text("commentField") == text, "the comment to be written")

    def left_at(self, film_id: str, position_ms: int) -> Position:
        """The viewer has stopped there before."""
        place = Position(film_id, position_ms, finished=False, kept_at=1)
        PositionStore(self.database).keep(place)
        return place

    def place_in(self, film_id: str) -> Position | None:
        return PositionStore(self.database).of(film_id)

    def fails_to_play(self, *sentences: str, label: str) -> None:
        """Press the film page's button, and read what the player says in place of a picture."""
        self.click("filmAction")
        self.until(lambda: self.shows("playerCard"), "the player to say why not", 20.0)
        self.reads(*sentences)
        assert self.offers("playerCard", "playerCardAction") == label
        assert self.offers("playerCard", "playerCardBack") == "Back to the film"

    def plays(self) -> None:
        """Wait for moving pictures, and leave the film for home."""
        seen: set[int | None] = set()

        def moves() -> bool:
            newest = self.app.surface.newest()
            seen.add(frame_number(newest) if newest.isValid() else None)
            return len(seen - {None}) > 1

        self.until(moves, "moving pictures", 20.0)
        self.go("home")
        self.until(lambda: self.shows("homePage"), "home")

    def opened(self) -> list[str]:
        return self._log.read_text().split() if self._log.exists() else []

    def reads(self, *parts: str) -> None:
        """Wait until each of these is somewhere on the screen."""
        for part in parts:
            self.until(lambda part=part: self.says(part), f"“{part}” to be read")  # type: ignore[misc]

    def within(self, holder: str, name: str) -> QQuickItem:
        """A visible control inside of another."""
        found: list[QQuickItem] = []

        def there() -> bool:
            inside = visible_below(self.item(holder))
            found[:] = [each for each in inside if each.objectName() == name]
            return bool(found)

        self.until(there, f"“{name}” inside of “{holder}”")
        return found[0]

    def press_in(self, holder: str, name: str, label: str) -> None:
        """Press the one action that `holder` offers, which is called `label`."""
        item = self.within(holder, name)
        assert item.property("text") == label
        self._reveal(item)
        self._settle(item)
        self.click_at(item.mapToScene(item.boundingRect().center()))

    def offers(self, holder: str, name: str) -> str:
        return str(self.within(holder, name).property("text"))


StartIt = Callable[..., Screened]
