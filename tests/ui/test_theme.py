"""Every pair of text and ground of the theme can be read: at least 4.5 to 1."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtQml import QQmlComponent, QQmlEngine

from player_app.ui.application import QML

GROUNDS = ("ground0", "ground1", "ground2")
TEXTS = ("text1", "text2", "text3", "accent", "danger", "good", "info")
PAIRS = [
    *itertools.product(TEXTS, GROUNDS),
    ("accentText", "accent"),
    ("accentText", "accentHover"),
    ("accentText", "accentPressed"),
]
SCRIMMED = "white_below_the_scrim"
EDGES = [("edge", "ground0"), ("edge", "ground1"), ("accent", "ground0")]


def colours(choice: str) -> dict[str, QColor]:
    engine = QQmlEngine()
    engine.addImportPath(str(QML))
    component = QQmlComponent(engine)
    names = sorted({name for pair in (*PAIRS, *EDGES) for name in pair})
    lines = "".join(f"property color its_{name}: Theme.{name}\n" for name in names)
    lines += "readonly property real left: 1 - Theme.scrim\n"
    lines += "property color its_white_below_the_scrim: Qt.rgba(left, left, left, 1)\n"
    source = f"import QtQuick\nimport Verite\nQtObject {{\n{lines}\n"
    source += f'Component.onCompleted: Theme.choice = "{choice}" }}'
    component.setData(source.encode(), QUrl())
    found = component.create()
    assert found is not None, component.errorString()
    return {name: found.property(f"its_{name}") for name in (*names, SCRIMMED)}


def luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_every_text_can_be_read_on_every_ground(qapp: QGuiApplication, choice: str) -> None:
    del qapp
    theme = colours(choice)
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in PAIRS}

    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("choice", ["dark", "light"])
def test_the_edges_of_controls_can_be_seen(qapp: QGuiApplication, choice: str) -> None:
    del qapp
    theme = colours(choice)

    assert all(contrast(theme[one], theme[other]) >= 3 for one, other in EDGES)


def test_the_players_words_can_be_read_over_a_white_picture(qapp: QGuiApplication) -> None:
    del qapp
    theme = colours("dark")

    assert all(
        contrast(theme[text], theme[SCRIMMED]) >= 4.5 for text in ("text1", "text2", "accent")
    )
