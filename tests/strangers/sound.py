"""What libVLC would have sent to a loudspeaker, written into a file instead."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np

from tests.edge_code import find_tones

HEADER_BYTES = 44


def into_file(path: Path) -> tuple[str, ...]:
    """Options of the engine: its sound is written as 16-bit samples."""
    return ("--aout=afile", f"--audiofile-file={path}", "--audiofile-format=s16")


def tones_s(path: Path) -> list[float]:
    """When the marker tones begin, in seconds of the sound that was written until now."""
    sound = path.read_bytes()
    channels, rate = struct.unpack_from("<HI", sound, 22)
    count = (len(sound) - HEADER_BYTES) // (2 * channels) * channels
    samples = np.frombuffer(sound, "<i2", count, HEADER_BYTES)
    return find_tones(samples.reshape(-1, channels), rate)
