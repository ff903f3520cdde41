"""The whole window over features that answer from frozen samples, for tests and pictures of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from player_app.core import account, checkout, comments, discovery
from player_app.core.catalogue import Film
from player_app.core.errors import Unreachable
from player_app.ui.application import Screens, Window
from player_app.ui.captcha_pictures import CaptchaPictures
from player_app.ui.navigation import Navigation
from player_app.ui.picture_provider import PictureProvider
from player_app.ui.previews import Previews
from player_app.ui.tasks import LongWait, Tasks
from player_app.ui.video_surface import VideoSurface
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.account import AccountViewModel
from player_app.ui.viewmodels.captcha import CaptchaViewModel
from player_app.ui.viewmodels.checkout import CheckoutViewModel
from player_app.ui.viewmodels.comments import CommentsViewModel
from player_app.ui.viewmodels.film import FilmViewModel
from player_app.ui.viewmodels.home import HomeViewModel
from player_app.ui.viewmodels.player import PlayerViewModel
from player_app.ui.viewmodels.registration import RegistrationViewModel
from player_app.ui.viewmodels.search import SearchViewModel
from player_app.ui.viewmodels.service import ServiceViewModel
from player_app.ui.viewmodels.settings import SettingsViewModel
from player_app.ui.viewmodels.shell import ShellViewModel
from player_app.ui.viewmodels.sign_in import SignInViewModel
from tests.ui import samples

NOW = int(datetime(2026, 11, 20, 14, 5, tzinfo=UTC).timestamp())


class StoppedClock:
    def now(self) -> int:
        return NOW

    def monotonic(self) -> float:
        return 0.0


class Inline(Executor):
    """Runs work at once, so that a view model's answer is there when its slot returns."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Never(Executor):
    """Takes work and does not do it: a screen that is still loading."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        del fn, args, kwargs
        return Future()


class InlineWait(LongWait):
    """Keeps the wait, for the test to end it."""

    def __init__(self) -> None:
        super().__init__("wait", lambda call: call())
        self.works: list[tuple[Any, Any]] = []

    def run(self, work: Any, then: Any) -> None:
        self.works.append((work, then))


@dataclass
class Answers:
    """What the features of the stage answer; an exception is raised instead."""

    films: tuple[Film, ...] = field(default_factory=samples.films)
    right: Any = samples.NO_RIGHT
    position_ms: int | None = None
    comments: Any = ()
    projection: Callable[[VideoSurface], Any] | None = None
    draft: str = ""
    home_error: Exception | None = None
    film_error: Exception | None = None
    refresh_error: Exception | None = None
    comments_error: Exception | None = None
    sign_in_error: Exception | None = None
    register_error: Exception | None = None
    look_up_error: Exception | None = None
    empty: bool = False
    passing: bool = False
    offers_form: bool = True
    begin_error: Exception | None = None
    posted: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)
    registered: list[Mapping[str, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)


def give(answer: Any, error: Exception | None) -> Any:
    if error is not None:
        raise error
    return answer


class Features:
    """Every feature of the seam in one object: each view model sees only what it asks for."""

    def __init__(self, answers: Answers) -> None:
        self.a = answers

    def home(self) -> Any:
        films = () if self.a.empty else self.a.films
        return give(samples.home(films, self.a.right, NOW), self.a.home_error)

    def film(self, film_id: str) -> Any:
        found = next(film for film in self.a.films if film.id == film_id)
        related = tuple(film for film in self.a.films if film.id != film_id)[:8]
        facts = samples.FilmFacts(found, self.a.right, self.a.position_ms, related, None)
        return give(facts, self.a.film_error)

    def refresh(self) -> bool:
        return bool(give(True, self.a.refresh_error))

    def find(self, query: str, _limit: int = 50) -> Any:
        return samples.hits(self.a.films, query)

    def who(self) -> account.Account | None:
        return samples.ACCOUNT if self.a.registered else None

    def open(self, *_arguments: Any) -> Any:
        raise Unreachable("films.example.org", "offline")

    def close(self) -> None:
        return None

    def recover(self) -> None:
        return None

    def film_by_slug(self, slug: str) -> Film | None:
        return next((film for film in self.a.films if film.slug == slug), None)

    def passing(self) -> bool:
        return self.a.passing

    def offers_form(self) -> bool:
        return self.a.offers_form

    def sign_in(self, email: str, password: str, captcha: Any) -> account.Account:
        del email, password, captcha
        return give(samples.ACCOUNT, self.a.sign_in_error)  # type: ignore[no-any-return]

    def sign_in_in_browser(self, stop: threading.Event, opened: Any) -> account.Account:
        del stop
        opened("https://films.example.org/oauth/authorize")
        return samples.ACCOUNT

    def sign_out(self) -> None:
        return None

    def registration_form(self) -> account.RegistrationForm:
        return samples.FORM

    def captcha(self) -> account.Captcha:
        return account.Captcha("cap-1", captcha_picture(), b"RIFF")

    def register(self, values: Mapping[str, str], captcha_id: str) -> account.Account:
        del captcha_id
        self.a.registered.append(values)
        return give(samples.ACCOUNT, self.a.register_error)  # type: ignore[no-any-return]

    def begin(self, film_id: str | None, offer_id: str) -> checkout.PendingCheckout:
        return give(  # type: ignore[no-any-return]
            checkout.PendingCheckout(
                "chk-1", film_id, offer_id, "https://films.example.org/c", NOW, "n", "k"
            ),
            self.a.begin_error,
        )

    def open_again(self, pending: checkout.PendingCheckout) -> None:
        self.a.opened.append(pending.id)

    def cancel(self, pending: checkout.PendingCheckout) -> checkout.Checkout:
        self.a.cancelled.append(pending.id)
        return ended(pending, checkout.CheckoutState.CANCELLED)

    def pending(self) -> tuple[checkout.PendingCheckout, ...]:
        return ()

    def page(self, film_id: str, cursor: str | None = None) -> Any:
        del film_id, cursor
        shown = samples.CommentPage(self.a.comments, (), None, len(self.a.comments))
        return give(shown, self.a.comments_error)

    def post(self, film_id: str, text: str) -> comments.Comment:
        self.a.posted.append(text)
        comment = replace(samples.COMMENTS[0], text=text, film_id=film_id, mine=True)
        self.a.comments = (comment, *self.a.comments)
        return comment

    def remove(self, comment_id: str) -> None:
        del comment_id

    def report(self, comment_id: str, reason: str) -> None:
        del comment_id, reason

    def keep_draft(self, film_id: str, text: str) -> None:
        del film_id
        self.a.drafts.append(text)

    def draft(self, film_id: str) -> str:
        del film_id
        return self.a.draft

    def look_up(self, address: str) -> discovery.Service:
        del address
        return give(samples.SERVICE, self.a.look_up_error)  # type: ignore[no-any-return]

    def choose(self, service: discovery.Service) -> None:
        del service

    def write(self, preferences: Any) -> None:
        del preferences


def ended(
    pending: checkout.PendingCheckout, state: checkout.CheckoutState, reason: str | None = None
) -> checkout.Checkout:
    price = samples.RENTAL_PRICE
    return checkout.Checkout(
        pending.id, state, pending.film_id, pending.offer_id, price, None, NOW, reason
    )


def captcha_picture() -> bytes:
    image = QImage(200, 72, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    font = painter.font()
    font.setPixelSize(40)
    painter.setFont(font)
    painter.drawText(24, 52, "K7 M4 Q")
    painter.end()
    return _png(image)


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


class Stage:
    """Every view model, built by hand over the features of `answers`."""

    def __init__(
        self,
        answers: Answers | None = None,
        *,
        executor: Executor | None = None,
        service: discovery.Service | None = samples.SERVICE,
        preferences: Any = samples.PREFERENCES,
    ) -> None:
        self.answers = answers or Answers()
        features: Any = Features(self.answers)
        clock = StoppedClock()
        self.asked_about: list[str] = []
        self.navigation = Navigation()
        self.viewer = Viewer()
        self.captcha_pictures = CaptchaPictures()
        tasks = Tasks(executor or Inline(), lambda call: call())
        self.wait, self.sign_in_wait = InlineWait(), InlineWait()
        opened = self.answers.opened.append
        self.shell: Any = ShellViewModel(
            navigation=self.navigation,
            viewer=self.viewer,
            browse=features,
            desk=features,
            tasks=tasks,
            clock=clock,
            host=lambda: "films.example.org",
            ask_about=self.asked_about.append,
        )
        self.captcha: Any = CaptchaViewModel(
            desk=features,
            tasks=tasks,
            keep_picture=self.captcha_pictures.keep,
            play=lambda _: None,
        )
        self.checkout: Any = CheckoutViewModel(
            checkouts=features,
            tasks=tasks,
            wait=self.wait,
            copy=self.answers.copied.append,
            paid=self._paid,
        )
        self.comments: Any = CommentsViewModel(
            comments=features, navigation=self.navigation, viewer=self.viewer, tasks=tasks
        )
        self.film: Any = FilmViewModel(
            browse=features,
            navigation=self.navigation,
            viewer=self.viewer,
            checkout=self.checkout,
            comments=self.comments,
            prepare=lambda _: None,
            open_page=opened,
            tasks=tasks,
            clock=clock,
        )
        self.home: Any = HomeViewModel(
            browse=features,
            navigation=self.navigation,
            prefetch=lambda _: None,
            tasks=tasks,
            clock=clock,
        )
        self.shell.catalogueChanged.connect(self.home.refreshed)
        self.search: Any = SearchViewModel(
            search=features, browse=features, navigation=self.navigation, tasks=tasks
        )
        self.sign_in: Any = SignInViewModel(
            desk=features,
            navigation=self.navigation,
            viewer=self.viewer,
            captcha=self.captcha,
            tasks=tasks,
            wait=self.sign_in_wait,
            post=lambda call: call(),
            copy=self.answers.copied.append,
            front=self.shell.come_to_front,
            open_page=opened,
        )
        self.registration: Any = RegistrationViewModel(
            desk=features,
            navigation=self.navigation,
            viewer=self.viewer,
            captcha=self.captcha,
            tasks=tasks,
            open_address=opened,
        )
        self.account: Any = AccountViewModel(
            desk=features,
            navigation=self.navigation,
            viewer=self.viewer,
            tasks=tasks,
            clock=clock,
            open_page=opened,
        )
        self.service: Any = ServiceViewModel(
            services=features, tasks=tasks, current=service, chosen=lambda _: None
        )
        self.settings: Any = SettingsViewModel(
            settings=features,
            preferences=preferences,
            navigation=self.navigation,
            tasks=tasks,
            versions="Verité 0.1.0\nVLC 3.0.24 · Qt 6.11.3 · Python 3.11",
        )
        self.previews = Previews()
        self.surface = VideoSurface()
        projection = self.answers.projection
        self.player: Any = PlayerViewModel(
            watch=projection(self.surface) if projection is not None else features,
            film=lambda film_id: features.film(film_id).film,
            preferences=lambda: self.settings.preferences,
            prefer=self.settings.prefer,
            navigation=self.navigation,
            surface=self.surface,
            previews=self.previews,
            act_on=lambda _: None,
            tasks=tasks,
            post=lambda call: call(),
        )

    def window(self, bytes_of: Callable[[str], bytes] = samples.picture) -> Window:
        screens = Screens(
            shell=self.shell,
            home=self.home,
            film=self.film,
            player=self.player,
            search=self.search,
            signIn=self.sign_in,
            registration=self.registration,
            account=self.account,
            service=self.service,
            settings=self.settings,
        )
        return Window(
            screens=screens,
            pictures=PictureProvider(bytes_of),
            captcha_pictures=self.captcha_pictures,
            previews=self.previews,
        )

    def leave_the_film(self) -> None:
        """A film that plays has timers; they end when its page is left."""
        if self.navigation.here.screen == "player":
            self.navigation.back()

    def _paid(self) -> None:
        self.answers.right = samples.rented(NOW)
        self.shell.come_to_front()
        self.film.load()
