"""The QML check knows the Python types: it passes what is right and sees what is misspelt."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer.workshop.checks.qml import QmlWrong, lint

VIEW_MODEL = """
from PySide6.QtCore import QAbstractListModel, Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

QML_IMPORT_NAME = "Sample.Python"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class SampleRows(QAbstractListModel):
    pass


@QmlElement
@QmlUncreatable("made in Python")
class SampleViewModel(QObject):
    changed = Signal()

    @Property(str, notify=changed)
    def rentLabel(self) -> str:
        return "Rent £1"

    @Property(QObject, constant=True)
    def rows(self) -> QObject:
        return self._rows

    @Slot()
    def rent(self) -> None:
        pass
"""

PAGE = """
pragma ComponentBehavior: Bound

import QtQuick
import Sample.Python

Text {
    id: page

    required property SampleViewModel film

    text: page.film.rentLabel

    TapHandler {
        onTapped: page.film.rent()
    }
}
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "sample_view_model.py").write_text(VIEW_MODEL, encoding="utf-8")
    parts = tmp_path / "qml" / "Sample"
    parts.mkdir(parents=True)
    (parts / "Page.qml").write_text(PAGE, encoding="utf-8")
    return tmp_path


def check(tree: Path) -> int:
    return lint(tree / "qml", [tree / "sample_view_model.py"], tree / "build")


def misspell(tree: Path, right: str, wrong: str) -> None:
    page = tree / "qml" / "Sample" / "Page.qml"
    text = page.read_text(encoding="utf-8")
    assert right in text
    page.write_text(text.replace(right, wrong), encoding="utf-8")


def test_a_page_that_names_its_view_models_properties_passes(tree: Path) -> None:
    assert check(tree) == 1


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("film.rentLabel", "film.rentLable"),
        ("film.rent()", "film.rant()"),
        ("    text:", "    txet:"),
    ],
)
def test_a_misspelt_name_fails_the_check_and_is_named(tree: Path, right: str, wrong: str) -> None:
    misspell(tree, right, wrong)
    with pytest.raises(QmlWrong, match=wrong.strip(" :()").rpartition(".")[2]):
        check(tree)


def test_a_view_model_that_qml_does_not_know_fails_the_check(tree: Path) -> None:
    misspell(tree, "property SampleViewModel film", "property SampleVeiwModel film")
    with pytest.raises(QmlWrong, match="SampleVeiwModel"):
        check(tree)
