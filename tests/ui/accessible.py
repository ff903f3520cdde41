"""Walks what a screen reader is told of a window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow

CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.Slider,
    QAccessible.Role.PageTab,
    QAccessible.Role.Link,
    QAccessible.Role.List,
    QAccessible.Role.Graphic,
}


@dataclass(frozen=True)
class Heard:
    role: QAccessible.Role
    name: str
    description: str
    secret: bool

    @property
    def says(self) -> str:
        """Its name; Qt keeps a password field's to itself, and its description says it then."""
        return (self.description if self.secret else self.name).strip()


def heard_in(window: QWindow) -> tuple[Heard, ...]:
    """Everything visible, in reading order."""
    QAccessible.setActive(True)
    root = QAccessible.queryAccessibleInterface(window)
    assert root is not None
    return tuple(_walk(root, 0))


def _walk(interface: QAccessibleInterface, depth: int) -> Iterator[Heard]:
    if interface.state().invisible or depth > 60:
        return
    yield Heard(
        interface.role(),
        interface.text(QAccessible.Text.Name),
        interface.text(QAccessible.Text.Description),
        bool(interface.state().passwordEdit),
    )
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from _walk(child, depth + 1)
