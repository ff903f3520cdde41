"""A list model over a tuple of frozen rows; a row's fields are its roles."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import (
    Property,
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtQml import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

_NOWHERE = QModelIndex()


@QmlElement
@QmlUncreatable("made in Python")
class Rows(QAbstractListModel):  # type: ignore[operator]
    """Rows of one frozen dataclass; the field `id`, where there is one, tells rows apart."""

    countChanged = Signal()

    def __init__(self, kind: type, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(field.name for field in fields(kind))
        self._rows: tuple[Any, ...] = ()

    @Property(int, notify=countChanged)
    def count(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> tuple[Any, ...]:
        return self._rows

    def show(self, rows: tuple[Any, ...]) -> None:
        """Show these rows instead, telling the view no more than what changed."""
        if self._same_ids(rows):
            self._change(rows)
            return
        old = len(self._rows)
        if not self._edit(rows):
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        if old != len(rows):
            self.countChanged.emit()

    def rowCount(self, parent: Any = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = role - Qt.ItemDataRole.UserRole - 1
        if not index.isValid() or not 0 <= number < len(self._names):
            return None
        return getattr(self._rows[index.row()], self._names[number])

    def roleNames(self) -> dict[int, QByteArray]:
        first = Qt.ItemDataRole.UserRole + 1
        return {first + i: QByteArray(name.encode()) for i, name in enumerate(self._names)}

    def _same_ids(self, rows: tuple[Any, ...]) -> bool:
        if len(rows) != len(self._rows) or "id" not in self._names:
            return False
        return all(new.id == old.id for new, old in zip(rows, self._rows, strict=True))

    def _edit(self, rows: tuple[Any, ...]) -> bool:
        """Take out and put in what differs, if what stays is in the same order; whether it was."""
        if "id" not in self._names or not self._rows or not rows:
            return False
        new = {row.id: row for row in rows}
        here = {row.id for row in self._rows}
        stays = [row.id for row in self._rows if row.id in new]
        if len(new) != len(rows) or not stays or stays != [e.id for e in rows if e.id in here]:
            return False
        for number in reversed(range(len(self._rows))):
            if self._rows[number].id not in new:
                self.beginRemoveRows(_NOWHERE, number, number)
                self._rows = self._rows[:number] + self._rows[number + 1 :]
                self.endRemoveRows()
        for number, row in enumerate(rows):
            if row.id not in here:
                self.beginInsertRows(_NOWHERE, number, number)
                self._rows = (*self._rows[:number], row, *self._rows[number:])
                self.endInsertRows()
        self._change(rows)
        return True

    def _change(self, rows: tuple[Any, ...]) -> None:
        before, self._rows = self._rows, rows
        for number, (old, new) in enumerate(zip(before, rows, strict=True)):
            roles = [
                Qt.ItemDataRole.UserRole + 1 + i
                for i, name in enumerate(self._names)
                if getattr(old, name) != getattr(new, name)
            ]
            if roles:
                self.dataChanged.emit(self.index(number), self.index(number), roles)
