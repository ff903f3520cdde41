"""QML's own way to the network, closed: what QML shows, Python has fetched and checked."""

from __future__ import annotations

from PySide6.QtCore import QIODevice, QObject, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest
from PySide6.QtQml import QQmlNetworkAccessManagerFactory


class _Refusing(QNetworkAccessManager):
    def createRequest(
        self,
        operation: QNetworkAccessManager.Operation,
        _request: QNetworkRequest,
        _data: QIODevice | None = None,
    ) -> QNetworkReply:
        nowhere = QNetworkRequest(QUrl("refused:"))
        return super().createRequest(operation, nowhere)


class NoNetwork(QQmlNetworkAccessManagerFactory):
    """Makes managers that send nothing; keeps them, since Qt only borrows them."""

    def __init__(self) -> None:
        super().__init__()
        self._managers: list[_Refusing] = []

    def create(self, parent: QObject) -> QNetworkAccessManager:
        manager = _Refusing(parent)
        self._managers.append(manager)
        return manager
