"""The view models of the library, and of everything of offline that is seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from player_app.app.foundation import Foundation
from player_app.app.kept_things import kept_here, remove_all
from player_app.app.library import Library
from player_app.app.offline import Offline
from player_app.core.errors import VeriteError
from player_app.core.storage_errors import OfflineNeedsKeyring
from player_app.features.calendar_export import save_calendar
from player_app.features.taking_offline import Listener
from player_app.ui.navigation import Navigation
from player_app.ui.viewer import Viewer
from player_app.ui.viewmodels.calendar_file import CalendarFileViewModel
from player_app.ui.viewmodels.download import DownloadViewModel
from player_app.ui.viewmodels.download_deeds import DownloadDeeds
from player_app.ui.viewmodels.download_settings import DownloadSettingsViewModel
from player_app.ui.viewmodels.kept_here import KeptHereViewModel
from player_app.ui.viewmodels.library import LibraryViewModel
from player_app.ui.viewmodels.offline_bar import OfflineViewModel
from player_app.ui.viewmodels.question import QuestionViewModel
from player_app.ui.viewmodels.settings import SettingsViewModel
from player_app.ui.viewmodels.shell import ShellViewModel
from player_app.ui.viewmodels.start_question import StartQuestion
from player_app.ui.viewmodels.travel_check import TravelCheckViewModel
from player_app.ui.viewmodels.verifying import Verifying

BEAT_MS, TICK_MS = 500, 20_000


class OfflineViews:
    """`changed` is called on the Qt thread when a film has come to this computer, or left it."""

    def __init__(
        self,
        foundation: Foundation,
        library: Library,
        offline: Offline,
        *,
        navigation: Navigation,
        viewer: Viewer,
        shell: ShellViewModel,
        bar: OfflineViewModel,
        settings: SettingsViewModel,
        changed: Callable[[], None],
    ) -> None:
        self._foundation, self._library, self._offline = foundation, library, offline
        self._navigation, self._shell, self._settings = navigation, shell, settings
        self._changed = changed
        tasks, post = foundation.tasks, foundation.relay.post
        now = library.rental_clock.now
        self.question = QuestionViewModel(navigation)
        self.start_question = StartQuestion(
            right_to=offline.licensing.played_by.right_to,
            question=self.question,
            navigation=navigation,
            tasks=tasks,
            now=now,
        )
        self.download = DownloadViewModel(
            downloads=offline.downloads,
            held=offline.holdings.of,
            why_not=self._why_not,
            wish=lambda: settings.preferences.downloads.quality,
            deeds=self._deeds(),
            act_on=shell.act_on,
            tasks=tasks,
            now=now,
        )
        self.library = LibraryViewModel(
            read=offline.holdings.read,
            progress=offline.downloads.progress,
            verifying=Verifying(
                verify=offline.trying.verifying.verify,
                repair=offline.trying.verifying.repair,
                tasks=tasks,
                wait=foundation.check_wait,
                post=post,
            ),
            calendar=CalendarFileViewModel(
                save=lambda title, text: save_calendar(_downloads_folder(), title, text),
                open_file=_open_file,
                tasks=tasks,
            ),
            deeds=self._deeds(),
            navigation=navigation,
            viewer=viewer,
            act_on=shell.act_on,
            tasks=tasks,
            now=now,
        )
        self.travel_check = TravelCheckViewModel(
            check=offline.trying.travel_check.check,
            remedy=self.library.remedy,
            wait=foundation.travel_wait,
            post=post,
            now=now,
        )
        self.library.remedied = self.travel_check.remedied
        here = kept_here(foundation, library, offline)
        self.kept = KeptHereViewModel(
            read=here.list,
            remove=here.remove,
            remove_all=lambda: remove_all(here),
            removed=self._removed,
            question=self.question,
            navigation=navigation,
            act_on=shell.act_on,
            tasks=tasks,
        )
        self.settings = DownloadSettingsViewModel(
            settings=settings,
            usual=foundation.segments.usual,
            folder=lambda: foundation.segments.store.folder,
            move=offline.move,
            wait=foundation.move_wait,
            post=post,
        )
        self.library.shown.connect(lambda: bar.ready_are(self.library.ready))
        foundation.segments.listen(lambda: post(self.library.changed))
        offline.licensing.listen(lambda: post(self._downloads_changed))
        offline.downloads.listen(
            Listener(
                changed=lambda: post(self._downloads_changed),
                finished=lambda film_id: post(lambda: self.library.finished(film_id)),
                failed=lambda film_id, why: post(lambda: self.library.failed(film_id, why)),
            )
        )
        settings.written.connect(self._wishes_changed)
        navigation.watch(lambda _: self._tidy())
        self._beat, self._tick = QTimer(), QTimer()
        self._beat.timeout.connect(self.library.beat)
        self._beat.timeout.connect(self.download.beat)
        self._tick.timeout.connect(self.library.tick)
        self._tick.timeout.connect(self._tidy)

    def begin(self) -> None:
        self.library.load()
        self._beat.start(BEAT_MS)
        self._tick.start(TICK_MS)

    def stop(self) -> None:
        self._beat.stop()
        self._tick.stop()

    def _deeds(self) -> DownloadDeeds:
        return DownloadDeeds(
            downloads=self._offline.downloads,
            renew=self._offline.licensing.kept.renew,
            question=self.question,
            start_question=self.start_question,
            navigation=self._navigation,
            act_on=self._shell.act_on,
            tasks=self._foundation.tasks,
        )

    def _downloads_changed(self) -> None:
        self.library.changed()
        self._changed()

    def _wishes_changed(self) -> None:
        """A network may be used now, or no more; a film may be to go."""
        self._foundation.tasks.run(self._offline.downloads.look, lambda _: None)
        self._tidy()

    def _tidy(self) -> None:
        """Let go of what the viewer wants gone by itself, if anything."""
        tidying = self._settings.preferences.downloads.tidying
        if tidying.when_watched or tidying.when_expired:
            self._foundation.tasks.run(self._offline.downloads.tidy, lambda _: None)

    def _removed(self) -> None:
        """Of anything that is kept here; the sign-in may be gone with it."""
        self._downloads_changed()
        self._shell.start()

    def _why_not(self) -> VeriteError | None:
        reason = self._library.desk.passing_reason()
        return OfflineNeedsKeyring(reason) if reason is not None else None


def _downloads_folder() -> Path:
    place = QStandardPaths.StandardLocation.DownloadLocation
    return Path(QStandardPaths.writableLocation(place))


def _open_file(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
