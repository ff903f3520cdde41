"""Finds out what a film consists of where the service lists nothing: from its playlists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from player_app.core.licence import Permit
from player_app.core.parts import Part, parts_of
from player_app.core.stream import CaptionFile, CheckedFile, Rendition, Segment, SegmentList
from player_app.media.gateway.errand import Errand
from player_app.media.gateway.files import Files, owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.patience import OPENING_PATIENCE_S
from player_app.media.gateway.upstream import Store, Upstream, folder_and_name
from player_app.media.listing import Contents, contents_of, length_ms
from player_app.media.playlist import (
    MediaPlaylist,
    folder_of,
    is_playlist,
    read_caption_playlist,
    read_media_playlist,
)

Choose = Callable[[tuple[Rendition, ...]], Rendition]
"""The rendition to begin with, of several, least bandwidth first."""

PATIENCE_S = OPENING_PATIENCE_S


class Lister:
    """Reads playlists below one permit's media address, until `abort`.

    Its methods block; they raise what can't be waited out, and what lasts.
    """

    def __init__(
        self,
        permit: Permit,
        renew: Callable[[], Permit],
        origins: tuple[str, ...],
        *,
        upstream: Upstream,
        store: Store,
        link: Link,
    ) -> None:
        self._owner = owner_of(permit.licence)
        self._first = folder_and_name(permit.media_address)[1].partition("?")[0]
        self._errand = Errand(upstream, link, permit, renew, origins)
        self._files = Files(self._errand, store, self._owner)

    def segment_list(self, choose: Choose) -> SegmentList:
        """The renditions of the master playlist; the length is of the one to begin with."""
        contents = self._contents()
        playlist = self._playlist(choose(contents.videos()))
        return contents.listed(length_ms(playlist))

    def parts(self, video_id: str) -> tuple[Part, ...]:
        """All that a download consists of, with the picture of this id.

        Raises `PlaylistError` where there is none of that id.
        """
        contents = self._contents()
        renditions = (
            self._filled(each)
            for each in contents.renditions
            if each.id == video_id or each in contents.listed(0).audios()
        )
        listed = replace(contents, renditions=tuple(renditions)).listed(0)
        beside = [file for each in contents.captions for file in self._named_by(each)]
        return parts_of(listed, video_id, self._owner, master=self._first, beside=beside)

    def abort(self) -> None:
        """End it: what is under way raises `Stopped`."""
        self._errand.end()

    def _contents(self) -> Contents:
        return contents_of(self._files.playlist(self._first, PATIENCE_S), self._first)

    def _playlist(self, rendition: Rendition) -> MediaPlaylist:
        data = self._files.playlist(rendition.playlist, PATIENCE_S)
        return read_media_playlist(data, folder_of(rendition.playlist))

    def _filled(self, rendition: Rendition) -> Rendition:
        """With the segments that its playlist names."""
        playlist = self._playlist(rendition)
        init = CheckedFile(playlist.init, None, None) if playlist.init is not None else None
        segments = (Segment(each.path, round(each.duration_s * 1000)) for each in playlist.segments)
        return replace(rendition, init=init, segments=tuple(segments))

    def _named_by(self, captions: CaptionFile) -> Iterator[CheckedFile]:
        """The files that hold the captions, where theirs is a playlist."""
        data = self._files.file(captions.file, PATIENCE_S)
        if is_playlist(data):
            paths = read_caption_playlist(data, folder_of(captions.file.path))
            yield from (CheckedFile(path, None, None) for path in paths)
