"""Every film of the demo has its posters and stills, as large as the format says."""

import json
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import skia

from player_app.reference_service.studio.canvas import face
from player_app.reference_service.studio.pictures.gallery import GALLERY
from player_app.reference_service.studio.pictures.press import untitled_poster

FILMS = Path(__file__).parents[2] / "resources" / "demo" / "catalogue" / "films"


def luminance(rgb: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    part = rgb / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def test_every_film_has_art_and_its_poster_bears_its_title() -> None:
    films = [json.loads(path.read_text("utf-8")) for path in FILMS.glob("*.json")]
    assert {film["slug"] for film in films} == {*GALLERY}
    for film in films:
        assert " ".join(GALLERY[film["slug"]].title.lines) == film["title"]


@pytest.mark.parametrize("slug", GALLERY)
def test_a_poster_s_title_stands_out_and_stays_on_the_sheet(slug: str) -> None:
    title = GALLERY[slug].title
    ground = untitled_poster(GALLERY[slug]).makeImageSnapshot()
    pixels = ground.toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)[..., :3]
    font = skia.Font(face(italic=title.italic), title.size)
    ink = luminance(np.array([int(title.colour[i : i + 2], 16) for i in (1, 3, 5)], float))
    for number, line in enumerate(title.lines):
        width = font.measureText(line)
        left = round(title.x - width * title.align)
        base = round(title.y + number * title.size * title.leading)
        assert left >= 0
        assert left + width <= 800 - 20
        behind = pixels[base - round(title.size * 0.7) : base, left : left + round(width)]
        shade = luminance(behind.astype(float))
        contrast = (np.maximum(shade, ink) + 0.05) / (np.minimum(shade, ink) + 0.05)
        assert np.percentile(contrast, 3) >= 4.5
    assert base + 60 <= 1200 - 12
