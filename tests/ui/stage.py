"""The whole window over features that answer from frozen samples, for tests and pictures of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from player_app.core import discovery
from player_app.core.errors import ServiceError, Unreachable
from player_app.core.reach import Reach, heard
from player_app.ui.application import Screens, Window
from player_app.ui.captcha_pictures import CaptchaPictures
from player_app.ui.navigation import Navigation
from player_app.ui.picture_provider import PictureProvider
from player_app.ui.previews import Previews
from player_app.ui.tasks import Tasks
from player_app.ui.video_surface import VideoSurface
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.account import AccountViewModel
from player_app.ui.viewmodels.calendar_file import CalendarFileViewModel
from player_app.ui.viewmodels.captcha import CaptchaViewModel
from player_app.ui.viewmodels.checkout import CheckoutViewModel
from player_app.ui.viewmodels.comments import CommentsViewModel
from player_app.ui.viewmodels.download import DownloadViewModel
from player_app.ui.viewmodels.download_deeds import DownloadDeeds
from player_app.ui.viewmodels.download_settings import DownloadSettingsViewModel
from player_app.ui.viewmodels.film import FilmViewModel
from player_app.ui.viewmodels.home import HomeViewModel
from player_app.ui.viewmodels.kept_here import KeptHereViewModel
from player_app.ui.viewmodels.library import LibraryViewModel
from player_app.ui.viewmodels.offline_bar import OfflineViewModel
from player_app.ui.viewmodels.player import PlayerViewModel
from player_app.ui.viewmodels.question import QuestionViewModel
from player_app.ui.viewmodels.registration import RegistrationViewModel
from player_app.ui.viewmodels.search import SearchViewModel
from player_app.ui.viewmodels.service import ServiceViewModel
from player_app.ui.viewmodels.settings import SettingsViewModel
from player_app.ui.viewmodels.shell import ShellViewModel
from player_app.ui.viewmodels.sign_in import SignInViewModel
from player_app.ui.viewmodels.start_question import StartQuestion
from player_app.ui.viewmodels.travel_check import TravelCheckViewModel
from player_app.ui.viewmodels.verifying import Verifying
from tests.ui import samples
from tests.ui.answers import Answers, Features, ended
from tests.ui.offline_answers import USUAL, OfflineFeatures
from tests.ui.standstill import NOW, Inline, InlineWait, Never, StoppedClock, StraightWait

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
        self._features = features
        self.reach = self.answers.offline.reach
        self.clock = clock = StoppedClock()
        self.asked_about: list[str] = []
        self.navigation = Navigation()
        self.viewer = Viewer()
        self.captcha_pictures = CaptchaPictures()
        tasks = Tasks(executor or Inline(), lambda call: call())
        self.wait, self.sign_in_wait = InlineWait(), InlineWait()
        opened = self.answers.opened.append
        offline: Any = OfflineFeatures(self.answers.offline, self.answers)
        self.offline: Any = OfflineViewModel(
            reach=self.answers.offline.reach,
            choose=self._work_offline,
            tasks=tasks,
            clock=clock,
        )
        self.shell: Any = ShellViewModel(
            navigation=self.navigation,
            viewer=self.viewer,
            browse=features,
            catch_up=self._catch_up,
            desk=features,
            tasks=tasks,
            offline=self.offline,
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
        self.question: Any = QuestionViewModel(self.navigation)
        self.start_question = StartQuestion(
            right_to=offline.right_to,
            question=self.question,
            navigation=self.navigation,
            tasks=tasks,
            now=clock.now,
        )

        def deeds() -> DownloadDeeds:
            return DownloadDeeds(
                downloads=offline,
                renew=offline.renew,
                question=self.question,
                start_question=self.start_question,
                navigation=self.navigation,
                act_on=self.shell.act_on,
                tasks=tasks,
            )

        self.download: Any = DownloadViewModel(
            downloads=offline,
            held=offline.held,
            why_not=offline.why_not,
            wish=lambda: self.settings.preferences.downloads.quality,
            deeds=deeds(),
            act_on=self.shell.act_on,
            tasks=tasks,
            now=clock.now,
        )
        self.check_wait, self.verify_wait, self.move_wait = (
            StraightWait() if executor is None else InlineWait() for _ in range(3)
        )
        self.library: Any = LibraryViewModel(
            read=offline.read,
            progress=offline.progress,
            verifying=Verifying(
                verify=offline.verify,
                repair=offline.repair,
                tasks=tasks,
                wait=self.verify_wait,
                post=lambda call: call(),
            ),
            calendar=CalendarFileViewModel(
                save=offline.save_calendar,
                open_file=self.answers.offline.opened.append,
                tasks=tasks,
            ),
            deeds=deeds(),
            navigation=self.navigation,
            viewer=self.viewer,
            act_on=self.shell.act_on,
            tasks=tasks,
            now=clock.now,
        )
        self.travel_check: Any = TravelCheckViewModel(
            check=offline.check,
            remedy=self.library.remedy,
            wait=self.check_wait,
            post=lambda call: call(),
            now=clock.now,
        )
        self.library.shown.connect(lambda: self.offline.ready_are(self.library.ready))
        self.library.remedied = self.travel_check.remedied
        self.kept: Any = KeptHereViewModel(
            read=offline.kept,
            remove=offline.remove_kept,
            remove_all=offline.remove_all,
            removed=self.library.changed,
            question=self.question,
            navigation=self.navigation,
            act_on=self.shell.act_on,
            tasks=tasks,
        )
        self.film: Any = FilmViewModel(
            browse=features,
            navigation=self.navigation,
            viewer=self.viewer,
            checkout=self.checkout,
            comments=self.comments,
            download=self.download,
            play=self.start_question.play,
            renew=self.download.renew,
            needs_contact=offline.needs_contact,
            prepare=lambda _: None,
            open_page=opened,
            act_on=self.shell.act_on,
            tasks=tasks,
            now=clock.now,
        )
        self.home: Any = HomeViewModel(
            browse=features,
            navigation=self.navigation,
            play=self.start_question.play,
            needs_contact=offline.needs_contact,
            is_offline=lambda: bool(self.offline.is_offline),
            prefetch=lambda _: None,
            act_on=self.shell.act_on,
            tasks=tasks,
            now=clock.now,
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
            now=clock.now,
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
        self.downloads: Any = DownloadSettingsViewModel(
            settings=self.settings,
            usual=USUAL,
            folder=offline.folder,
            move=offline.move,
            wait=self.move_wait,
            post=lambda call: call(),
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

    def _catch_up(self) -> bool:
        """As the features do, which tell by the way whether the service is within reach."""
        try:
            changed = bool(self._features.refresh())
        except Unreachable as error:
            self._reach_is(heard(self.reach, error, self.clock.now()))
            raise
        except ServiceError:
            self._reach_is(heard(self.reach, None, self.clock.now()))
            raise
        self._reach_is(heard(self.reach, None, self.clock.now()))
        return changed

    def _work_offline(self, by_choice: bool) -> None:  # noqa: FBT001 - it is the wish itself
        self._reach_is(Reach(by_choice=by_choice))

    def _reach_is(self, reach: Reach) -> None:
        self.reach = reach
        self.offline.reached(reach)

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
            downloads=self.downloads,
            library=self.library,
            travelCheck=self.travel_check,
            kept=self.kept,
            question=self.question,
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
