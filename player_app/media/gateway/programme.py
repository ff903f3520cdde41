"""Picture and sound of a film given to libVLC as one stream, where their packaging allows it.

libVLC 3 shows the first picture of a stream with both in it after the first fragment, but of two
streams side by side only after the whole first segment of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from player_app.core.stream_errors import PlaylistError
from player_app.media.fragments import Part, Splitter, joined, sound_track, timescale
from player_app.media.gateway.tracks import Track

LONGEST_FRAGMENT_S = 1.1
SAME_TIMELINE_S = 1.0
_NO_MORE = Part(float("inf"), b"")


@dataclass(frozen=True, slots=True)
class Programme:
    """How two tracks become one: its initialisation, and their units of time, a second each.

    The segments are the picture's; each gets the fragments of sound that begin in its time.
    """

    picture: Track
    sound: Track
    init: bytes
    picture_units: int
    sound_units: int
    sound_track: int

    def sounds_of(self, index: int) -> range:
        """The pieces of sound that reach into the time of this piece of picture."""
        first = self.sound.index_at(self.picture.pieces[index].start_ms)
        if index + 1 == len(self.picture.pieces):
            return range(first, len(self.sound.pieces))
        return range(first, self.sound.index_at(self.picture.pieces[index + 1].start_ms) + 1)

    def mixed(
        self, index: int, picture: Iterator[bytes], sounds: Iterator[Iterator[bytes]]
    ) -> Iterator[bytes]:
        """One segment of both, from the plain bytes of its pieces; b"" means: nothing yet.

        Behind each fragment of picture comes sound until a little after its beginning: libVLC
        loses sound that comes much later, and shows no picture that comes much later.
        """
        pictures = _parts(picture, Splitter(self.picture_units))
        splitters = (
            Splitter(self.sound_units, self.sound_track) for _each in self.sounds_of(index)
        )
        heard = chain.from_iterable(map(_parts, sounds, splitters))
        begin_s = end_s = 0.0
        latest_s = None
        for part in pictures:
            if part is None:
                yield b""
                continue
            if latest_s is None:
                begin_s, end_s = self._time_of(index, part.at)
                latest_s = begin_s - 1
            yield part.data
            while latest_s <= min(part.at, end_s):
                sound = next(heard, _NO_MORE)
                latest_s = latest_s if sound is None else sound.at
                yield sound.data if sound is not None and begin_s <= sound.at < end_s else b""
        for sound in heard if latest_s is not None and latest_s < end_s else ():
            if sound is not None and sound.at >= end_s:
                break
            yield sound.data if sound is not None and begin_s <= sound.at else b""

    def _time_of(self, index: int, first_s: float) -> tuple[float, float]:
        """From when to when fragments of sound belong to this piece, whose first picture is given.

        Only a film whose times don't begin at 0 has another timeline than its playlist.
        """
        piece = self.picture.pieces[index]
        begin_s, end_s = piece.start_ms / 1000, piece.end_ms / 1000
        away_s = first_s - begin_s
        shift_s = away_s if abs(away_s) > SAME_TIMELINE_S else 0.0
        is_first, is_last = index == 0, index + 1 == len(self.picture.pieces)
        return (
            float("-inf") if is_first else begin_s + shift_s,
            float("inf") if is_last else end_s + shift_s,
        )


def programme(picture: Track, sound: Track, inits: dict[str, bytes]) -> Programme | None:
    """None where they can't be one stream: other containers, or fragments too long to wait for."""
    if picture.name not in inits or sound.name not in inits:
        return None
    pieces = (*picture.pieces, *sound.pieces)
    if any(each.duration_s > LONGEST_FRAGMENT_S * len(each.fragments) for each in pieces):
        return None
    ours, theirs = inits[picture.name], inits[sound.name]
    try:
        init, track = joined(ours, theirs), sound_track(ours)
        return Programme(picture, sound, init, timescale(ours), timescale(theirs), track)
    except PlaylistError:
        return None


def _parts(plain: Iterator[bytes], splitter: Splitter) -> Iterator[Part | None]:
    for data in plain:
        if not data:
            yield None
        yield from splitter.parts(data)
    splitter.finish()
