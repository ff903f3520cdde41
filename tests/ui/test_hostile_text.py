"""Text from elsewhere is shown as written, and QML asks nobody for anything."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkReply, QNetworkRequest

from player_app.core.catalogue import Chapter, Person
from player_app.ui.application import Window
from player_app.ui.navigation import Place
from tests.ui import samples
from tests.ui.accessible import heard_in
from tests.ui.stage import Answers, Stage

FIELDS = (
    *("title", "tagline", "summary", "synopsis-1", "synopsis-2", "advisory", "person", "role"),
    *("chapter", "comment", "name", "country", "subject"),
)


@contextmanager
def listener() -> Iterator[tuple[str, list[str]]]:
    """An HTTP server on loopback and the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def hostile(address: str) -> Answers:
    def bad(field: str) -> str:
        return f'<img src="{address}/{field}.png"><a href="{address}/{field}">{field}</a>'

    film = samples.films()[4]
    worse = replace(
        film,
        title=bad("title"),
        original_title=bad("original"),
        tagline=bad("tagline"),
        summary=bad("summary"),
        synopsis=(bad("synopsis-1"), bad("synopsis-2")),
        advisory=bad("advisory"),
        countries=(bad("country"),),
        subjects=(bad("subject"),),
        people=(Person(bad("person"), bad("role")),),
        chapters=(Chapter(0, bad("chapter")),),
    )
    comment = replace(samples.COMMENTS[0], text=bad("comment"), display_name=bad("name"))
    return Answers(films=(worse,), comments=(comment,))


@pytest.mark.promise(25)
def test_markup_in_every_field_is_shown_as_written_and_nothing_is_asked_for(
    open_window: Callable[[Stage], Window], qapp: QGuiApplication
) -> None:
    with listener() as (address, asked):
        stage = Stage(hostile(address))
        window = open_window(stage)
        stage.home.load()
        stage.navigation.go(Place("search"))
        stage.search.find("img")
        qapp.processEvents()
        stage.navigation.go(Place("film", "film-02"))
        qapp.processEvents()
        names = " ".join(each.name for each in heard_in(window.root))

        for field in FIELDS:
            assert f'<img src="{address}/{field}.png">' in names, field
        assert asked == []


@pytest.mark.promise(25)
def test_qml_cannot_fetch_even_when_asked_to(
    open_window: Callable[[Stage], Window], qapp: QGuiApplication
) -> None:
    with listener() as (address, asked):
        window = open_window(Stage())
        manager = window.engine.networkAccessManager()
        reply = manager.get(QNetworkRequest(QUrl(f"{address}/secret")))
        while not reply.isFinished():
            qapp.processEvents()

        assert reply.error() != QNetworkReply.NetworkError.NoError
        assert asked == []
