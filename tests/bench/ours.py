"""The real player in a process of its own: prints one figure for the bench."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from player_app.environment import protect

if TYPE_CHECKING:
    from player_app.app import App

GIVE_UP_S = 120.0
PAGE_OPEN_S = 3.0
PLACES = (0.5, 0.8, 0.3, 0.9, 0.65)
"""Parts of the film that are sought in this order: none of them is read ahead of then."""

EMAIL, PASSWORD = "viewer@example.org", "a quiet cinema"


def until(condition: Callable[[], object], what: str) -> None:
    from PySide6.QtCore import QCoreApplication, QEventLoop  # noqa: PLC0415 - after protect

    deadline = time.monotonic() + GIVE_UP_S
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        time.sleep(0.001)


def first_picture_s(app: App, film: str, *, warm: bool) -> float:
    """From *Play* to the first picture given to the screen."""
    from player_app.ui.navigation import Place  # noqa: PLC0415 - after protect

    if warm:
        app.navigation.go(Place("film", film))
        opened = time.monotonic()
        until(lambda: time.monotonic() > opened + PAGE_OPEN_S, "the page's three seconds")
    shown: list[float] = []
    app.surface.shown.connect(lambda: shown.append(time.monotonic()))
    begun = time.monotonic()
    app.navigation.go(Place("player", film))
    until(lambda: shown, "the first picture")
    return shown[0] - begun


def cpu_s(app: App, film: str, seconds: float) -> float:
    """CPU seconds of this process over so many seconds of film."""
    first_picture_s(app, film, warm=False)
    from_ms = app.player.property("positionMs")
    until(lambda: app.player.property("positionMs") > from_ms + 1000, "a running film")
    before, begun = os.times(), time.monotonic()
    until(lambda: time.monotonic() > begun + seconds, "the time to measure")
    after, took_s = os.times(), time.monotonic() - begun
    return (after.user + after.system - before.user - before.system) * seconds / took_s


def seek_s(app: App, film: str, places: Sequence[float]) -> float:
    """From a seek to the first picture of there, the median over some parts of the film."""
    first_picture_s(app, film, warm=False)
    until(lambda: app.player.property("positionMs") > 1000, "a running film")
    length_ms = app.player.property("lengthMs")
    return statistics.median(_one_seek_s(app, round(part * length_ms)) for part in places)


def _one_seek_s(app: App, to_ms: int) -> float:
    begun = time.monotonic()
    app.player.seek(to_ms)

    def there() -> bool:
        state = app.player._showing.state
        assert state is not None
        shown_at = min(state.anchor_at, app.surface.newest_at)
        return bool(state.landing is None and shown_at > begun and state.anchor_ms >= to_ms - 50)

    until(there, f"the picture at {to_ms / 1000:.0f} s")
    return time.monotonic() - begun


def take_s(app: App, film: str) -> float:
    """From the viewer's wish until all of the film is checked and on disk."""
    from player_app.core.download import DownloadState  # noqa: PLC0415 - after protect

    downloads = app._offline.downloads
    best = downloads.choices(film)[-1]
    begun = time.monotonic()
    downloads.start(film, best.quality)

    def is_here() -> bool:
        download = downloads.of(film)
        assert download is not None
        if download.state in (DownloadState.FAILED, DownloadState.WAITING):
            raise RuntimeError(f"the download is {download.state}: {download.reason}")
        return download.state is DownloadState.COMPLETE

    until(is_here, "the film to be here")
    return time.monotonic() - begun


def home_painted(app: App) -> None:
    """Wait until the films of home are on the screen."""
    painted: list[bool] = []
    app.window.root.frameSwapped.connect(
        lambda: painted.append(True) if app.home.property("phase") == "ready" else None
    )
    app.window.root.update()
    until(lambda: painted, "home to be painted")


def main() -> None:
    what, profile, *rest = sys.argv[1:]
    environment = protect()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

    from player_app.app import App, Wanted  # noqa: PLC0415 - after protect
    from player_app.storage.paths import open_paths  # noqa: PLC0415 - after protect
    from player_app.storage.secrets import Secrets  # noqa: PLC0415 - after protect
    from player_app.ui.application import make_application  # noqa: PLC0415 - after protect
    from tests.bench.reading import read_through  # noqa: PLC0415 - after protect
    from tests.fakes.keyring import FileKeyring  # noqa: PLC0415 - after protect

    alone: dict[str, Callable[[App, str], float]] = {
        "first-picture-offline": lambda app, film: first_picture_s(app, film, warm=False),
        "seek-offline": lambda app, film: seek_s(app, film, PLACES),
        "gateway": lambda app, film: read_through(app, film)[0],
        "gateway-share": lambda app, film: read_through(app, film)[1],
    }
    make_application(sys.argv[:1])
    folder = Path(profile) if profile != "new" else Path(tempfile.mkdtemp(prefix="verite-bench-"))
    # a computer without a store of secrets takes no film offline; nothing here measures the store
    secrets = Secrets(FileKeyring(folder / "keyring"))
    app = App(open_paths(folder), environment, secrets, engine_options=("--aout=dummy",))
    if what == "start":
        app.start(Wanted())
        home_painted(app)
        figure = time.monotonic() - float(rest[0])
    elif what in alone:
        app.start(Wanted())
        until(lambda: app.home.property("phase") == "ready", "home")
        until(lambda: app._playback.engine.version, "the engine, which is loaded at leisure")
        figure = alone[what](app, rest[0])
    else:
        app.start(Wanted(service=rest[0], trusted=True))
        until(lambda: app.home.property("phase") == "ready", "home")
        app.desk.sign_in(EMAIL, PASSWORD, None)
        app.browse.refresh()
        app.viewer.is_now(app.connection.account)
        until(lambda: app.connection.kept.get("licence_keys", bytes), "the keys of the service")
        match what:
            case "prepare":
                figure = 0.0
            case "cold" | "warm":
                figure = first_picture_s(app, rest[1], warm=what == "warm")
            case "cpu":
                figure = cpu_s(app, rest[1], float(rest[2]))
            case "seek":
                figure = seek_s(app, rest[1], PLACES)
            case "take":
                figure = take_s(app, rest[1])
            case other:
                raise SystemExit(f"unknown: {other}")
    sys.stdout.write(f"{figure:.4f}")
    sys.stdout.flush()
    app.stop()
    os._exit(0)


if __name__ == "__main__":
    main()
