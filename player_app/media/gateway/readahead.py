"""Decides which piece of film to fetch next; pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from player_app.media.gateway.tracks import Track

Place = tuple[str, int]
"""A track's name and the number of a piece."""

Ranges = tuple[tuple[int, int], ...]
"""From and until, in milliseconds."""


def next_place(
    tracks: Mapping[str, Track],
    heads: Mapping[str, int],
    ahead_ms: int,
    taken: Collection[Place],
    demanded: Collection[Place],
) -> Place | None:
    """The piece wanted soonest: one that libVLC waits for, else the earliest missing in reach.

    `heads` are the pieces that libVLC asked for last, of the tracks to be read ahead; `taken`
    those that are stored or on their way.
    """
    if demanded:
        return min(demanded, key=lambda place: tracks[place[0]].pieces[place[1]].start_ms)
    missing = []
    for name, head in heads.items():
        track = tracks[name]
        for index in reach(track, head, ahead_ms):
            if (name, index) not in taken:
                missing.append((track.pieces[index].start_ms, not track.is_video, name, index))
                break
    if not missing:
        return None
    _start_ms, _sound, name, index = min(missing)
    return name, index


def reach(track: Track, head: int, ahead_ms: int) -> range:
    """The pieces from `head` on that begin within `ahead_ms`; at least one."""
    until_ms = track.pieces[head].start_ms + ahead_ms
    end = head + 1
    while end < len(track.pieces) and track.pieces[end].start_ms < until_ms:
        end += 1
    return range(head, end)


def ranges(track: Track, stored: Collection[Place]) -> Ranges:
    """The stored parts of a track as ranges of milliseconds, joined where they touch."""
    found: list[tuple[int, int]] = []
    for index, piece in enumerate(track.pieces):
        if (track.name, index) not in stored:
            continue
        if found and found[-1][1] == piece.start_ms:
            found[-1] = (found[-1][0], piece.end_ms)
        else:
            found.append((piece.start_ms, piece.end_ms))
    return tuple(found)
