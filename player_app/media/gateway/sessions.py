"""One permitted playback in the gateway: what libVLC may ask of it."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from player_app.core.errors import Stopped, VeriteError
from player_app.core.licence import Permit
from player_app.core.playback_events import Supply
from player_app.core.stream import CheckedFile, Rendition
from player_app.core.stream_errors import MediaError
from player_app.media.fragments import refuse_protected
from player_app.media.gateway.cipher import Decryptor
from player_app.media.gateway.errand import Errand
from player_app.media.gateway.files import Files, owner_of
from player_app.media.gateway.link import Link
from player_app.media.gateway.patience import OPENING_PATIENCE_S, STALLED_AFTER_S
from player_app.media.gateway.programme import Programme, programme
from player_app.media.gateway.stock import Stock
from player_app.media.gateway.tracks import Track, track
from player_app.media.gateway.upstream import Store, Upstream
from player_app.media.playlist import (
    checked_codecs,
    folder_of,
    read_media_playlist,
    write_master_playlist,
    write_media_playlist,
)

IDLE_AFTER_S = 1.0
SAME_BEGINNING_MS = 100
"""Sound is cut at its own frames: its segments begin so close to the picture's, and no closer."""

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

    `ahead_ms` is how much film is read ahead; `stalled_after_s` how long a body may make no
    progress while libVLC waits for it. `doubted` names pieces that came wrong, for all sessions.
    """

    def __init__(
        self,
        permission: Permission,
        upstream: Upstream,
        store: Store,
        link: Link,
        *,
        doubted: set[str],
        ahead_ms: int = 60_000,
        stalled_after_s: float = STALLED_AFTER_S,
    ) -> None:
        self.token = secrets.token_urlsafe(32)
        self._permission = permission
        self._errand = Errand(
            upstream, link, permission.permit, permission.renew, permission.origins
        )
        self._files = Files(self._errand, store, owner_of(permission.permit.licence))
        self._stock = Stock(self._errand, store, doubted, ahead_ms, stalled_after_s)
        self._tracks: dict[str, Track] = {}
        self._inits: dict[str, bytes] = {}
        self._programme: Programme | None = None
        self._gave_last = False
        self._asked_at = 0.0
        self._completed: dict[tuple[str, int], int] = {}
        self._going_out = threading.Lock()
        self._went_out = False

    @property
    def is_over(self) -> bool:
        return self._errand.is_over

    @property
    def media_address(self) -> str:
        """Where its media lie by its newest permit."""
        return self._errand.media_address

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
        licence = self._permission.permit.licence
        with ThreadPoolExecutor(len(wanted) * 2, thread_name_prefix="media-open") as together:
            inits = {
                name: together.submit(self.file, each.init, patience_s)
                for name, each in wanted.items()
                if each.init is not None
            }
            found = {
                name: together.submit(self._files.playlist, each.playlist, patience_s)
                for name, each in wanted.items()
            }
            for name, each in wanted.items():
                playlist = read_media_playlist(found[name].result(), folder_of(each.playlist))
                made = track(name, each, playlist, licence.keys, owner_of(licence))
                if made.init is not None and name not in inits:
                    inits[name] = together.submit(self.file, made.init, patience_s)
                self._tracks[name] = made
            self._inits = {name: each.result() for name, each in inits.items()}
        for init in self._inits.values():
            refuse_protected(init)
        if SOUND in self._tracks:
            picture, sound = self._tracks[PICTURE], self._tracks[SOUND]
            self._programme = programme(picture, sound, self._inits)
        self._stock.start(self._tracks, position_ms)

    def go_to(self, position_ms: int) -> None:
        """Fetch from this position on, before libVLC asks."""
        self._stock.go_to(position_ms)

    def entry_ms(self, position_ms: int) -> int:
        """Where libVLC is to begin for this position: with its segment of picture.

        It begins each of two streams with a whole segment, so it gets the latest moment at which
        the one of the sound may begin as well.
        """
        begin_ms = self._tracks[PICTURE].start_before(position_ms)
        if SOUND not in self._tracks or self._programme is not None:
            return begin_ms
        near_ms = self._tracks[SOUND].start_before(begin_ms + SAME_BEGINNING_MS)
        return max(begin_ms, near_ms)

    def has_early_sound(self, entry_ms: int) -> bool:
        """Whether libVLC, beginning there, would give out sound of long before the picture."""
        if SOUND not in self._tracks or self._programme is not None:
            return False
        return entry_ms - self._tracks[SOUND].start_before(entry_ms) > SAME_BEGINNING_MS

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
        chunks = self._plain(place, early=not follows)
        if mixes is not None:
            chunks = mixes.mixed(index, chunks, map(self._plain, beside))
        if not follows:
            return PieceReply(None, self._told(chunks))
        whole = self._whole(place, self._told(chunks))
        return PieceReply(len(whole), iter([whole]))

    def _whole(self, place: tuple[str, int], chunks: Iterator[bytes]) -> bytes:
        """Complete; libVLC has nothing of the piece meanwhile."""
        name, index = place
        self._completed[place] = self._tracks[name].pieces[index].start_ms
        try:
            return b"".join(chunks)
        finally:
            self._completed.pop(place, None)

    def given(self, name: str, index: int) -> None:
        """Hear that libVLC has the whole of this segment."""
        if name != SOUND and index == len(self._tracks[PICTURE].pieces) - 1:
            self._gave_last = True

    def file(self, wanted: CheckedFile, patience_s: float | None = None) -> bytes:
        """A small file of the film, checked; waits out what can be waited out."""
        return self._files.file(wanted, patience_s)

    def retry_now(self) -> None:
        """Try at once whatever waits, and anew whatever makes no progress."""
        self._stock.kick_idle(IDLE_AFTER_S)
        self._errand.nudge()

    def wake(self) -> None:
        """After a sleep no connection is to be trusted."""
        self._stock.kick_idle(0.0)
        self._errand.nudge()

    def supply(self) -> Supply:
        """What the screen may know of it."""
        return Supply(
            buffered=self._stock.buffered(),
            trouble_since=self._errand.trouble_since,
            trouble=self._errand.last_trouble,
            cause=self._stock.cause,
            waited_for=self._stock.waited_for,
            heard_at=self._stock.heard_at,
            asked_at=self._asked_at,
            dry_ms=min(tuple(self._completed.values()), default=None),
            gave_last=self._gave_last,
            spoilt=self._stock.spoilt,
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

    def _plain(self, place: tuple[str, int], *, early: bool = False) -> Iterator[bytes]:
        name, index = place
        piece = self._tracks[name].pieces[index]
        decryptor = Decryptor(piece.path, piece.key, piece.iv)
        cipher = self._stock.stored(place)
        for run in self._stock.runs(place, early=early) if cipher is None else iter([cipher]):
            yield decryptor.update(run)
        yield decryptor.finish()

    def _told(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same; what is wrong with them is held, and told as the cause."""
        try:
            yield from chunks
        except MediaError as error:
            self._stock.hold(error)

    def _let_out(self) -> None:
        with self._going_out:
            if self._went_out:
                return
            if self.is_over:
                raise Stopped
            try:
                self._permission.may_go_out()
            except VeriteError as error:
                self._stock.hold(error)
            self._went_out = True
