"""A player without a window for the tests: real engine, gateway and watch; pictures are read."""

from __future__ import annotations

import faulthandler
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtMultimedia import QVideoFrame

import player_app
from player_app.core.catalogue import Film, Permission, Rights
from player_app.core.errors import VeriteError
from player_app.core.licence import Permit
from player_app.core.playback import Phase, PlaybackState
from player_app.core.stream import Taste
from player_app.desktop.running_clock import running_s
from player_app.features.entrance import Wishes
from player_app.features.going_on import GoesOn
from player_app.features.playback import Playback
from player_app.features.watch import Watch
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.store import MemoryStore
from player_app.media.gateway.upstream import Store
from player_app.media.vlc_engine import VlcEngine
from player_app.service.transport import Transport
from player_app.ui.video_surface import VideoSurface
from tests.media.packaging import FRAME_RATE
from tests.media.permits import permit

CELLS = 24


def a_film(length_ms: int = 12_000) -> Film:
    return Film(
        id="film-1",
        slug="test",
        title="Test",
        original_title=None,
        year=2026,
        length_ms=length_ms,
        countries=(),
        languages=("en",),
        directors=(),
        people=(),
        subjects=(),
        advisory=None,
        tagline="",
        summary="",
        synopsis=(),
        poster=None,
        backdrop=None,
        stills=(),
        trailer=None,
        audio=(),
        captions=(),
        chapters=(),
        rights=Rights(Permission.YES, Permission.ASK, Permission.NO, None),
        offers=(),
        available_from=datetime(2026, 1, 1, tzinfo=UTC),
        available_until=None,
        streams=True,
        featured=False,
        related=(),
    )


def frame_number(frame: QVideoFrame) -> int | None:
    """The edge code at the foot of the picture, None where there is none or it is wrong."""
    width, y = frame.width(), frame.height() - frame.height() // 60 - 1
    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return None
    row = y * frame.bytesPerLine(0)
    luma = frame.bits(0)
    cells = [luma[row + int((cell + 0.5) * width / CELLS)] > 127 for cell in range(CELLS)]
    frame.unmap()
    return code_of(cells)


def code_of(cells: list[bool]) -> int | None:
    number = sum(1 << (17 - cell) for cell in range(2, 18) if cells[cell])
    check = sum(1 << (21 - cell) for cell in range(18, 22) if cells[cell])
    digits = sum(number >> shift & 15 for shift in (0, 4, 8, 12))
    good = (cells[0], cells[1], cells[22], cells[23]) == (True, False, False, True)
    return number if good and digits % 16 == check else None


class Place(Protocol):
    """Where a film's media lie."""

    @property
    def origins(self) -> tuple[str, ...]: ...

    @property
    def address(self) -> str: ...


@dataclass
class Places:
    position_ms: int = 0
    finished: bool = False
    kept: int = 0
    rests: bool = False
    watch_sessions: set[str] = field(default_factory=set)

    def of(self, _film_id: str) -> Places | None:
        return self if self.kept else None

    def keep(
        self,
        _film_id: str,
        position_ms: int,
        *,
        finished: bool = False,
        watch_session: str = "",
        rests: bool = False,
    ) -> None:
        self.position_ms, self.finished = position_ms, finished
        self.watch_sessions.add(watch_session)
        self.rests = rests
        self.kept += 1


def _threads() -> str:
    """Where every thread is."""
    with tempfile.TemporaryFile("w+") as file:
        faulthandler.dump_traceback(file)
        file.seek(0)
        return file.read()


class ReadSurface(VideoSurface):
    """Reads the first picture on libVLC's thread, before another can take its place."""

    first: int | None = None

    def display(self) -> None:
        super().display()
        if self.first is None and self.newest().isValid():
            self.first = frame_number(self.newest())


class Unlimited:
    """A right that does not end."""

    def look(self, _phase: Phase) -> None:
        pass

    def end(self) -> None:
        pass


class TestPlayer:
    __test__ = False

    def __init__(
        self,
        package: dict[str, Any],
        host: Place,
        *,
        ahead_ms: int = 90_000,
        options: tuple[str, ...] = ("--aout=dummy",),
        upstream: Transport | None = None,
        store: Store | None = None,
        may_go_out: Callable[[Permit], None] = lambda _permit: None,
        goes_on: Callable[[Permit], GoesOn] = lambda _permit: Unlimited(),
    ) -> None:
        self.surface = ReadSurface(running_s)
        self.engine = VlcEngine(self.surface, options)
        self._transport = upstream or Transport({}, "", player_app.__version__)
        self.gateway = Gateway(self._transport, store or MemoryStore(64 << 20), ahead_ms=ahead_ms)
        self.places = Places()
        self.permits_asked = 0
        self.unplayed: list[Permit] = []
        self.revoked: VeriteError | None = None
        self.shown: list[tuple[float, int | None]] = []
        self.surface.shown.connect(self._look)
        self.states: list[PlaybackState] = []
        self._package, self._host = package, host
        self.playback: Playback | None = None
        self.watch = Watch(
            engine=self.engine,
            gateway=self.gateway,
            permits=self,
            positions=self.places,
            film=lambda _film_id: a_film(package["length_ms"]),
            media_origins=lambda: host.origins,
            may_go_out=may_go_out,
            goes_on=goes_on,
            unplayed=self.unplayed.append,
            pictures=self.surface,
        )

    def fresh(self, film_id: str) -> Permit:
        return self.permit(film_id)

    def permit(self, _film_id: str) -> Permit:
        self.permits_asked += 1
        if self.revoked is not None:
            raise self.revoked
        return permit(self._package, self._host.address)

    def open(self, from_ms: int | None = 0, quality: str = "v360") -> Playback:
        wishes = Wishes(volume=100)
        self.playback = self.watch.open(
            "film-1", from_ms, Taste(quality), self.states.append, wishes
        )
        return self.playback

    @property
    def state(self) -> PlaybackState:
        assert self.playback is not None
        return self.playback.state

    @property
    def position_ms(self) -> int:
        return self.state.position_ms(time.monotonic())

    @property
    def frame(self) -> int | None:
        return self.shown[-1][1] if self.shown else None

    @property
    def frame_ms(self) -> float:
        return -1e9 if self.frame is None else self.frame * 1000 / FRAME_RATE

    def run(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QCoreApplication.processEvents()
            time.sleep(0.005)

    def wait(self, condition: Callable[[], bool], seconds: float = 10) -> None:
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until:
                state = self.playback and self.playback.state
                raise AssertionError(f"never happened: {state}, frame {self.frame}\n{_threads()}")
            self.run(0.01)

    def wait_for(self, phase: Phase, seconds: float = 10) -> None:
        self.wait(lambda: self.state.phase is phase, seconds)

    def close(self) -> None:
        assert self.watch.shut_down(2)
        assert self.engine.close(2)
        assert self.gateway.close(2)
        self._transport.close()

    def _look(self) -> None:
        self.shown.append((time.monotonic(), frame_number(self.surface.newest())))


MakePlayer = Callable[..., TestPlayer]
