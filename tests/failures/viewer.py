"""What a viewer does before something fails, what is then kept, and what may be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF

from player_app.core.download import Download
from player_app.reference_service.visitor import pay
from player_app.storage.comments import CommentStore
from player_app.storage.downloads import DownloadStore
from player_app.storage.paths import Paths
from tests.bad_input.screened import FILM, Screened
from tests.journeys.screen import visible_below

THOUGHT = "The frame that is missing is the one I looked for."
PLACE_MS = 10_000
READY = "Ready offline · "


@dataclass(frozen=True)
class Belongings:
    """Of one viewer, on this computer; each rental with its start."""

    positions: tuple[Any, ...]
    drafts: tuple[Any, ...]
    downloads: tuple[tuple[str, Download], ...]
    rentals: tuple[tuple[str, int | None], ...]
    theme: str


def belongings(screen: Screened) -> Belongings:
    with screen.database.read() as connection:
        positions = connection.execute("SELECT film_id, position_ms FROM positions").fetchall()
        drafts = connection.execute("SELECT * FROM drafts").fetchall()
    starts = screen.app._library.starts
    return Belongings(
        tuple(positions),
        tuple(drafts),
        DownloadStore(screen.database).everybody(),
        tuple(
            (each.right_id, starts.started_at(each.right_id))
            for each in screen.app.connection.rights().rentals
        ),
        str(screen.app._views.settings.property("theme")),
    )


def arrive(screen: Screened) -> str:
    """Sign in, rent a film, stop in it, begin a comment, choose a theme; the film's id."""
    screen.sign_in()
    screen.click("railSettings")
    screen.click("themeLight")
    film_id = screen.open_film(FILM)
    screen.until(lambda: screen.text("filmAction") != "Sign in", "what the film costs")
    if screen.text("filmAction").startswith("Rent"):
        screen.click("filmAction")
        screen.until(screen.opened, "the page to pay at")
        assert "paid" in pay(screen.opened()[-1]).text.lower()
    screen.until(lambda: screen.text("filmAction").startswith(("Play", "Resume")), "Play", 20.0)
    screen.left_at(film_id, PLACE_MS)
    screen.write_comment(THOUGHT)
    drafts = CommentStore(screen.database)
    screen.until(lambda: drafts.draft(film_id) == THOUGHT, "the comment to be kept")
    return film_id


def take_offline(screen: Screened) -> None:
    """Press Download on the film's page, and wait until all of it is here."""
    screen.click("startDownload")
    screen.until(lambda: said(screen).startswith(READY), "the film to be here", 30.0)


def said(screen: Screened) -> str:
    """What the film's page says of the download."""
    return screen.text("downloadSaid") if screen.shows("downloadSaid") else ""


def press_play(screen: Screened) -> None:
    """On the film's page; with whatever is asked first."""
    screen.click("filmAction")
    screen.until(lambda: screen.shows("question") or not screen.shows("filmPage"), "the player")
    if screen.shows("question"):
        screen.click("questionYes")


def play(screen: Screened) -> None:
    """Press Play, see moving pictures, and leave."""
    press_play(screen)
    screen.plays()


def press(screen: Screened, holder: str, label: str) -> None:
    """Press what is called so inside of `holder`."""
    screen.until(lambda: label in labels(screen, holder), f"“{label}” in “{holder}”")
    found = next(
        each
        for each in visible_below(screen.item(holder))
        if each.property("text") == label and each.objectName()
    )
    screen.rests(holder)
    screen.click_at(found.mapToScene(QPointF(found.width() / 2, found.height() / 2)))


def labels(screen: Screened, holder: str) -> list[str]:
    return [str(each.property("text")) for each in visible_below(screen.item(holder))]


def held_files(profile: Paths) -> dict[str, bytes]:
    """The files of stored video, by name."""
    return {
        each.name: each.read_bytes()
        for each in profile.segments.glob("*/*")
        if each.is_file() and not each.name.endswith(".part")
    }
