"""Finds out what a film consists of where the service lists nothing: from its playlists."""

from __future__ import annotations

from collections.abc import Callable

from player_app.core.licence import Permit
from player_app.core.stream import Rendition, SegmentList
from player_app.media.gateway.errand import Errand
from player_app.media.gateway.files import Files, owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.patience import OPENING_PATIENCE_S
from player_app.media.gateway.upstream import Store, Upstream, folder_and_name
from player_app.media.listing import Contents, contents_of, length_ms
from player_app.media.playlist import MediaPlaylist, folder_of, read_media_playlist

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
        self._first = folder_and_name(permit.media_address)[1].partition("?")[0]
        self._errand = Errand(upstream, link, permit, renew, origins)
        self._files = Files(self._errand, store, owner_of(permit.licence))

    def segment_list(self, choose: Choose) -> SegmentList:
        """The renditions of the master playlist; the length is of the one to begin with."""
        contents = self._contents()
        playlist = self._playlist(choose(contents.videos()))
        return contents.listed(length_ms(playlist))

    def abort(self) -> None:
        """End it: what is under way raises `Stopped`."""
        self._errand.end()

    def _contents(self) -> Contents:
        return contents_of(self._files.playlist(self._first, PATIENCE_S), self._first)

    def _playlist(self, rendition: Rendition) -> MediaPlaylist:
        data = self._files.playlist(rendition.playlist, PATIENCE_S)
        return read_media_playlist(data, folder_of(rendition.playlist))
