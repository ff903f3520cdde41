"""The whole window over features that answer from frozen samples, for tests and pictures of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from player_app.core import discovery
from player_app.ui.application import Screens, Window
from player_app.ui.captcha_pictures import CaptchaPictures
from player_app.ui.navigation import Navigation
from player_app.ui.picture_provider import PictureProvider
from player_app.ui.previews import Previews
from player_app.ui.tasks import Tasks
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
from tests.ui.answers import Answers, Features, ended
from tests.ui.standstill import NOW, Inline, InlineWait, Never, StoppedClock

__all__ = ["NOW", "Answers", "Never", "Stage", "ended"]


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
        self.clock = clock = StoppedClock()
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
            catch_up=features.refresh,
            desk=features,
            tasks=tasks,
            clock=clock,
            host=lambda: "films.example.org",
            ask_about=self.asked_about.append,
            open_page=opened,
            close=lambda: None,
            damaged=self.answers.damaged,
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
            act_on=self.shell.act_on,
            tasks=tasks,
            clock=clock,
        )
        self.home: Any = HomeViewModel(
            browse=features,
            navigation=self.navigation,
            prefetch=lambda _: None,
            act_on=self.shell.act_on,
            tasks=tasks,
            clock=clock,
        )
        self.shell.catalogueChanged.connect(self.home.refreshed)
        self.search: Any = SearchViewModel(
            search=features,
            browse=features,
            navigation=self.navigation,
            act_on=self.shell.act_on,
            tasks=tasks,
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
            tell=self.shell.tell,
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
