"""What the window gets: every view model, and what one of them asks of another."""

from __future__ import annotations

import platform
from urllib.parse import urlsplit

from PySide6.QtCore import QTimer, qVersion
from PySide6.QtGui import QGuiApplication

import player_app
from player_app.app.foundation import Foundation
from player_app.app.library import Library
from player_app.app.offline import Offline
from player_app.app.offline_views import OfflineViews
from player_app.app.playback import Playback
from player_app.core.discovery import Service
from player_app.core.reach import Reach
from player_app.ui.application import Screens, Window
from player_app.ui.captcha_pictures import CaptchaPictures
from player_app.ui.looking import Looking
from player_app.ui.navigation import HOME, Navigation, Place
from player_app.ui.picture_provider import PictureProvider
from player_app.ui.previews import Previews
from player_app.ui.sound import Sound
from player_app.ui.tasks import Outcome
from player_app.ui.telling import Telling
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.account import AccountViewModel
from player_app.ui.viewmodels.captcha import CaptchaViewModel
from player_app.ui.viewmodels.checkout import CheckoutViewModel
from player_app.ui.viewmodels.comments import CommentsViewModel
from player_app.ui.viewmodels.film import FilmViewModel
from player_app.ui.viewmodels.home import HomeViewModel
from player_app.ui.viewmodels.offline_bar import OfflineViewModel
from player_app.ui.viewmodels.player import PlayerViewModel
from player_app.ui.viewmodels.registration import RegistrationViewModel
from player_app.ui.viewmodels.search import SearchViewModel
from player_app.ui.viewmodels.service import ServiceViewModel
from player_app.ui.viewmodels.settings import SettingsViewModel
from player_app.ui.viewmodels.shell import ShellViewModel
from player_app.ui.viewmodels.sign_in import SignInViewModel

REFRESH_MS = 5 * 60 * 1000


class Views:
    def __init__(
        self, foundation: Foundation, library: Library, offline: Offline, playback: Playback
    ) -> None:
        self._foundation = foundation
        self._offline = offline
        tasks, clock = foundation.tasks, foundation.clock
        connection = foundation.connection
        self.navigation = navigation = Navigation(HOME if connection.service else Place("service"))
        self.viewer = viewer = Viewer()
        viewer.watch(
            lambda account: (
                tasks.run(offline.licensing.streams.make_ready, lambda _: None) if account else None
            )
        )
        viewer.watch(
            lambda account: (
                tasks.run(lambda: offline.begin(playback.engine.load), self._begun)
                if account
                else None
            )
        )
        provider = PictureProvider(library.pictures.bytes_of)
        captcha_pictures, previews, self._sound = CaptchaPictures(), Previews(), Sound()
        copy = QGuiApplication.clipboard().setText

        self.service = ServiceViewModel(
            services=library.services,
            tasks=tasks,
            current=connection.service,
            chosen=self._service_chosen,
        )
        self.offline_bar = OfflineViewModel(
            reach=offline.reach.reach, choose=offline.reach.choose, tasks=tasks, clock=clock
        )
        self.shell = ShellViewModel(
            navigation=navigation,
            viewer=viewer,
            browse=library.browse,
            catch_up=library.catching_up.catch_up,
            desk=library.desk,
            tasks=tasks,
            offline=self.offline_bar,
            host=lambda: urlsplit(connection.service.address).netloc if connection.service else "",
            ask_about=self.service.lookUp,
            open_page=foundation.open_page,
            close=QGuiApplication.quit,
            damaged=foundation.damaged or foundation.segments.damaged,
        )
        self.settings = SettingsViewModel(
            settings=library.settings,
            preferences=library.settings.read(),
            navigation=navigation,
            tasks=tasks,
            versions=_versions(playback.engine.version),
        )
        self.offline_views = OfflineViews(
            foundation,
            library,
            offline,
            navigation=navigation,
            viewer=viewer,
            shell=self.shell,
            bar=self.offline_bar,
            settings=self.settings,
            changed=self._films_here_changed,
        )
        self.captcha = CaptchaViewModel(
            desk=library.desk,
            tasks=tasks,
            keep_picture=captcha_pictures.keep,
            play=self._sound.play,
        )
        self.checkout = CheckoutViewModel(
            checkouts=library.checkouts,
            tasks=tasks,
            wait=foundation.checkout_wait,
            copy=copy,
            paid=self._paid,
        )
        self.film = FilmViewModel(
            browse=library.browse,
            navigation=navigation,
            viewer=viewer,
            checkout=self.checkout,
            comments=CommentsViewModel(
                comments=library.comments, navigation=navigation, viewer=viewer, tasks=tasks
            ),
            download=self.offline_views.download,
            play=self.offline_views.start_question.play,
            renew=self.offline_views.download.renew,
            needs_contact=offline.needs_contact,
            prepare=lambda film_id: playback.prepare(film_id, self.settings.preferences.taste),
            open_page=foundation.open_address,
            act_on=self.shell.act_on,
            tasks=tasks,
            now=library.rental_clock.now,
        )
        self.home = HomeViewModel(
            browse=library.browse,
            navigation=navigation,
            play=self.offline_views.start_question.play,
            needs_contact=offline.needs_contact,
            is_offline=lambda: offline.reach.reach.is_offline,
            prefetch=provider.prefetch,
            act_on=self.shell.act_on,
            tasks=tasks,
            now=library.rental_clock.now,
        )
        self.search = SearchViewModel(
            search=library.search,
            browse=library.browse,
            navigation=navigation,
            act_on=self.shell.act_on,
            tasks=tasks,
        )
        self.sign_in = SignInViewModel(
            desk=library.desk,
            navigation=navigation,
            viewer=viewer,
            captcha=self.captcha,
            tasks=tasks,
            wait=foundation.sign_in_wait,
            post=foundation.relay.post,
            copy=copy,
            front=self.shell.come_to_front,
            open_page=foundation.open_page,
        )
        self.registration = RegistrationViewModel(
            desk=library.desk,
            navigation=navigation,
            viewer=viewer,
            captcha=self.captcha,
            tasks=tasks,
            open_address=foundation.open_address,
        )
        self.account = AccountViewModel(
            desk=library.desk,
            navigation=navigation,
            viewer=viewer,
            tasks=tasks,
            now=library.rental_clock.now,
            open_page=foundation.open_page,
            tell=self.shell.tell,
        )
        self.player = PlayerViewModel(
            watch=playback.watch,
            film=library.film,
            preferences=lambda: self.settings.preferences,
            prefer=self.settings.prefer,
            navigation=navigation,
            surface=playback.surface,
            previews=previews,
            act_on=lambda action: self.shell.act_on(action, instead=True),
            tasks=tasks,
            post=foundation.relay.post,
        )
        self.window = Window(
            screens=Screens(
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
                downloads=self.offline_views.settings,
                library=self.offline_views.library,
                travelCheck=self.offline_views.travel_check,
                kept=self.offline_views.kept,
                question=self.offline_views.question,
            ),
            pictures=provider,
            captcha_pictures=captcha_pictures,
            previews=previews,
        )
        self.shell.catalogueChanged.connect(self._catalogue_changed)
        self.checkout.refused.connect(self.shell.refresh)
        self.checkout.ended.connect(self._catalogue_changed)
        viewer.watch(lambda account: self.checkout.take_up() if account else self.checkout.rest())
        library.checkouts.listen(lambda: foundation.relay.post(self._catalogue_changed))
        library.positions.listen(
            lambda why_not: foundation.relay.post(lambda: self.player.unkept_place.show(why_not))
        )
        self.player.unkept_place.wanted.connect(
            lambda: tasks.run(library.positions.try_again, lambda _: None)
        )
        self._telling = Telling(library.progress.catch_up, self._catalogue_changed, tasks)
        library.positions.when_resting(lambda: foundation.relay.post(self._film_rests))
        offline.licensing.starts.listen(lambda: foundation.relay.post(self._catalogue_changed))
        offline.reach.listen(lambda reach: foundation.relay.post(lambda: self._reach_is(reach)))
        foundation.network.listen(self._look_for_service)
        self._looking = Looking(offline.reach.look, tasks)
        self._refresh_timer = QTimer()
        self._refresh_timer.timeout.connect(self.shell.refresh)

    def begin(self) -> None:
        """Show the films of the service in use, and ask it what changed, now and again."""
        self.home.begin()
        self.shell.start()
        self.offline_views.begin()
        self.checkout.take_up()
        self._refresh_timer.start(REFRESH_MS)

    def stop_refreshing(self) -> None:
        self._refresh_timer.stop()
        self.offline_views.stop()
        self._looking.stop()
        self._telling.stop()

    def _service_chosen(self, _service: Service) -> None:
        self.viewer.is_now(self._foundation.connection.account)
        self.navigation.start_over(HOME)
        self.begin()

    def _begun(self, _outcome: Outcome[None]) -> None:
        """What is on this computer is known."""
        self._catalogue_changed()
        self.offline_views.library.load()

    def _reach_is(self, reach: Reach) -> None:
        self.offline_bar.reached(reach)
        self._films_here_changed()
        self._looking.reach_is(reach)
        if not reach.is_offline:
            self._foundation.tasks.run(self._offline.contact, lambda _: None)

    def _look_for_service(self) -> None:
        """The network is not as it was: what waited for it may go on."""
        self._looking.now()
        self._offline.downloads.look()

    def _catalogue_changed(self) -> None:
        self.home.refreshed()
        if self.navigation.here.screen == "film":
            self.film.load()

    def _film_rests(self) -> None:
        """Its place is kept only now: what offers to play it may still offer its beginning."""
        self._telling.soon()
        if self.navigation.here.screen != "player":
            self._films_here_changed()

    def _films_here_changed(self) -> None:
        self.home.load()
        if self.navigation.here.screen == "film":
            self.film.load()

    def _paid(self) -> None:
        self.shell.come_to_front()
        self._catalogue_changed()


def _versions(vlc: str | None) -> str:
    return (
        f"Verité {player_app.__version__}\n"
        f"Qt {qVersion()} · Python {platform.python_version()} · "
        f"VLC {vlc or 'loaded with the first film'}"
    )
