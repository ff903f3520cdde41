"""Makes films from their descriptions: draws, speaks, packages, and saves stills."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from player_app.reference_service.studio import captions, package, render, speech
from player_app.reference_service.studio.film import Film, Samples
from player_app.reference_service.studio.sound import mixed

_STILL_BYTES = 60_000


def still(film: Film, t: float, width: int = 960) -> Image.Image:
    picture = Image.fromarray(render.frame(film, t)).convert("RGB")
    return picture.resize((width, width * 9 // 16), Image.Resampling.LANCZOS)


def write_stills(film: Film, folder: Path) -> None:
    """Four pictures from the film, each of at most 60 KB."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, t in enumerate(film.stills_s, 1):
        picture = still(film, t)
        for quality in range(88, 30, -6):
            data = io.BytesIO()
            picture.save(data, "JPEG", quality=quality, optimize=True, progressive=True)
            if len(data.getvalue()) <= _STILL_BYTES:
                break
        (folder / f"still-{number}.jpg").write_bytes(data.getvalue())


def write_film(film: Film, folder: Path) -> None:
    """Draws and packages the film into the folder, which is made anew."""
    with TemporaryDirectory() as name:
        scratch = Path(name)
        tracks, heard = _sound(film, scratch)
        frames = scratch / "frames.mkv"
        render.draw(film, frames)
        pictures: list[package.Track] = []
        for height, bits in ((360, film.bits_360), (720, film.bits_720)):
            clear = scratch / f"v{height}.mp4"
            package.encode_video(frames, clear, height, bits, scratch)
            size = {"width": height * 16 // 9, "height": height, "frame_rate": 24.0}
            pictures.append(package.Track(f"v{height}", clear, {"kind": "video", **size}))
        if folder.exists():
            shutil.rmtree(folder)
        made = [package.write_rendition(folder, track) for track in (*pictures, *tracks)]
        renditions = [entry for entry, _ in made]
        chapters = [{"start_ms": round(c.at_s * 1000), "title": c.title} for c in film.chapters]
        package.write_master(folder, renditions)
        package.write_json(folder / "chapters.json", chapters)
        english, french = captions.for_the_deaf(film, heard), captions.in_french(heard)
        package.write_json(
            folder / "package.json",
            {
                "length_ms": film.length_s * 1000,
                "renditions": renditions,
                "captions": [
                    package.write_caption(folder, "en", "sdh", "English (SDH)", english),
                    package.write_caption(folder, "fr", "subtitles", "Français", french),
                ],
                "preview": package.write_preview(folder, frames),
                "chapters": chapters,
                "content_keys": {str(entry["key"]): key for entry, key in made},
            },
        )


def _sound(film: Film, scratch: Path) -> tuple[list[package.Track], list[captions.Spoken]]:
    """The sound's tracks, encoded, and when each line of the narration is heard."""
    voice = speech.voice(film.voice)
    narration, heard = render.spoken(voice, film.lines, film.pace, film.length_s)
    render.check_quiet(film, heard)
    music = film.music()
    tracks = [_track(scratch, "main", "English", mixed(narration, music, film.tone_times()))]
    if film.description:
        other = speech.voice("heart" if film.voice == "joe" else "joe")
        described, times = render.spoken(other, film.description, 0.94, film.length_s)
        _check_apart(heard, times)
        both = mixed(narration + described, music, film.tone_times())
        tracks.append(_track(scratch, "description", "English audio description", both))
    return tracks, heard


def _track(scratch: Path, role: str, name: str, samples: Samples) -> package.Track:
    wav, clear = scratch / f"{role}.wav", scratch / f"{role}.mp4"
    render.write_wav(wav, samples)
    package.encode_audio(wav, clear, 52_000)
    facts: dict[str, object] = {"kind": "audio", "role": role, "language": "en", "name": name}
    return package.Track(f"a-{role}", clear, facts)


def _check_apart(heard: list[captions.Spoken], described: list[captions.Spoken]) -> None:
    for line in heard:
        for other in described:
            if line.at_s < other.until_s + 0.1 and other.at_s < line.until_s + 0.1:
                place = f"{other.at_s}–{other.until_s:.2f} s"
                raise ValueError(f"the description “{other.text}” ({place}) meets “{line.text}”")
