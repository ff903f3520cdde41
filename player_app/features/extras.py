"""What lies beside the film: captions and preview pictures, read through its session."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from player_app.core.captions import Cue
from player_app.core.stream import CaptionFile, CheckedFile, PreviewSheets
from player_app.media.playlist import folder_of, is_playlist, read_caption_playlist
from player_app.media.webvtt import read_captions, read_captions_in_parts

CAPTIONS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A preview picture: the file it lies in, and where on it in pixels (x, y, width, height).

    `sha256` is the file's path where its hash is not known.
    """

    sha256: str
    data: bytes
    place: tuple[int, int, int, int]


class Extras:
    """`read` blocks until a file is here; raises what keeps it."""

    def __init__(
        self,
        captions: tuple[CaptionFile, ...],
        previews: PreviewSheets | None,
        read: Callable[[CheckedFile], bytes],
    ) -> None:
        self.captions = captions
        self._previews = previews
        self._read = read

    @property
    def has_previews(self) -> bool:
        return self._previews is not None

    def cues(self, captions: CaptionFile) -> tuple[Cue, ...]:
        """Blocks until the captions are here; raises what keeps them."""
        data = self._read(captions.file)
        if not is_playlist(data):
            return read_captions(data)
        paths = read_caption_playlist(data, folder_of(captions.file.path))
        with contextlib.closing(self._parts(paths)) as parts:
            return read_captions_in_parts(parts)

    def _parts(self, paths: tuple[str, ...]) -> Generator[bytes]:
        """The files in their order, a few at once: whoever reads them may have enough any time."""
        files = [CheckedFile(path, None, None) for path in paths]
        with ThreadPoolExecutor(CAPTIONS_AT_ONCE, thread_name_prefix="captions") as together:
            for first in range(0, len(files), CAPTIONS_AT_ONCE):
                yield from together.map(self._read, files[first : first + CAPTIONS_AT_ONCE])

    def preview(self, position_ms: int) -> Sheet | None:
        """The small picture for a position. Blocks until its sheet is here."""
        found = self._previews
        if found is None or not found.sheets:
            return None
        number = max(0, position_ms) // found.interval_ms
        sheet, place = divmod(number, found.columns * found.rows)
        if sheet >= len(found.sheets):
            return None
        row, column = divmod(place, found.columns)
        data = self._read(found.sheets[sheet])
        width, height = found.tile_width, found.tile_height
        return Sheet(
            found.sheets[sheet].sha256 or found.sheets[sheet].path,
            data,
            (column * width, row * height, width, height),
        )
