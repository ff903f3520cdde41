"""The library and everything of offline that is seen, in every state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QUrl

from player_app.core.download import DownloadState
from player_app.core.download_reasons import METERED, Reason
from player_app.core.errors import Unreachable
from player_app.core.reach import Reach
from player_app.core.rental import Expired, NotStarted, SecondClock
from player_app.core.rights import Right
from player_app.core.storage_errors import FolderUnusable, KeyringMissing, OfflineNeedsKeyring
from player_app.core.travel import Parts
from player_app.core.withdrawn import withdrawn
from player_app.features.holdings import Holding
from player_app.ui.navigation import Place
from player_app.ui.viewmodels.download_face import LOOKING
from tests.journeys.screen import Screen
from tests.screenshots.scene import Scene, Way
from tests.ui import offline_samples, samples
from tests.ui.offline_answers import Offline
from tests.ui.offline_samples import DAY, HOUR, MB, away_holding, every_state, full_holding, taken
from tests.ui.stage import NOW, Answers, Never, Stage
from tests.ui.standstill import InlineWait

OUT_OF_REACH = Unreachable("films.example.org", "offline")
FILM = "film-02"
NEEDS_KEYRING = OfflineNeedsKeyring(KeyringMissing("none here"))


def begin(stage: Stage) -> None:
    stage.home.begin()
    stage.shell.start()
    stage.viewer.is_now(samples.ACCOUNT)


def in_library(*then: Way) -> Way:
    def way(stage: Stage) -> None:
        begin(stage)
        stage.navigation.go(Place("library"))
        for each in then:
            each(stage)

    return way


def at_film(*then: Way) -> Way:
    def way(stage: Stage) -> None:
        begin(stage)
        stage.navigation.go(Place("film", FILM))
        for each in then:
            each(stage)

    return way


def with_offline(**offline: Any) -> Callable[[], Answers]:
    return lambda: Answers(right=samples.started(NOW), offline=Offline(**offline))


def held(state: DownloadState, part: float = 0.0, **more: Any) -> Callable[[], Answers]:
    """The film of the film page, taken offline so far."""

    def answers() -> Answers:
        film = next(each for each in samples.films() if each.id == FILM)
        return with_offline(holding=Holding(taken=(taken(film, state, part, **more),)))()

    return answers


def folder_gone() -> Answers:
    return Answers(offline=Offline(holding=away_holding()))


def time_is_over() -> Answers:
    """The rental has ended, on its page as for what is kept of it."""
    answers = held(DownloadState.COMPLETE, licence=Expired("finished", NOW - HOUR))()
    return replace(answers, right=samples.NO_RIGHT)


def full(**offline: Any) -> Callable[[], Answers]:
    return lambda: Answers(offline=Offline(holding=full_holding(), **offline))


def states(first: int, last: int) -> Callable[[], Answers]:
    def answers() -> Answers:
        holding = every_state()
        return Answers(offline=Offline(holding=replace(holding, taken=holding.taken[first:last])))

    return answers


def without_internet() -> Answers:
    """Home as it is on a train: a row of what plays."""
    ready = tuple(taken(each, DownloadState.COMPLETE) for each in offline_samples.streamed()[1:4])
    return Answers(
        right=samples.started(NOW),
        refresh_error=OUT_OF_REACH,
        offline=Offline(
            holding=Holding(taken=ready, held_bytes=1_240 * MB, free_bytes=38_400 * MB),
            reach=offline_samples.LOST,
        ),
    )


def offline_by_choice() -> Answers:
    reach = Reach(by_choice=True)
    return Answers(right=samples.started(NOW), offline=Offline(holding=full_holding(), reach=reach))


def only_rentals() -> Answers:
    holding = full_holding()
    rentals = tuple(replace(each, taken=None) for each in holding.rentals[1:3])
    return Answers(offline=Offline(holding=Holding(rentals=rentals, free_bytes=38_400 * MB)))


def subscriber() -> Answers:
    holding = replace(full_holding(), rentals=())
    return Answers(offline=Offline(holding=offline_samples.subscribed(holding)))


def both() -> Answers:
    """Rentals, while a subscription runs."""
    holding = offline_samples.subscribed(full_holding())
    rentals = tuple(replace(each, subscribed=True) for each in holding.rentals)
    return Answers(offline=Offline(holding=replace(holding, rentals=rentals)))


def shown_no_more(right: Right) -> Callable[[], Answers]:
    """The service lists the film no longer."""

    def answers() -> Answers:
        films = tuple(withdrawn(each) if each.id == FILM else each for each in samples.films())
        return Answers(films=films, right=right, listed=False)

    return answers


def check(stage: Stage) -> None:
    stage.travel_check.check()


def never(view_model: Any) -> None:
    """Its long work does not end."""
    view_model._wait = InlineWait()


def testing(stage: Stage) -> None:
    """Half way through the second film."""
    never(stage.travel_check)
    stage.travel_check.check()
    stage.travel_check._testing(stage.travel_check._turn, "Starling Arithmetic", 120, 204)


def half_checked(stage: Stage) -> None:
    never(stage.library._verifying)
    film_id = stage.library.downloads.rows[0].id
    stage.library.check(film_id)
    stage.library._verifying._checking(film_id, 120, 204)


def verified(stage: Stage) -> None:
    stage.library.check(stage.library.downloads.rows[0].id)


def exported(stage: Stage) -> None:
    stage.library.exportEnd(stage.library.rentals.rows[0].id)


def wrong_time(stage: Stage) -> None:
    stage.travel_check.typeTime("noonish")


def asked_to_remove(stage: Stage) -> None:
    stage.library.remove(stage.library.downloads.rows[0].id)


def asked_to_give_back(stage: Stage) -> None:
    stage.library.giveBack(stage.library.downloads.rows[0].id)


def looking(stage: Stage) -> None:
    stage.download._show(LOOKING)


def asked_to_start(stage: Stage) -> None:
    stage.film.act()


def at_kept(*then: Way) -> Way:
    def way(stage: Stage) -> None:
        begin(stage)
        stage.navigation.go(Place("kept"))
        for each in then:
            each(stage)

    return way


def moving(stage: Stage) -> None:
    begin(stage)
    stage.navigation.go(Place("settings"))
    never(stage.downloads)
    stage.downloads.moveTo(QUrl.fromLocalFile("/media/rosa/disk/films"))
    stage.downloads._show_move(178 * MB, 590 * MB)


def hovering_trash(screen: Screen) -> None:
    button = screen.item("removeDownload")
    middle = button.mapRectToScene(button.boundingRect()).center()
    screen.move_to(middle)


WAITS = (
    ("no-network", offline_samples.NO_NETWORK),
    ("metered", Reason(METERED)),
    ("no-room", offline_samples.NO_ROOM),
)
S = DownloadState

OFFLINE_SCENES = (
    Scene("library", in_library(), full(), main=True),
    Scene("library-down", in_library(), full(), scroll=600, variant=True),
    Scene("library-states", in_library(), states(0, 6), main=True, scroll=200),
    Scene("library-more-states", in_library(), states(6, 12), scroll=200, variant=True),
    Scene("library-empty", in_library()),
    Scene("library-signed-out", lambda s: s.navigation.go(Place("library")), variant=True),
    Scene("library-loading", lambda s: s.navigation.go(Place("library")), executor=Never),
    Scene(
        "library-failed",
        in_library(),
        with_offline(read_error=FolderUnusable("/mnt/films", "read-only")),
        variant=True,
    ),
    Scene("library-folder-gone", in_library(), folder_gone),
    Scene("library-rentals-only", in_library(), only_rentals),
    Scene("library-subscribed", in_library(), subscriber, variant=True),
    Scene("library-subscribed-rentals", in_library(), both, variant=True),
    Scene("film-no-longer-shown", at_film(), shown_no_more(samples.NO_RIGHT)),
    Scene("film-no-longer-shown-rented", at_film(), shown_no_more(samples.started(NOW))),
    Scene("library-offline", in_library(), without_internet, variant=True),
    Scene("library-by-choice", in_library(), full(reach=Reach(by_choice=True)), variant=True),
    Scene("library-calendar", in_library(exported), full(), variant=True),
    Scene("library-verifying", in_library(half_checked), full(), scroll=200),
    Scene(
        "library-broken",
        in_library(verified),
        full(parts=Parts(sound=201, missing=2, damaged=1, fetch_bytes=2_100_000)),
    ),
    Scene("library-sound", in_library(verified), full(), variant=True),
    Scene("travel-testing", in_library(testing), full()),
    Scene("travel-wrong", in_library(wrong_time), full()),
    Scene(
        "travel-verdicts",
        in_library(check),
        full(findings=offline_samples.findings(6)),
        main=True,
    ),
    Scene(
        "travel-yes",
        in_library(check),
        full(findings=offline_samples.findings(1)),
        variant=True,
    ),
    Scene("question-remove", in_library(asked_to_remove), full(), main=True),
    Scene("question-give-back", in_library(asked_to_give_back), full(), variant=True),
    Scene(
        "question-start",
        at_film(asked_to_start),
        lambda: Answers(right=samples.rented(NOW)),
        main=True,
    ),
    Scene("download-offered", at_film(), with_offline(), main=True),
    Scene("download-looking", at_film(looking), with_offline(), variant=True),
    Scene(
        "download-no-room",
        at_film(),
        with_offline(choices=offline_samples.choices(300 * MB)),
    ),
    Scene("download-no-keyring", at_film(), with_offline(why_not=NEEDS_KEYRING), variant=True),
    Scene(
        "download-out-of-reach", at_film(), with_offline(choices_error=OUT_OF_REACH), variant=True
    ),
    Scene(
        "download-begins",
        at_film(),
        lambda: Answers(
            right=offline_samples.rental(
                FILM, NotStarted(NOW + 28 * DAY), second_clock=SecondClock.DOWNLOAD
            )
        ),
        variant=True,
    ),
    Scene("download-queued", at_film(), held(S.QUEUED, before=2), variant=True),
    Scene("download-running", at_film(), held(S.RUNNING, 0.43, rate_mb=3.2), main=True),
    Scene("download-paused", at_film(), held(S.PAUSED, 0.61), variant=True),
    *(
        Scene(f"download-waiting-{name}", at_film(), held(S.WAITING, 0.2, why=why), variant=True)
        for name, why in WAITS
    ),
    Scene(
        "download-failed", at_film(), held(S.FAILED, 0.9, why=offline_samples.DAMAGED), variant=True
    ),
    Scene("download-complete", at_film(), held(S.COMPLETE)),
    Scene(
        "download-renew",
        at_film(),
        held(S.COMPLETE, licence=Expired("renewal-needed", NOW - HOUR)),
        variant=True,
    ),
    Scene("download-over", at_film(), time_is_over, variant=True),
    Scene("download-removing", at_film(), held(S.REMOVING), variant=True),
    Scene("home-without-internet", begin, without_internet, main=True),
    Scene("home-by-choice", begin, offline_by_choice, variant=True),
    Scene("kept-here", at_kept(), main=True),
    Scene("kept-here-end", at_kept(), scroll=10_000, variant=True),
    Scene("kept-here-asked", at_kept(lambda stage: stage.kept.removeAll()), variant=True),
    Scene("settings-downloads", moving, full(), scroll=620, main=True),
    Scene("settings-end", moving, full(), scroll=10_000, variant=True),
)
