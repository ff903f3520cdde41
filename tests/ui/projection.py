"""A film that stands still where a test wants it, its picture on the real video surface."""

from __future__ import annotations

import ctypes
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from player_app.core.captions import Cue
from player_app.core.catalogue import AudioRole, CaptionKind
from player_app.core.playback import PlaybackState
from player_app.core.stream import CaptionFile, CheckedFile, Rendition, RenditionKind
from player_app.features.extras import Sheet
from player_app.media.engine import PictureShape, Plane
from player_app.media.webvtt import read_captions
from player_app.ui.video_surface import VideoSurface
from tests.ui.samples import PICTURES, STREAMS

Plain = npt.NDArray[np.uint8]
PREVIEWS_A_SHEET = 30
NOT_RUNNING_YET = 1e12
"""An anchor so far ahead that a playing film stays at its position."""


@dataclass
class Projection:
    """Answers for both the feature that opens a film and the playback that it gives."""

    surface: VideoSurface
    still: Path | None
    state: PlaybackState
    videos: tuple[Rendition, ...]
    audios: tuple[Rendition, ...]
    captions: tuple[CaptionFile, ...]
    audio: Rendition | None
    sheets: tuple[bytes, ...] = ()
    cue_files: tuple[bytes, ...] = ()
    sought: list[int] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    volume: int = 100
    muted: bool = False
    retried: int = 0

    @property
    def video(self) -> Rendition:
        return self.videos[-1]

    @property
    def has_previews(self) -> bool:
        return bool(self.sheets)

    def open(
        self, _film_id: str, _from_ms: int | None, _taste: Any, hear: Any, _wishes: Any
    ) -> Projection:
        hear(self.state)
        if self.still is not None:
            show(self.surface, self.still)
        return self

    def close(self) -> None:
        return None

    def retry_now(self) -> None:
        self.retried += 1

    def set_volume(self, volume: int) -> None:
        self.volume = volume

    def set_muted(self, *, muted: bool) -> None:
        self.muted = muted

    def set_rate(self, rate: float) -> None:
        self.rates.append(rate)

    def seek(self, position_ms: int) -> None:
        self.sought.append(position_ms)

    def cues(self, captions: CaptionFile) -> tuple[Cue, ...]:
        return read_captions(self.cue_files[self.captions.index(captions)])

    def preview(self, position_ms: int) -> Sheet | None:
        sheet, tile = divmod(position_ms // 2000, PREVIEWS_A_SHEET)
        if sheet >= len(self.sheets):
            return None
        place = (tile % 5 * 160, tile // 5 * 90, 160, 90)
        return Sheet(f"sheet-{sheet}", self.sheets[sheet], place)


def projected(
    slug: str, state: PlaybackState, still: str | None = "still-2", *, described: bool = False
) -> Callable[[VideoSurface], Projection]:
    """A film of the demo, with the renditions, captions and previews of its own package."""
    folder = STREAMS / slug
    told = json.loads((folder / "package.json").read_text("utf-8"))
    renditions = tuple(_rendition(each) for each in told["renditions"])
    audios = tuple(each for each in renditions if each.kind is RenditionKind.AUDIO)
    captions = tuple(
        CaptionFile(
            CheckedFile(c["path"], c["bytes"], c["sha256"]),
            c["language"],
            CaptionKind(c["kind"]),
            c["name"],
        )
        for c in told["captions"]
    )
    role = AudioRole.DESCRIPTION if described else AudioRole.MAIN
    return lambda surface: Projection(
        surface=surface,
        still=PICTURES / slug / f"{still}.jpg" if still is not None else None,
        state=state,
        videos=tuple(each for each in renditions if each.kind is RenditionKind.VIDEO),
        audios=audios,
        captions=captions,
        audio=next(each for each in audios if each.role is role),
        sheets=tuple((folder / s["path"]).read_bytes() for s in told["preview"]["sheets"]),
        cue_files=tuple((folder / each.file.path).read_bytes() for each in captions),
    )


def unstreamed(
    slug: str, state: PlaybackState, still: str = "still-1", caption: str = ""
) -> Callable[[VideoSurface], Projection]:
    """A long film of the catalogue: one rendition, no previews, one caption of these words."""
    words = f"WEBVTT\n\n00:00.000 --> 00:50.000\n{caption}\n".encode()
    video = Rendition("v720", RenditionKind.VIDEO, 380_000, "", None, "", None, ())
    file = CaptionFile(CheckedFile("en.vtt", len(words), ""), "en", CaptionKind.SDH, "English")
    return lambda surface: Projection(
        surface=surface,
        still=PICTURES / slug / f"{still}.jpg",
        state=state,
        videos=(video,),
        audios=(),
        captions=(file,) if caption else (),
        audio=None,
        cue_files=(words,) if caption else (),
    )


def show(surface: VideoSurface, still: Path) -> None:
    """Hand a picture to the surface as libVLC does: three planes, in the colours of video."""
    with Image.open(still) as image:
        rgb = np.asarray(image.convert("RGB").resize((1280, 720)), np.float64) / 255
    shape = PictureShape(1280, 720)
    places = surface.begin(shape)
    addresses = surface.lock()
    for plane, address, place in zip(i420(rgb), addresses, places, strict=True):
        _write(plane, address, place)
    surface.display()


def i420(rgb: npt.NDArray[np.float64]) -> tuple[Plain, Plain, Plain]:
    """BT.709, video range."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        np.rint(16 + 219 * luma).astype(np.uint8),
        _halved(128 + 224 * (blue - luma) / 1.8556),
        _halved(128 + 224 * (red - luma) / 1.5748),
    )


def _halved(plane: npt.NDArray[np.float64]) -> Plain:
    rows, columns = plane.shape
    mean: npt.NDArray[np.float64] = plane.reshape(rows // 2, 2, columns // 2, 2).mean(axis=(1, 3))
    return np.rint(mean).astype(np.uint8)


def _write(plane: Plain, address: int, place: Plane) -> None:
    memory = (ctypes.c_uint8 * (place.pitch * place.lines)).from_address(address)
    rows = np.ctypeslib.as_array(memory).reshape(place.lines, place.pitch)
    rows[: plane.shape[0], : plane.shape[1]] = plane


def _rendition(told: dict[str, Any]) -> Rendition:
    return Rendition(
        id=told["id"],
        kind=RenditionKind(told["kind"]),
        bandwidth=told["bandwidth"],
        codecs=told["codecs"],
        key_id=None,
        playlist=told["playlist"],
        init=None,
        segments=(),
        width=told.get("width"),
        height=told.get("height"),
        role=AudioRole(told["role"]) if "role" in told else None,
        language=told.get("language"),
        name=told.get("name"),
    )
