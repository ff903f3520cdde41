"""Plays a short sound that is held in memory, such as a spoken captcha."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer


class Sound(QObject):
    """One sound at a time; its bytes are kept for as long as it may play."""

    def __init__(self) -> None:
        super().__init__()
        self._output: QAudioOutput | None = None
        self._player: QMediaPlayer | None = None
        self._buffer = QBuffer(self)

    def play(self, wav: bytes) -> None:
        """The player is made at the first sound: it asks for the devices of the computer."""
        if self._player is None:
            self._output = QAudioOutput(self)
            self._player = QMediaPlayer(self)
            self._player.setAudioOutput(self._output)
        self._player.stop()
        self._buffer.close()
        self._buffer.setData(QByteArray(wav))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._buffer)
        self._player.play()
