"""Qt's application and the one window: fonts, providers, and the QML that shows the view models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from PySide6.QtQuickControls2 import QQuickStyle

from player_app.ui.captcha_pictures import CaptchaPictures
from player_app.ui.icons import Icons
from player_app.ui.no_network import NoNetwork
from player_app.ui.picture_provider import PictureProvider
from player_app.ui.previews import Previews
from player_app.ui.viewmodels.account import AccountViewModel
from player_app.ui.viewmodels.download_settings import DownloadSettingsViewModel
from player_app.ui.viewmodels.film import FilmViewModel
from player_app.ui.viewmodels.home import HomeViewModel
from player_app.ui.viewmodels.kept_here import KeptHereViewModel
from player_app.ui.viewmodels.library import LibraryViewModel
from player_app.ui.viewmodels.player import PlayerViewModel
from player_app.ui.viewmodels.question import QuestionViewModel
from player_app.ui.viewmodels.registration import RegistrationViewModel
from player_app.ui.viewmodels.search import SearchViewModel
from player_app.ui.viewmodels.service import ServiceViewModel
from player_app.ui.viewmodels.settings import SettingsViewModel
from player_app.ui.viewmodels.shell import ShellViewModel
from player_app.ui.viewmodels.sign_in import SignInViewModel
from player_app.ui.viewmodels.travel_check import TravelCheckViewModel

QML = Path(__file__).resolve().parent / "qml"
WORKING_FACES = ("Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Inter", "Noto Sans")


class WindowDidNotOpen(Exception):
    """The QML of the window could not be loaded; Qt's messages say why."""


@dataclass(frozen=True, slots=True)
class Screens:
    """The view models, by the names that Main.qml requires."""

    shell: ShellViewModel
    home: HomeViewModel
    film: FilmViewModel
    player: PlayerViewModel
    search: SearchViewModel
    signIn: SignInViewModel
    registration: RegistrationViewModel
    account: AccountViewModel
    service: ServiceViewModel
    settings: SettingsViewModel
    downloads: DownloadSettingsViewModel
    library: LibraryViewModel
    travelCheck: TravelCheckViewModel
    kept: KeptHereViewModel
    question: QuestionViewModel


def make_application(arguments: Sequence[str]) -> QGuiApplication:
    """The one QGuiApplication of the process, in the Basic style and the working face."""
    QGuiApplication.setApplicationName("Verité")
    QGuiApplication.setOrganizationName("Verité")
    QGuiApplication.setDesktopFileName("verite")
    QQuickStyle.setStyle("Basic")
    application = QGuiApplication(list(arguments))
    known = set(QFontDatabase.families())
    face = next((face for face in WORKING_FACES if face in known), None)
    if face is not None:
        application.setFont(QFont(face))
    icon = QML / "Verite" / "icons" / "verite.svg"
    application.setWindowIcon(QIcon(str(icon)))
    return application


class Window:
    """The engine and its root, kept for as long as the window lives."""

    def __init__(
        self,
        *,
        screens: Screens,
        pictures: PictureProvider,
        captcha_pictures: CaptchaPictures,
        previews: Previews,
    ) -> None:
        self._screens = screens
        self._network = NoNetwork()
        self._pictures = pictures
        self._captcha_pictures = captcha_pictures
        self._previews = previews
        self._icons = Icons(QML / "Verite" / "icons")
        self.engine = QQmlApplicationEngine()
        self.engine.setNetworkAccessManagerFactory(self._network)
        self.engine.addImportPath(str(QML))
        self.engine.addImageProvider("pictures", self._pictures)
        self.engine.addImageProvider("captcha", captcha_pictures)
        self.engine.addImageProvider("previews", previews)
        self.engine.addImageProvider("icons", self._icons)
        self.engine.setInitialProperties(
            {field.name: getattr(screens, field.name) for field in fields(screens)}
        )
        self.engine.load(QUrl.fromLocalFile(str(QML / "Verite" / "Main.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise WindowDidNotOpen(str(QML))
        self.root: QQuickWindow = roots[0]

    def close(self) -> None:
        """Take the window away, before the view models that it shows."""
        self._pictures.close()
        self.root.close()
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(self.engine, QEvent.Type.DeferredDelete)
