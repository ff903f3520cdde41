"""One permitted playback in the gateway: what libVLC may ask of it."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from player_app.core.errors import MediaError, PlaylistError, Stopped, VeriteError
from player_app.core.licence import Permit
from player_app.core.playback_events import Supply
from player_app.core.stream import CheckedFile, Fragment, Rendition
from player_app.media.gateway.cipher import Decryptor
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.fetching import carry
from player_app.media.gateway.link import Link
from player_app.media.gateway.programme import Programme, programme
from player_app.media.gateway.stock import Stock
from player_app.media.gateway.tracks import Track, track
from player_app.media.gateway.upstream import Store, Upstream
from player_app.media.playlist import (
    LARGEST_PLAYLIST,
    checked_codecs,
    read_media_playlist,
    write_master_playlist,
    write_media_playlist,
)

STALLED_AFTER_S = 8.0
LARGEST_FILE = 8 * 1024 * 1024
OPENING_PATIENCE_S = 8.0
PICTURE, SOUND, BOTH = "v", "a", "p"


@dataclass(frozen=True, slots=True)
class Permission:
    """What a session is allowed and asked to play: one picture, one sound if there is any.

    `renew` fetches a permit with a fresh address; `may_go_out` is asked once, before the first
    byte of film; `origins` are the hosts that media may come from.
    """

    permit: Permit
    video: Rendition
    audio: Rendition | None
    renew: Callable[[], Permit]
    may_go_out: Callable[[], None]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PieceReply:
    """Plain bytes of a segment; b"" among `chunks` means: nothing yet. `length` if known."""

    length: int | None
    chunks: Iterator[bytes]


class Session:
    """Holds every request until it can be answered, or until `abort`.

    `ahead_ms` is how much film is read ahead; `stalled_after_s` how long a body may be silent
    while libVLC waits for it.
    """

    def __init__(
        self,
        permission: Permission,
        upstream: Upstream,
        store: Store,
        link: Link,
        *,
        ahead_ms: int = 60_000,
        stalled_after_s: float = STALLED_AFTER_S,
    ) -> None:
        self.token = secrets.token_urlsafe(32)
        self._permission = permission
        self._store = store
        self._errand = Errand(
            upstream, link, permission.permit, permission.renew, permission.origins
        )
        self._stock = Stock(self._errand, store, ahead_ms, stalled_after_s)
        self._tracks: dict[str, Track] = {}
        self._inits: dict[str, bytes] = {}
        self._programme: Programme | None = None
        self._gave_last = False
        self._asked_at = 0.0
        self._going_out = threading.Lock()
        self._went_out = False

    @property
    def is_over(self) -> bool:
        return self._errand.is_over

    @property
    def entry(self) -> str:
        """The playlist that libVLC is to open, below the session's address."""
        if self._programme is not None:
            return f"{BOTH}/index.m3u8"
        return "master.m3u8" if SOUND in self._tracks else f"{PICTURE}/index.m3u8"

    @property
    def master(self) -> bytes:
        return write_master_playlist(self._permission.video, self._permission.audio)

    def prepare(self, position_ms: int, patience_s: float | None = OPENING_PATIENCE_S) -> None:
        """Get playlists and initialisations, and begin to read ahead from a position.

        Blocks; raises what can't be waited out, and anything that lasts longer than `patience_s`.
        """
        wanted = {PICTURE: self._permission.video}
        if self._permission.audio is not None:
            wanted[SOUND] = self._permission.audio
        for each in wanted.values():
            checked_codecs(each.codecs)
        keys = self._permission.permit.licence.keys
        with ThreadPoolExecutor(len(wanted) * 2, thread_name_prefix="media-open") as together:
            inits = {
                name: together.submit(self.file, each.init, patience_s)
                for name, each in wanted.items()
                if each.init is not None
            }
            found = {
                name: together.submit(self._playlist, each, patience_s)
                for name, each in wanted.items()
            }
            for name, each in wanted.items():
                folder = each.playlist.rpartition("/")[0] + "/"
                playlist = read_media_playlist(found[name].result(), folder)
                self._tracks[name] = track(name, each, playlist, keys)
            self._inits = {name: each.result() for name, each in inits.items()}
        if SOUND in self._tracks:
            picture, sound = self._tracks[PICTURE], self._tracks[SOUND]
            self._programme = programme(picture, sound, self._inits)
        self._stock.start(self._tracks, position_ms)

    def go_to(self, position_ms: int) -> None:
        """Fetch from this position on, before libVLC asks."""
        self._stock.go_to(position_ms)

    def entry_ms(self, position_ms: int) -> int:
        """Where the segment of picture begins that this position lies in."""
        picture = self._tracks[PICTURE]
        return picture.pieces[picture.index_at(position_ms)].start_ms

    def playlist(self, name: str) -> bytes | None:
        found = self._tracks.get(self._leading(name))
        if found is None:
            return None
        durations_s = tuple(piece.duration_s for piece in found.pieces)
        return write_media_playlist(durations_s, has_init=found.init is not None)

    def init(self, name: str) -> bytes | None:
        if name == BOTH and self._programme is not None:
            return self._programme.init
        return self._inits.get(name)

    def has(self, name: str, index: int) -> bool:
        found = self._tracks.get(self._leading(name))
        return found is not None and index < len(found.pieces)

    def piece(self, name: str, index: int) -> PieceReply:
        """A segment for libVLC; blocks as long as it takes, raises `Stopped` at the end.

        The first one of a start or a seek is given out as it comes, later ones when complete.
        """
        if name != SOUND:
            self._asked_at = time.monotonic()
        self._let_out()
        mixes = self._programme if name == BOTH else None
        place = (self._leading(name), index)
        beside = [] if mixes is None else [(SOUND, each) for each in mixes.sounds_of(index)]
        follows = self._stock.ask(place, *beside[:1])
        chunks = self._plain(place)
        if mixes is not None:
            chunks = mixes.mixed(index, chunks, map(self._plain, beside))
        if not follows:
            return PieceReply(None, self._told(chunks))
        whole = b"".join(self._told(chunks))
        return PieceReply(len(whole), iter([whole]))

    def given(self, name: str, index: int) -> None:
        """Hear that libVLC has the whole of this segment."""
        if name != SOUND and index == len(self._tracks[PICTURE].pieces) - 1:
            self._gave_last = True

    def file(self, wanted: CheckedFile, patience_s: float | None = None) -> bytes:
        """A small file of the film, checked; waits out what can be waited out."""
        stored = self._store.get(wanted.sha256)
        if stored is not None and sha256(stored).hexdigest() == wanted.sha256:
            return stored
        if not 0 < wanted.bytes <= LARGEST_FILE:
            raise PlaylistError(f"{wanted.path}: {wanted.bytes} bytes")
        runs = (Fragment(wanted.bytes, wanted.sha256),)
        data = self._bring(Fetch(wanted.path, wanted.bytes, runs, wanted.bytes), patience_s)
        self._store.put(wanted.sha256, data)
        return data

    def retry_now(self) -> None:
        self._errand.nudge()

    def supply(self) -> Supply:
        """What the screen may know of it."""
        return Supply(
            buffered=self._stock.buffered(),
            trouble_since=self._errand.trouble_since,
            trouble=self._errand.last_trouble,
            cause=self._stock.cause,
            waited_for=self._stock.waited_for,
            asked_at=self._asked_at,
            gave_last=self._gave_last,
        )

    def abort(self) -> None:
        """End everything: later requests are gone, those under way raise `Stopped`."""
        self._stock.end()

    def join(self, until: float) -> bool:
        """Whether its threads have ended at `until` (monotonic seconds)."""
        return self._stock.join(until)

    def _leading(self, name: str) -> str:
        """The track whose segments those of `name` are."""
        return PICTURE if name == BOTH and self._programme is not None else name

    def _plain(self, place: tuple[str, int]) -> Iterator[bytes]:
        name, index = place
        piece = self._tracks[name].pieces[index]
        decryptor = Decryptor(piece.path, piece.key, piece.iv)
        cipher = self._stock.stored(place)
        for run in self._stock.runs(place) if cipher is None else iter([cipher]):
            yield decryptor.update(run)
        yield decryptor.finish()

    def _told(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same; what is wrong with them is held, and told as the cause."""
        try:
            yield from chunks
        except MediaError as error:
            self._stock.hold(error)

    def _playlist(self, rendition: Rendition, patience_s: float | None) -> bytes:
        listed = self._permission.permit.licence.segments_sha256
        key = f"{listed}:{rendition.playlist}"
        stored = self._store.get(key) if listed is not None else None
        if stored is not None:
            return stored
        fetch = Fetch(rendition.playlist, None, (), LARGEST_PLAYLIST)
        data = self._bring(fetch, patience_s)
        if listed is not None:
            self._store.put(key, data)
        return data

    def _bring(self, fetch: Fetch, patience_s: float | None) -> bytes:
        """Fetch on the caller's thread; with patience, trouble that lasts longer is raised."""
        until = None if patience_s is None else time.monotonic() + patience_s
        self._errand.watch(fetch, until)
        try:
            carry(fetch, self._errand)
        finally:
            self._errand.forget(fetch)
        if fetch.cause is not None:
            raise fetch.cause
        if not fetch.done:
            raise fetch.trouble or Stopped()
        return bytes(fetch.data)

    def _let_out(self) -> None:
        with self._going_out:
            if self._went_out:
                return
            try:
                self._permission.may_go_out()
            except VeriteError as error:
                self._stock.hold(error)
            self._went_out = True
