"""Builds every object of the player once, by hand, in reading order; starts and stops them."""

from __future__ import annotations

import logging
import os
import platform
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import QTimer, qVersion
from PySide6.QtGui import QGuiApplication

import player_app
from player_app.core.catalogue import Film
from player_app.core.discovery import Service
from player_app.desktop.browser import SystemBrowser
from player_app.environment import Environment
from player_app.features.account import AccountDesk
from player_app.features.browse import Browse
from player_app.features.checkouts import Checkouts
from player_app.features.comments import Comments
from player_app.features.connection import Connection
from player_app.features.licence_keys import LicenceKeys
from player_app.features.licences import Licences
from player_app.features.pictures import Pictures
from player_app.features.positions import Positions
from player_app.features.search import Search
from player_app.features.services import Services
from player_app.features.settings import Settings
from player_app.features.sign_in_keeper import SignInKeeper
from player_app.features.starts import Starts
from player_app.features.watch import Watch
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.store import MemoryStore
from player_app.media.vlc_engine import VlcEngine
from player_app.service.transport import Transport
from player_app.storage.catalogue import Catalogue
from player_app.storage.checkouts import CheckoutStore
from player_app.storage.comments import CommentStore
from player_app.storage.database import open_database
from player_app.storage.kept import Kept
from player_app.storage.paths import Paths
from player_app.storage.pictures import PictureStore
from player_app.storage.positions import PositionStore
from player_app.storage.search import FilmSearch
from player_app.storage.secrets import Secrets, SystemSecrets
from player_app.ui.application import Screens, Window
from player_app.ui.captcha_pictures import CaptchaPictures
from player_app.ui.navigation import HOME, Navigation, Place
from player_app.ui.picture_provider import PictureProvider
from player_app.ui.previews import Previews
from player_app.ui.relay import Relay
from player_app.ui.sound import Sound
from player_app.ui.tasks import Done, LongWait, Outcome, Tasks
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

log = logging.getLogger(__name__)

HELD_FILM_BYTES = 256 * 1024 * 1024
REFRESH_MS = 5 * 60 * 1000
LAST_WAIT_S = 1.5


class SystemClock:
    def now(self) -> int:
        return int(time.time())

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(frozen=True)
class Wanted:
    """`service` is an address to ask about at the start; `trusted` uses it without asking."""

    service: str = ""
    trusted: bool = False
    link: str = ""


class App:
    """The whole player over one profile, on a running QGuiApplication.

    `engine_options` are libVLC's own, such as another output for its sound.
    """

    def __init__(
        self,
        paths: Paths,
        environment: Environment,
        secrets: Secrets | None = None,
        engine_options: tuple[str, ...] = (),
    ) -> None:
        clock = SystemClock()
        self.relay = Relay()
        self._executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="task")
        self.tasks = tasks = Tasks(self._executor, self.relay.post)
        self._checkout_wait = LongWait("checkout", self.relay.post)
        self._sign_in_wait = LongWait("sign-in", self.relay.post)

        self.browser = browser = SystemBrowser(environment.for_children())
        self._database, self.damaged = open_database(paths.database)
        kept = Kept(self._database)
        secrets = secrets or Secrets(SystemSecrets(str(paths.folder)))
        self.transport = Transport(
            environment.proxies, environment.no_proxy, player_app.__version__
        )
        self.connection = connection = Connection(
            transport=self.transport,
            kept=kept,
            keeper=SignInKeeper(secrets, paths.refresh_lock),
            clock=clock,
        )
        catalogue = Catalogue(self._database)
        checkout_store, position_store = (
            CheckoutStore(self._database),
            PositionStore(self._database),
        )

        self.desk = desk = AccountDesk(connection, secrets, browser)
        self.services = Services(connection, catalogue, desk.sign_out)
        self.browse = browse = Browse(
            connection=connection,
            catalogue=catalogue,
            positions=position_store,
            checkouts=checkout_store,
        )
        search = Search(FilmSearch(self._database))
        self.checkouts = Checkouts(connection, checkout_store, browser)
        comments = Comments(connection, CommentStore(self._database))
        pictures = Pictures(connection, catalogue, PictureStore(paths.pictures))
        settings = Settings(kept)

        self.surface = VideoSurface()
        self.engine = VlcEngine(self.surface, engine_options)
        self._gateway = Gateway(self.transport, MemoryStore(HELD_FILM_BYTES))
        self._starts = Starts(connection)
        licences = Licences(connection, desk, LicenceKeys(connection, desk))
        self.watch = Watch(
            engine=self.engine,
            gateway=self._gateway,
            permits=licences,
            positions=Positions(position_store, clock),
            film=self._film,
            media_origins=self._media_origins,
            may_go_out=self._starts.began,
            picture_at=lambda: self.surface.newest_at,
        )

        self.navigation = navigation = Navigation(HOME if connection.service else Place("service"))
        self.viewer = viewer = Viewer()
        viewer.watch(
            lambda account: tasks.run(licences.make_ready, lambda _: None) if account else None
        )
        provider = PictureProvider(pictures.bytes_of)
        captcha_pictures, previews, self._sound = CaptchaPictures(), Previews(), Sound()
        copy = QGuiApplication.clipboard().setText

        self.service = ServiceViewModel(
            services=self.services,
            tasks=tasks,
            current=connection.service,
            chosen=self._service_chosen,
        )
        self.shell = ShellViewModel(
            navigation=navigation,
            viewer=viewer,
            browse=browse,
            desk=desk,
            tasks=tasks,
            clock=clock,
            host=lambda: urlsplit(connection.service.address).netloc if connection.service else "",
            ask_about=self.service.lookUp,
        )
        self.settings = SettingsViewModel(
            settings=settings,
            preferences=settings.read(),
            navigation=navigation,
            tasks=tasks,
            versions=self._versions(),
        )
        self.captcha = CaptchaViewModel(
            desk=desk, tasks=tasks, keep_picture=captcha_pictures.keep, play=self._sound.play
        )
        self.checkout = CheckoutViewModel(
            checkouts=self.checkouts,
            tasks=tasks,
            wait=self._checkout_wait,
            copy=copy,
            paid=self._paid,
        )
        self.film = FilmViewModel(
            browse=browse,
            navigation=navigation,
            viewer=viewer,
            checkout=self.checkout,
            comments=CommentsViewModel(
                comments=comments, navigation=navigation, viewer=viewer, tasks=tasks
            ),
            prepare=lambda film_id: self.watch.prepare(film_id, self.settings.preferences.taste),
            open_page=self._open_address,
            tasks=tasks,
            clock=clock,
        )
        self.home = HomeViewModel(
            browse=browse,
            navigation=navigation,
            prefetch=provider.prefetch,
            tasks=tasks,
            clock=clock,
        )
        self.search = SearchViewModel(
            search=search, browse=browse, navigation=navigation, tasks=tasks
        )
        self.sign_in = SignInViewModel(
            desk=desk,
            navigation=navigation,
            viewer=viewer,
            captcha=self.captcha,
            tasks=tasks,
            wait=self._sign_in_wait,
            post=self.relay.post,
            copy=copy,
            front=self.shell.come_to_front,
            open_page=self._open_page,
        )
        self.registration = RegistrationViewModel(
            desk=desk,
            navigation=navigation,
            viewer=viewer,
            captcha=self.captcha,
            tasks=tasks,
            open_address=self._open_address,
        )
        self.account = AccountViewModel(
            desk=desk,
            navigation=navigation,
            viewer=viewer,
            tasks=tasks,
            clock=clock,
            open_page=self._open_page,
        )
        self.player = PlayerViewModel(
            watch=self.watch,
            film=self._film,
            preferences=lambda: self.settings.preferences,
            prefer=self.settings.prefer,
            navigation=navigation,
            surface=self.surface,
            previews=previews,
            act_on=self._act_on,
            tasks=tasks,
            post=self.relay.post,
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
            ),
            pictures=provider,
            captcha_pictures=captcha_pictures,
            previews=previews,
        )
        self.shell.catalogueChanged.connect(self._catalogue_changed)
        self._refresh_timer = QTimer()
        self._refresh_timer.timeout.connect(self.shell.refresh)

    def start(self, wanted: Wanted) -> None:
        """Show what is known here, then ask the service what changed."""
        if wanted.trusted:
            self.tasks.run(lambda: self._use(wanted.service), self._used)
        elif wanted.service:
            self.navigation.go(Place("service"))
            self.service.lookUp(wanted.service)
        if self.connection.service is not None and not wanted.trusted:
            self._begin()
        if wanted.link:
            self.shell.follow(wanted.link)

    def stop(self) -> None:
        """Let go of everything, in an order in which nothing waits for what is gone."""
        until = time.monotonic() + LAST_WAIT_S
        self._refresh_timer.stop()
        self.relay.close()
        self._checkout_wait.stop()
        self._sign_in_wait.stop()
        self.watch.shut_down(max(0.0, until - time.monotonic()))
        self.engine.close(max(0.0, until - time.monotonic()))
        self._gateway.close(max(0.0, until - time.monotonic()))
        self._starts.close()
        self.checkouts.close()
        self.transport.close()
        self._executor.shutdown(wait=False, cancel_futures=True)
        self.window.close()
        for thread in self._ours():
            thread.join(max(0.0, until - time.monotonic()))
        self._database.close()

    def left_behind(self) -> tuple[str, ...]:
        """Threads that are still inside the operating system after `stop`."""
        return tuple(thread.name for thread in self._ours() if thread.is_alive())

    def _ours(self) -> tuple[threading.Thread, ...]:
        names = ("task", "picture", "checkout", "sign-in", "start", "media")
        return tuple(each for each in threading.enumerate() if each.name.startswith(names))

    def _begin(self) -> None:
        self.home.begin()
        self.shell.start()
        self.checkout.take_up()
        self._refresh_timer.start(REFRESH_MS)

    def _use(self, address: str) -> Service:
        service = self.services.look_up(address)
        self.services.choose(service)
        return service

    def _used(self, outcome: Outcome[Service]) -> None:
        if isinstance(outcome, Done):
            self.service.now_uses(outcome.value)
            self.navigation.start_over(HOME)
            self._begin()
        else:
            log.error("the service does not answer: %s", outcome.error)
            self.navigation.start_over(Place("service"))

    def _service_chosen(self, _service: Service) -> None:
        self.viewer.is_now(self.connection.account)
        self.navigation.start_over(HOME)
        self._begin()

    def _catalogue_changed(self) -> None:
        self.home.refreshed()
        if self.navigation.here.screen == "film":
            self.film.load()

    def _paid(self) -> None:
        self.shell.come_to_front()
        self._catalogue_changed()

    def _act_on(self, action: str) -> None:
        """What the player page offers when a film can't go on."""
        match action:
            case "sign-in":
                self.navigation.instead(Place("sign-in"))
            case "choose-service":
                self.navigation.instead(Place("service"))
            case "settings":
                self.navigation.instead(Place("settings"))
            case "help":
                self._open_page("help")
            case _:
                self.navigation.back()

    def _film(self, film_id: str) -> Film:
        return self.browse.film(film_id).film

    def _media_origins(self) -> tuple[str, ...]:
        service = self.connection.service
        return service.media_origins if service is not None else ()

    def _open_page(self, name: str) -> None:
        service = self.connection.service
        if service is not None and (address := service.pages.get(name)):
            self._open_address(address)

    def _open_address(self, address: str) -> None:
        self.tasks.run(lambda: self.browser.open(address), lambda _: None)

    def _versions(self) -> str:
        vlc = self.engine.version or "loaded with the first film"
        return (
            f"Verité {player_app.__version__}\n"
            f"Qt {qVersion()} · Python {platform.python_version()} · VLC {vlc}"
        )


def leave(app: App) -> None:
    """End the process even when a thread is stuck inside the operating system."""
    if behind := app.left_behind():
        log.warning("left behind: %s", ", ".join(behind))
        logging.shutdown()
        os._exit(0)
