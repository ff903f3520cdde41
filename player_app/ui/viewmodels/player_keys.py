"""The player's keys: what each does, and the words for it on the sheet of keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Qt, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.ui.models.rows import Rows

if TYPE_CHECKING:
    from player_app.ui.viewmodels.player import PlayerViewModel
    from player_app.ui.viewmodels.player_choices import ChoicesViewModel

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

STEP_MS = 10_000
LOUDER = 5
TENTHS = "0123456789"


@dataclass(frozen=True, slots=True)
class KeyLine:
    keys: str
    does: str


KEYS = (
    KeyLine("Space, K", "Play or pause"),
    KeyLine("← →, J L", "10 seconds back or on"),
    KeyLine("↑ ↓", "Louder or quieter"),
    KeyLine("M", "Mute"),
    KeyLine("0 – 9", "To a tenth of the film"),
    KeyLine(", .", "One picture back or on"),
    KeyLine("[ ]", "Slower or faster"),
    KeyLine("C", "Captions"),
    KeyLine("A", "Audio description"),
    KeyLine("F", "Full screen"),
    KeyLine("Esc", "Leave"),
    KeyLine("?", "These keys"),
)


@QmlElement
@QmlUncreatable("made in Python")
class KeysViewModel(QObject):  # type: ignore[operator]
    shown = Signal()

    def __init__(self, player: PlayerViewModel, choices: ChoicesViewModel) -> None:
        super().__init__(player)
        self._are_shown = False
        self._rows = Rows(KeyLine, self)
        self._rows.show(KEYS)
        back, on = partial(player.step, -STEP_MS), partial(player.step, STEP_MS)
        self._named: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Space.value: player.togglePlay,
            Qt.Key.Key_Left.value: back,
            Qt.Key.Key_Right.value: on,
            Qt.Key.Key_Up.value: partial(choices.louder, LOUDER),
            Qt.Key.Key_Down.value: partial(choices.louder, -LOUDER),
            Qt.Key.Key_Escape.value: player.leave,
        }
        self._lettered: dict[str, Callable[[], None]] = {
            "k": player.togglePlay,
            "j": back,
            "l": on,
            "m": choices.toggleMute,
            "f": player.toggleFullScreen,
            "c": choices.toggle_captions,
            "a": choices.toggle_description,
            "[": partial(choices.faster, -1),
            "]": partial(choices.faster, 1),
            ",": partial(player.step_pictures, -1),
            ".": partial(player.step_pictures, 1),
            "?": self.toggleKeys,
            **{tenth: partial(player.seek_tenth, int(tenth)) for tenth in TENTHS},
        }

    @Property(Rows, notify=shown)
    def keyRows(self) -> Rows:
        return self._rows

    @Property(bool, notify=shown)
    def keysShown(self) -> bool:
        return self._are_shown

    @Slot()
    def toggleKeys(self) -> None:
        self._are_shown = not self._are_shown
        self.shown.emit()

    @Slot()
    def hideKeys(self) -> None:
        self._are_shown = False
        self.shown.emit()

    @Slot(int, str, result=bool)
    def press(self, key: int, text: str) -> bool:
        """Do what a key asks; whether it was one of the player's."""
        act = self._named.get(key) or self._lettered.get(text.lower())
        if act is not None:
            act()
        return act is not None
