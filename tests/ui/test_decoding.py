"""Pictures of the three formats of the contract are decoded, whatever Qt's thread does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from player_app.ui.picture_provider import decoded

WHOLE = QSize()
ENOUGH_S = 60
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M0 0h9"/></svg>'


def encoded(form: str) -> bytes:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(form.encode())).write(image)
    return bytes(buffer.data().data())


@pytest.mark.parametrize("form", ["jpeg", "png", "webp"])
def test_pictures_of_the_contract_are_decoded(qapp: QGuiApplication, form: str) -> None:  # noqa: ARG001
    image = decoded(encoded(form), WHOLE)

    assert image is not None
    assert (image.width(), image.height()) == (40, 30)


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", b"RIFF\n\0\0\0WEBPVP8 ", SVG, b"GIF89a"],
)
def test_anything_else_is_no_picture(qapp: QGuiApplication, content: bytes) -> None:  # noqa: ARG001
    assert decoded(content, WHOLE) is None


def test_other_formats_that_qt_knows_are_not_decoded(qapp: QGuiApplication) -> None:  # noqa: ARG001
    assert decoded(encoded("bmp"), WHOLE) is None


def test_decoding_and_qts_thread_never_wait_for_each_other(
    qapp: QGuiApplication,  # noqa: ARG001
    tmp_path: Path,
) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(encoded("png"))

    ended = subprocess.run(
        [sys.executable, "-m", "tests.ui.locks_errand", str(picture)], timeout=ENOUGH_S, check=False
    )

    assert ended.returncode == 0
