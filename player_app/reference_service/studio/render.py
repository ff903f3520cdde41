"""Draws a film's frames into a lossless file and speaks and mixes its sound into WAV files."""

from __future__ import annotations

import subprocess
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import skia

from player_app.reference_service.studio import sound, speech
from player_app.reference_service.studio.captions import Spoken
from player_app.reference_service.studio.edge_code import CELLS, edge_code
from player_app.reference_service.studio.film import (
    FRAMES_PER_SECOND,
    HEIGHT,
    SAMPLE_RATE,
    WIDTH,
    Film,
    Line,
    Samples,
)

_BT709 = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"


def frame(film: Film, t: float) -> np.ndarray:
    """One picture of the film, as RGBA without edge code."""
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.ColorType.kRGBA_8888_ColorType)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    film.draw(canvas, t)
    surface.flushAndSubmit()
    return pixels


def draw(film: Film, path: Path) -> None:
    """Every frame, into a lossless H.264 file."""
    size = ["-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAMES_PER_SECOND)]
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba", *size]
    command += ["-i", "-", "-vf", _BT709, "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0"]
    with subprocess.Popen([*command, str(path)], stdin=subprocess.PIPE) as encoder:
        if encoder.stdin is None:
            raise RuntimeError("ffmpeg has no input")
        for number in range(film.length_s * FRAMES_PER_SECOND):
            pixels = frame(film, number / FRAMES_PER_SECOND)
            if film.wears_edge_code:
                _wear(pixels, number)
            encoder.stdin.write(pixels.tobytes())
            if number % 240 == 0:
                print(f"{film.slug}: frame {number}", flush=True)
        encoder.stdin.close()
        if encoder.wait():
            raise RuntimeError(f"ffmpeg could not write {film.slug}")


def spoken(voice: speech.Voice, lines: Sequence[Line], pace: float, length_s: int) -> Narration:
    """The lines, none before its time nor over another, and when each one is heard."""
    track = sound.silence(length_s)
    heard: list[Spoken] = []
    for line in lines:
        samples = voice.say(line.spoken or line.text, pace)
        at_s = max(line.at_s, heard[-1].until_s + 0.3) if heard else line.at_s
        sound.lay(track, samples, at_s)
        heard.append(Spoken(at_s, at_s + len(samples) / SAMPLE_RATE, line.text, line.french))
    return track, heard


Narration = tuple[Samples, list[Spoken]]


def write_wav(path: Path, samples: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def check_quiet(film: Film, heard: Sequence[Spoken]) -> None:
    """Narration must pause half a second either side of a marker tone, and end in time."""
    for line in heard:
        for at_s in film.tone_times():
            if line.at_s < at_s + 0.62 and line.until_s > at_s - 0.5:
                raise ValueError(f"“{line.text}” {line.at_s}–{line.until_s:.2f} meets a tone")
        if line.until_s > film.length_s - 0.3:
            raise ValueError(f"“{line.text}” ends at {line.until_s:.2f} s, after the film")


def _wear(pixels: np.ndarray, number: int) -> None:
    top = HEIGHT - HEIGHT // 30
    for cell, white in enumerate(edge_code(number)):
        left, right = (round(WIDTH * edge / CELLS) for edge in (cell, cell + 1))
        pixels[top:, left:right, :3] = 255 if white else 0
