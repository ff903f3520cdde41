"""What the operating system says of the network: whether it is metered, and that it changed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtNetwork import QNetworkInformation


class Network:
    """To be made on the Qt thread; `is_metered` may be asked on any. A hint, and no more.

    Where the system says nothing, the network is taken for one that costs nothing.
    """

    def __init__(self) -> None:
        self._is_metered = False
        self._listener: Callable[[], None] = lambda: None
        self._information: QNetworkInformation | None = None
        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
        if self._information is not None:
            self._is_metered = self._information.isMetered()
            self._information.isMeteredChanged.connect(self._metered)
            self._information.reachabilityChanged.connect(self._changed)

    def listen(self, listener: Callable[[], None]) -> None:
        """Who hears, on the Qt thread, that the network is not as it was."""
        self._listener = listener

    def is_metered(self) -> bool:
        return self._is_metered

    def _metered(self, is_metered: bool) -> None:  # noqa: FBT001 - as Qt gives it
        self._is_metered = is_metered
        self._listener()

    def _changed(self, _reachability: object) -> None:
        self._listener()
