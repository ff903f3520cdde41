"""Prints the pictures: draws each film's art in its sizes, sets the title, writes the index."""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import skia
from PIL import Image

from player_app.reference_service.studio.canvas import face, fill, write
from player_app.reference_service.studio.pictures.gallery import GALLERY
from player_app.reference_service.studio.pictures.sheet import (
    BACKDROP,
    POSTER,
    STILL,
    Art,
    Sheet,
    Title,
    grained,
)

_DEMO = Path(__file__).parents[4] / "resources" / "demo"
_POSTER_BYTES = {800: 110_000, 400: 35_000}
_BACKDROP_BYTES = {1920: 160_000, 960: 45_000}
_STILL_BYTES = 70_000


def make(slugs: Sequence[str] = (), to: Path = _DEMO) -> None:
    """Draws the pictures of these films (none means all) and lists every picture there is."""
    pictures = to / "pictures"
    for slug in slugs or GALLERY:
        _print_film(slug, GALLERY[slug], to, pictures / slug)
        print(slug)
    write_index(pictures)


def write_index(pictures: Path) -> None:
    """Lists the folder's pictures with their sizes, hashes and colours."""
    index = {
        path.relative_to(pictures).as_posix(): _entry(path)
        for path in sorted(pictures.glob("*/*.jpg"))
    }
    text = json.dumps(index, indent=1, sort_keys=True)
    (pictures / "index.json").write_text(text + "\n", "utf-8")


def _print_film(slug: str, art: Art, demo: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    film = json.loads((demo / "catalogue" / "films" / f"{slug}.json").read_text("utf-8"))
    byline = "A film by " + " and ".join(film["directors"])
    seed = zlib.crc32(slug.encode())
    _write(_poster(art, byline), art.grain, seed, folder / "poster", _POSTER_BYTES)
    _write(_wide(art, 1920, BACKDROP), art.grain * 0.4, seed, folder / "backdrop", _BACKDROP_BYTES)
    if film["streams"]:
        return
    for number, view in enumerate(art.views, 1):
        still = _wide(art, 960, STILL, view)
        _save(
            _inked(still, art.grain * 0.5, seed + number),
            folder / f"still-{number}.jpg",
            _STILL_BYTES,
        )


def untitled_poster(art: Art) -> skia.Surface:
    surface = skia.Surface(800, 1200)
    canvas = surface.getCanvas()
    with skia.AutoCanvasRestore(canvas):
        canvas.translate(400, 600)
        canvas.scale(400, 400)
        art.draw(Sheet(canvas, POSTER, -1, -1.5, 1, 1.5))
    return surface


def _poster(art: Art, byline: str) -> skia.Surface:
    surface = untitled_poster(art)
    _set_title(surface.getCanvas(), art.title, byline)
    return surface


def _wide(
    art: Art, width: int, kind: str, view: tuple[float, float, float] | None = None
) -> skia.Surface:
    """A wide picture: a backdrop has its subject on the right, a still looks where it is told."""
    height = width * 9 // 16
    surface = skia.Surface(width, height)
    canvas = surface.getCanvas()
    near, x, y = view or (0.98, 0, art.lift)
    unit = height / 2 * near
    middle = width / 2 if view else width * 0.67
    canvas.translate(middle, height / 2)
    canvas.scale(unit, unit)
    canvas.translate(-x, -y)
    edges = (x - middle / unit, y - height / 2 / unit)
    far = (x + (width - middle) / unit, y + height / 2 / unit)
    art.draw(Sheet(canvas, kind, *edges, *far))
    return surface


def _set_title(canvas: skia.Canvas, title: Title, byline: str) -> None:
    paint = fill(title.colour)
    letters = face(italic=title.italic)
    y = title.y
    for line in title.lines:
        write(canvas, line, title.x, y, title.size, paint, letters, align=title.align)
        y += title.size * title.leading
    small = fill(title.byline or title.colour)
    y += 30 - title.size * title.leading + 24
    write(canvas, byline, title.x, y, 27, small, face(italic=True), align=title.align)


def _inked(surface: skia.Surface, grain: float, seed: int) -> Image.Image:
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.ColorType.kRGBA_8888_ColorType)
    whole = grained(pixels[..., :3].astype(np.float32), grain, seed)
    return Image.fromarray(whole.round().astype(np.uint8))


def _write(
    surface: skia.Surface, grain: float, seed: int, stem: Path, limits: dict[int, int]
) -> None:
    picture = _inked(surface, grain, seed)
    for width, limit in limits.items():
        height = round(picture.height * width / picture.width)
        small = picture.resize((width, height), Image.Resampling.LANCZOS)
        _save(small, stem.with_name(f"{stem.name}-{width}.jpg"), limit)


def _save(picture: Image.Image, path: Path, limit: int) -> None:
    """Saves at the best quality that keeps within the limit of bytes."""
    for quality in range(64, 10, -3):
        data = io.BytesIO()
        picture.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
        if data.tell() <= limit:
            path.write_bytes(data.getvalue())
            return
    raise ValueError(f"{path.name} can't be kept within {limit} bytes")


def _entry(path: Path) -> dict[str, object]:
    data = path.read_bytes()
    with Image.open(io.BytesIO(data)) as picture:
        few = picture.convert("RGB").resize((48, 48)).quantize(5).convert("RGB")
        shades = np.asarray(few).reshape(-1, 3)
        kinds, counts = np.unique(shades, axis=0, return_counts=True)
        red, green, blue = kinds[counts.argmax()].tolist()
        return {
            "width": picture.width,
            "height": picture.height,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "colour": f"#{red:02x}{green:02x}{blue:02x}",
        }
