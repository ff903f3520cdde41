"""The bench's films, made by ffmpeg below a temporary folder and never committed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from player_app.reference_service.studio.fragments import boxes

RATE_KBPS = 2700
SEGMENT_S = 6
MINUTES = 10


def source(folder: Path, minutes: int = MINUTES) -> Path:
    """A 720p film of moving noise at 2.7 Mbit/s with sound: one encoded minute, repeated."""
    minute, whole = folder / "minute.mp4", folder / "film.mp4"
    _ffmpeg(
        *("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=24"),
        *("-f", "lavfi", "-i", "sine=frequency=220:sample_rate=48000"),
        *("-vf", "noise=alls=12:allf=t,format=yuv420p", "-t", "60"),
        *("-c:v", "libx264", "-preset", "veryfast", "-b:v", f"{RATE_KBPS}k"),
        *("-minrate", f"{RATE_KBPS}k", "-maxrate", f"{RATE_KBPS}k", "-bufsize", "2700k"),
        *("-g", str(24 * SEGMENT_S), "-keyint_min", str(24 * SEGMENT_S), "-sc_threshold", "0"),
        *("-bf", "0", "-c:a", "aac", "-b:a", "96k", str(minute)),
    )
    _ffmpeg("-stream_loop", str(minutes - 1), "-i", str(minute), "-c", "copy", str(whole))
    return whole


def ordinary_hls(film: Path, folder: Path) -> Path:
    """The film packaged as most services do: fMP4 HLS, one fragment a segment, in clear."""
    return _hls(film, folder, ())


def fragmented_hls(film: Path, folder: Path) -> Path:
    """The same with fragments of half a second."""
    playlist = _hls(film, folder, ("-hls_segment_options", "frag_duration=500000"))
    # ffmpeg writes the fragments of the first segment into the initialisation
    init, first = folder / "init.mp4", folder / "index0.m4s"
    data = init.read_bytes()
    at = next(box.start for box in boxes(data) if box.kind == b"moof")
    init.write_bytes(data[:at])
    first.write_bytes(data[at:] + first.read_bytes())
    return playlist


def ts_hls(film: Path, folder: Path) -> Path:
    """The film in an MPEG transport stream's segments, in clear."""
    folder.mkdir()
    playlist = folder / "index.m3u8"
    _ffmpeg(
        *("-i", str(film), "-c", "copy", "-f", "hls", "-hls_time", str(SEGMENT_S)),
        *("-hls_playlist_type", "vod", str(playlist)),
    )
    return playlist


def _hls(film: Path, folder: Path, options: tuple[str, ...]) -> Path:
    folder.mkdir()
    playlist = folder / "index.m3u8"
    _ffmpeg(
        *("-i", str(film), "-c", "copy", "-f", "hls", "-hls_time", str(SEGMENT_S)),
        *("-hls_playlist_type", "vod", "-hls_segment_type", "fmp4", *options, str(playlist)),
    )
    return playlist


def _ffmpeg(*arguments: str) -> None:
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-nostdin", "-y", *arguments]
    subprocess.run(command, check=True)
