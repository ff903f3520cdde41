"""A small film made of chance, with all that belongs to one, for tests of taking films offline."""

from __future__ import annotations

import random
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from player_app.core.catalogue import AudioRole, CaptionKind, PictureFile
from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.rental import MidFilm, SecondClock, Terms
from player_app.core.stream import (
    CaptionFile,
    CheckedFile,
    PreviewSheets,
    Rendition,
    RenditionKind,
    Segment,
    SegmentList,
)

TERMS = Terms(2_592_000, 172_800, SecondClock.PLAY, MidFilm.FINISH, False, 2, 604_800)
VIDEOS = {"v360": 20_000, "v720": 40_000}
SOUNDS = {"a-main": AudioRole.MAIN, "a-description": AudioRole.DESCRIPTION}
SEGMENTS = 4


@dataclass(frozen=True, slots=True)
class SmallFilm:
    """`files` are what a host has of it, by path; `pictures` what the catalogue has."""

    film_id: str
    list_sha256: str
    listed: SegmentList
    files: dict[str, bytes]
    pictures: dict[str, bytes]

    def put_into(self, folder: Path) -> None:
        for path, data in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def permit(self, address: str) -> Permit:
        """For media whose first playlist has this address."""
        licence = Licence(
            id=f"lic-{self.film_id}",
            issuer="http://127.0.0.1",
            account_id="acc-1",
            device_id="dev-1",
            film_id=self.film_id,
            purpose=Purpose.OFFLINE,
            subscription=False,
            terms=TERMS,
            issued_at=0,
            expires_at=4_000_000_000,
            purchased_at=0,
            started_at=None,
            not_after=None,
            segments_sha256=self.list_sha256,
            keys={},
        )
        return Permit(licence, address, 4_000_000_000, self.listed)

    def picture_files(self) -> tuple[PictureFile, ...]:
        return tuple(
            PictureFile(f"http://127.0.0.1/{name}", 400, 600, len(data), name)
            for name, data in self.pictures.items()
        )


def small_film(film_id: str, segments: int = SEGMENTS) -> SmallFilm:
    """The same for the same id."""
    chance = random.Random(film_id)  # noqa: S311 - bytes of a test
    files: dict[str, bytes] = {}

    def made(path: str, size: int) -> CheckedFile:
        files[path] = chance.randbytes(size)
        return CheckedFile(path, size, sha256(files[path]).hexdigest())

    def rendition(name: str, kind: RenditionKind, size: int) -> Rendition:
        init = made(f"{name}/init.mp4", 700)
        pieces = [made(f"{name}/{number:05}.m4s", size) for number in range(segments)]
        lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:1"]
        lines += ["#EXT-X-PLAYLIST-TYPE:VOD", '#EXT-X-MAP:URI="init.mp4"']
        for number in range(segments):
            lines += ["#EXTINF:1.0,", f"{number:05}.m4s"]
        playlist = f"{name}/index.m3u8"
        files[playlist] = "\n".join([*lines, "#EXT-X-ENDLIST", ""]).encode()
        return Rendition(
            id=name,
            kind=kind,
            bandwidth=size * 8,
            codecs="avc1.42c01e" if kind is RenditionKind.VIDEO else "mp4a.40.2",
            key_id=None,
            playlist=playlist,
            init=init,
            segments=tuple(Segment(each.path, 1000, each.bytes, each.sha256) for each in pieces),
            height=int(name[1:]) if kind is RenditionKind.VIDEO else None,
            role=SOUNDS.get(name),
        )

    renditions = [rendition(name, RenditionKind.VIDEO, size) for name, size in VIDEOS.items()]
    renditions += [rendition(name, RenditionKind.AUDIO, 5_000) for name in SOUNDS]
    files["captions/en.vtt"] = b"WEBVTT\n\n00:01.000 --> 00:02.000\nWords\n"
    words = files["captions/en.vtt"]
    caption = CheckedFile("captions/en.vtt", len(words), sha256(words).hexdigest())
    listed = SegmentList(
        length_ms=segments * 1000,
        renditions=tuple(renditions),
        captions=(CaptionFile(caption, "en", CaptionKind.SDH, "English"),),
        preview=PreviewSheets(1000, 160, 90, 5, 5, (made("previews/0.jpg", 3_000),)),
    )
    shown = [chance.randbytes(1_500) for _ in range(2)]
    pictures = {sha256(each).hexdigest(): each for each in shown}
    list_sha256 = sha256(film_id.encode()).hexdigest()
    return SmallFilm(film_id, list_sha256, listed, files, pictures)


FILMS = tuple(small_film(f"film-{number}") for number in (1, 2, 3))
