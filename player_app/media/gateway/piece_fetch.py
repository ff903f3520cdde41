"""The fetch of one piece of film: by what it is checked, and when a reader has all of it."""

from __future__ import annotations

from player_app.core.stream import Fragment
from player_app.media.gateway.errand import Fetch
from player_app.media.gateway.soundness import soundness_of
from player_app.media.gateway.tracks import LARGEST_SEGMENT, Piece


def fetch_of(piece: Piece) -> Fetch:
    runs, size = piece.fragments, piece.size
    if not runs and size is not None and piece.sha256 is not None:
        runs = (Fragment(size, piece.sha256),)
    is_sound = soundness_of(piece)
    return Fetch(piece.path, size, runs, size or LARGEST_SEGMENT, is_sound=is_sound)


def is_all(fetch: Fetch, given: int) -> bool:
    if fetch.size is None:
        return fetch.done and given == len(fetch.data)
    return given == fetch.size
