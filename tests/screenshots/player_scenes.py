"""The player in every state: its picture is a still of a film, on the real video surface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, Qt

from player_app.core.errors import ServiceFailing, Unreachable, VeriteError
from player_app.core.playback import Phase, PlaybackState
from player_app.core.playback_events import Supply
from player_app.core.refusals import DeviceLimit
from player_app.core.stream_errors import RentalOver
from player_app.features.settings import CaptionStyle
from player_app.ui.navigation import Place
from tests.journeys.screen import Screen
from tests.screenshots.scene import Gesture, Scene, Theme
from tests.ui.projection import NOT_RUNNING_YET, projected, unstreamed
from tests.ui.stage import Answers, Never, Stage

LEADER, LEADER_MS = "four-hundred-and-fifty-complaints", 68_000
BRIGHT, BRIGHT_MS = "eight-hundred-thousand-winters", 58_000
LONG, LONG_MS = "the-wire", 5_830_000
HERE_MS = 16_500
DARK: tuple[Theme, ...] = ("dark",)
OFFLINE = Unreachable("films.example.org", "offline")
LONG_CAPTION = (
    "[a dog barks far away]\n"
    "Five thousand six hundred and fourteen kilometres, and not one gate in it "
    "that anybody remembers having opened."
)


def standing(
    at_ms: int = HERE_MS, phase: Phase = Phase.PLAYING, *, length_ms: int = LEADER_MS, **more: Any
) -> PlaybackState:
    """A film that has reached this position, half a minute of it read ahead."""
    buffered = ((0, min(length_ms, at_ms + 30_000)),)
    supply = more.pop("supply", Supply(buffered))
    return PlaybackState(
        length_ms,
        phase,
        anchor_ms=at_ms,
        anchor_at=NOT_RUNNING_YET if phase is Phase.PLAYING else 0.0,
        landing=None,
        picture_at=1.0,
        supply=supply,
        **more,
    )


def leader(state: PlaybackState, still: str | None = "still-2", **more: Any) -> Any:
    return lambda: Answers(projection=projected(LEADER, state, still, **more))


def wire(at_ms: int, caption: str = "") -> Callable[[], Answers]:
    state = standing(at_ms, length_ms=LONG_MS)
    return lambda: Answers(projection=unstreamed(LONG, state, caption=caption))


def failed(cause: VeriteError) -> Callable[[], Answers]:
    return lambda: Answers(
        projection=projected(LEADER, standing(phase=Phase.FAILED, cause=cause), "still-2")
    )


def cut_off(phase: Phase) -> PlaybackState:
    return standing(phase=phase, supply=Supply(((0, HERE_MS),), 0.0, OFFLINE, None))


def watching(film_id: str) -> Callable[[Stage], None]:
    def way(stage: Stage) -> None:
        stage.home.begin()
        stage.shell.start()
        stage.navigation.go(Place("film", film_id))
        stage.navigation.go(Place("player", film_id))

    return way


def pressing(button: str) -> Gesture:
    def gesture(screen: Screen) -> None:
        screen.click(button)
        screen.move_to(QPointF(200, 200))

    return gesture


def hovering(part: float) -> Gesture:
    def gesture(screen: Screen) -> None:
        timeline = screen.item("timeline")
        along = QPointF(timeline.width() * part, timeline.height() / 2)
        screen.move_to(timeline.mapToScene(along))

    return gesture


def resting(screen: Screen) -> None:
    screen.until(lambda: not screen.shows("timeline"), "the controls to hide")


def hinting(screen: Screen) -> None:
    button = screen.item("back10Button")
    screen.move_to(button.mapToScene(QPointF(button.width() / 2, button.height() / 2)))
    screen.until(lambda: screen.says("Back 10 seconds  ("), "the hint to be seen")


def tabbing(screen: Screen) -> None:
    for _ in range(3):
        screen.press(Qt.Key.Key_Tab)


def scene(name: str, answers: Callable[[], Answers], **more: Any) -> Scene:
    film_id = more.pop("film_id", "film-02")
    return Scene(f"player-{name}", watching(film_id), answers, themes=DARK, **more)


QUIET = {"captions_on": False}
HUGE = {"captions": CaptionStyle(scale=2.0)}
PLAYING = leader(standing())
TWO_LINES = leader(standing(2_500))

PLAYER_SCENES = (
    Scene("player", watching("film-02"), PLAYING, main=True),
    scene("unknown", Answers, executor=Never),
    scene("opening", leader(PlaybackState(LEADER_MS), None)),
    scene(
        "opening-cut-off",
        leader(PlaybackState(LEADER_MS, supply=cut_off(Phase.OPENING).supply), None),
        variant=True,
    ),
    scene("rest", PLAYING, gesture=resting, likes=QUIET, variant=True),
    scene("preview", PLAYING, gesture=hovering(0.62), main=True),
    scene("preview-start", PLAYING, gesture=hovering(0.0), variant=True),
    scene("preview-end", PLAYING, gesture=hovering(0.995), variant=True),
    scene("captions", TWO_LINES, gesture=resting, variant=True),
    scene("captions-large", TWO_LINES, gesture=resting, likes=HUGE, main=True),
    scene("captions-large-controls", TWO_LINES, likes=HUGE, variant=True),
    scene(
        "captions-bare",
        leader(standing(2_500), "still-1"),
        likes={"captions": CaptionStyle(1.0, 0.0)},
        variant=True,
    ),
    scene(
        "bright",
        lambda: Answers(
            projection=projected(BRIGHT, standing(length_ms=BRIGHT_MS), "backdrop-1920")
        ),
        film_id="film-05",
        main=True,
    ),
    scene("paused", leader(standing(phase=Phase.PAUSED)), likes=QUIET),
    scene("stalled", leader(standing(phase=Phase.STALLED))),
    scene("reconnecting", leader(cut_off(Phase.STALLED)), main=True),
    scene(
        "refused",
        leader(
            standing(refused=ServiceFailing("films.example.org", 502), refused_at=NOT_RUNNING_YET)
        ),
        variant=True,
    ),
    scene("failed", failed(ServiceFailing("films.example.org", 502)), main=True),
    scene("failed-over", failed(RentalOver("finished")), variant=True),
    scene("failed-devices", failed(DeviceLimit(409, "device-limit")), variant=True),
    scene("failed-at-once", Answers),
    scene("ended", leader(standing(LEADER_MS, Phase.ENDED), "still-4")),
    scene("keys", PLAYING, gesture=pressing("keysButton"), main=True),
    scene("speed", PLAYING, gesture=pressing("speedButton"), main=True),
    scene("sound", PLAYING, gesture=pressing("audioButton")),
    scene("captions-menu", PLAYING, gesture=pressing("captionsButton")),
    scene("quality", PLAYING, gesture=pressing("qualityButton")),
    scene("description", leader(standing(), described=True)),
    scene("fast-and-mute", PLAYING, likes={"rate": 1.5, "muted": True}, variant=True),
    scene("hint", PLAYING, gesture=hinting, variant=True),
    scene("focus", PLAYING, gesture=tabbing),
    scene("long", wire(3_725_000), film_id="film-22", variant=True),
    scene("long-preview", wire(3_725_000), film_id="film-22", gesture=hovering(0.8), variant=True),
    scene("long-caption", wire(30_000, LONG_CAPTION), film_id="film-22", main=True),
    scene("one-sound", wire(30_000), film_id="film-22", gesture=pressing("audioButton")),
    scene("no-captions", wire(30_000), film_id="film-22", gesture=pressing("captionsButton")),
)
