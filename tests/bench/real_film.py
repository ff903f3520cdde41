"""Big Buck Bunny as a packaged film: a real one of ten minutes, made once below build/.

(c) 2008 Blender Foundation, CC BY 3.0. It lies in the source archive of moviepy on PyPI.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.media.packaging import Recipe, _ffmpeg, _rendition

FOLDER = Path(__file__).resolve().parents[2] / "build" / "big-buck-bunny"
ARCHIVE = "moviepy==2.2.1"
ARCHIVE_SHA256 = "c80cb56815ece94e5e3e2d361aa40070eeb30a09d23a24c4e684d03e16deacb1"
INNER = "docs/_static/medias/getting_started/moviepy_10_minutes/moviepy_10_minutes.zip"
FILM = "moviepy_10_minutes/resources/bbb.mp4"
FILM_SHA256 = "475fbbf34c4c367998f80c29ea03b15a743941179b12da3373fc6706e68621d0"
FRAME_RATE = 24.0
FACTS = {"width": 1280, "height": 720, "frame_rate": FRAME_RATE}
LENGTH_MS = 596_458
LOOKS = "looks.gray"
LOOK_ROWS, LOOK_COLUMNS = 18, 32


def real_film(folder: Path = FOLDER) -> tuple[Path, dict[str, Any]]:
    """The folder of the film, packaged as docs/demo-format.md says, and its package.json.

    The picture is as its makers encoded it, cut at each of its key frames: segments last from 1 to
    5.5 s. The first call downloads 58 MB; later ones find the film made.
    """
    if not (folder / "package.json").is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
            made = Path(scratch) / "film"
            _package(_downloaded(Path(scratch)), made)
            if not folder.exists():
                made.rename(folder)
    found: dict[str, Any] = json.loads((folder / "package.json").read_text())
    return folder, found


def looks_of(folder: Path = FOLDER) -> NDArray[np.uint8]:
    """What each picture of the film looks like from afar: its brightness in 18 rows of 32 fields.

    It tells which picture another decoder shows; the film itself has no numbers on its pictures.
    """
    looks = np.frombuffer((folder / LOOKS).read_bytes(), np.uint8)
    return looks.reshape(-1, LOOK_ROWS, LOOK_COLUMNS)


def _downloaded(scratch: Path) -> Path:
    wanted = scratch / "wanted.txt"
    wanted.write_text(f"{ARCHIVE} --hash=sha256:{ARCHIVE_SHA256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    pip += ["--no-deps", "--no-binary", "moviepy", "--require-hashes"]
    subprocess.run([*pip, "--requirement", str(wanted), "--dest", str(scratch)], check=True)
    (archive,) = scratch.glob("moviepy-*.tar.gz")
    with tarfile.open(archive) as opened:
        inner = opened.extractfile(f"{archive.name.removesuffix('.tar.gz')}/{INNER}")
        assert inner is not None
        data = zipfile.ZipFile(io.BytesIO(inner.read())).read(FILM)
    assert sha256(data).hexdigest() == FILM_SHA256
    film = scratch / "film.mp4"
    film.write_bytes(data)
    return film


def _package(film: Path, folder: Path) -> None:
    folder.mkdir()
    recipe, keys = Recipe(segment_s=1, sound_segment_s=4), dict[str, str]()
    video = {"id": "v720", "kind": "video", "bandwidth": 545_000, **FACTS}
    audio = {"id": "a-main", "kind": "audio", "bandwidth": 128_000, "role": "main"}
    audio |= {"language": "en", "name": "English"}
    renditions = [
        _rendition(folder, _alone(film, kind), facts, keys, recipe)
        for kind, facts in (("v", video), ("a", audio))
    ]
    shutil.rmtree(folder / "scratch")
    afar = f"scale={LOOK_COLUMNS}:{LOOK_ROWS}:flags=area,format=yuv420p,extractplanes=y"
    _ffmpeg("-i", str(film), "-vf", afar, "-f", "rawvideo", str(folder / LOOKS))
    found = {"length_ms": LENGTH_MS, "renditions": renditions, "captions": [], "preview": None}
    (folder / "package.json").write_text(json.dumps(found | {"content_keys": keys}))


def _alone(film: Path, kind: str) -> Path:
    target = film.with_name(f"{kind}.mp4")
    _ffmpeg("-i", str(film), "-map", f"0:{kind}", "-c", "copy", str(target))
    return target
