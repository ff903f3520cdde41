"""The pieces that a session has, fetches and will want: threads that read ahead of libVLC."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from hashlib import sha256

from player_app.core.errors import Stopped, VeriteError
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.fetching import carry
from player_app.media.gateway.piece_fetch import fetch_of, is_all
from player_app.media.gateway.readahead import Place, Ranges, next_place, ranges, reach
from player_app.media.gateway.tracks import Piece, Track
from player_app.media.gateway.upstream import Store
from player_app.media.gateway.vouching import let_early_go

HEARTBEAT_S = 0.25
WORKERS = 3


class Stock:
    """All fields are guarded by the errand's condition."""

    def __init__(
        self,
        errand: Errand,
        store: Store,
        doubted: set[str],
        ahead_ms: int,
        stalled_after_s: float,
    ) -> None:
        self._errand = errand
        self._doubted = doubted
        self._condition = errand.condition
        self._store = store
        self._ahead_ms = ahead_ms
        self._stalled_after_s = stalled_after_s
        self._tracks: dict[str, Track] = {}
        self._stored: set[Place] = set()
        self._buffered: Ranges | None = None
        self._fetches: dict[Place, Fetch] = {}
        self._waiting: set[Place] = set()
        self._heads: dict[str, int] = {}
        self._probed: set[str] = set()
        self._threads: list[threading.Thread] = []
        self.cause: VeriteError | None = None
        self.spoilt = False

    def start(self, tracks: dict[str, Track], position_ms: int) -> None:
        """Begin to read ahead from this position on."""
        self._tracks = tracks
        self._stored = {
            (track.name, index)
            for track in tracks.values()
            for index, piece in enumerate(track.pieces)
            if self._store.has(piece.stored_as)
        }
        self._buffered = None
        self.go_to(position_ms)
        for number in range(WORKERS):
            thread = threading.Thread(target=self._work, name=f"media-{number}", daemon=True)
            thread.start()
            self._threads.append(thread)

    def go_to(self, position_ms: int) -> None:
        with self._condition:
            self._heads = {
                track.name: track.index_at(position_ms) for track in self._tracks.values()
            }
            self._probed = {name for name, head in self._heads.items() if head > 0}
            self._leave_the_useless()
            self._condition.notify_all()

    def ask(self, place: Place, *beside: Place) -> bool:
        """Hear that libVLC asks for this piece; whether it follows the one it had before.

        Pieces `beside` it of other tracks are read with it.
        """
        name, index = place
        with self._condition:
            head = self._heads.get(name)
            if index == 0 and name in self._probed:
                # However far into the film it starts, libVLC reads every track's beginning first.
                self._probed.discard(name)
                return False
            follows = head is not None and index == head + 1
            self._heads |= dict([place, *beside])
            if not follows:
                self._leave_the_useless()
            self._condition.notify_all()
        return follows

    def stored(self, place: Place) -> bytes | None:
        """From the store, checked again: a damaged piece is forgotten, and fetched when asked."""
        piece = self._piece(place)
        data = self._store.get(piece.stored_as)
        is_sound = data is not None and piece.sha256 in (None, sha256(data).hexdigest())
        with self._condition:
            self._note(place, is_stored=is_sound)
        return data if is_sound else None

    def runs(self, place: Place, *, early: bool = False) -> Iterator[bytes]:
        """The piece's ciphertext as it is checked, b"" as a sign of life while nothing comes.

        With `early`, all but the end of a piece without fragments comes before it is checked.
        """
        fetch, given = self._demand(place, early=early), 0
        spoils = fetch.spoils
        try:
            while not is_all(fetch, given):
                with self._condition:
                    if fetch.checked == given and fetch.cause is None and not self._errand.is_over:
                        self._condition.wait(HEARTBEAT_S)
                    if given and fetch.spoils != spoils:
                        self._spoil(place)
                    if self._errand.is_over:
                        raise Stopped
                    spoils = fetch.spoils
                    run, cause = bytes(fetch.data[given : fetch.checked]), fetch.cause
                if not run and cause is not None:
                    self.hold(cause)
                if not run:
                    self._kick_if_idle(fetch)
                given += len(run)
                yield run
        finally:
            with self._condition:
                fetch.readers -= 1

    def hold(self, cause: VeriteError) -> None:
        """Say why it won't go on, and wait for the end.

        Failing the request instead would end the film in libVLC without a word.
        """
        with self._condition:
            self.cause = self.cause or cause
            self._condition.wait_for(lambda: self._errand.is_over)
        raise Stopped

    def _spoil(self, place: Place) -> None:
        """What was given out of this piece was wrong: say so, and wait for the end.

        Only a new session mends it, which gives nothing of the piece out before it is checked.
        """
        self._doubted.add(self._piece(place).stored_as)
        self.spoilt = True
        self._condition.wait_for(lambda: self._errand.is_over)
        raise Stopped

    @property
    def waited_for(self) -> bool:
        """Whether libVLC waits for a piece."""
        with self._condition:
            return any(fetch.readers > 0 for fetch in self._fetches.values())

    @property
    def heard_at(self) -> float:
        """When something last came of what libVLC waits for, in monotonic seconds."""
        with self._condition:
            waited = (fetch.moved_at for fetch in self._fetches.values() if fetch.readers > 0)
            return max(waited, default=0.0)

    def buffered(self) -> Ranges:
        """Asked for many times a second, of a film that may have thousands of pieces."""
        with self._condition:
            if self._buffered is None:
                picture = next((each for each in self._tracks.values() if each.is_video), None)
                self._buffered = ranges(picture, self._stored) if picture is not None else ()
            return self._buffered

    def end(self) -> None:
        self._errand.end()
        with self._condition:
            for fetch in self._fetches.values():
                self._errand.leave(fetch)

    def join(self, until: float) -> bool:
        """Whether the threads have ended at `until` (monotonic seconds)."""
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _note(self, place: Place, *, is_stored: bool) -> None:
        if is_stored is not (place in self._stored):
            (self._stored.add if is_stored else self._stored.discard)(place)
            self._buffered = None

    def _piece(self, place: Place) -> Piece:
        name, index = place
        return self._tracks[name].pieces[index]

    def _demand(self, place: Place, *, early: bool) -> Fetch:
        piece = self._piece(place)
        with self._condition:
            fetch = self._fetches.get(place)
            if fetch is None:
                fetch = self._fetches[place] = fetch_of(piece)
                self._note(place, is_stored=False)
                self._waiting.add(place)
                self._condition.notify_all()
            fetch.readers += 1
            is_trusted = not fetch.spoils and piece.stored_as not in self._doubted
            fetch.early = early and is_trusted and not piece.fragments
            let_early_go(fetch, self._errand)
            return fetch

    def kick_idle(self, idle_s: float) -> None:
        """Ask again for whatever has made no progress for so long."""
        with self._condition:
            before = time.monotonic() - idle_s
            for fetch in self._fetches.values():
                if fetch.break_off is not None and fetch.gained_at <= before:
                    self._errand.kick(fetch)

    def _kick_if_idle(self, fetch: Fetch) -> None:
        if (
            fetch.break_off is not None
            and time.monotonic() - fetch.gained_at > self._stalled_after_s
        ):
            self._errand.kick(fetch)

    def _leave_the_useless(self) -> None:
        """Let fetches go that nobody waits for and that lie out of reach after a seek."""
        wanted = {
            (name, index)
            for name, head in self._heads.items()
            for index in reach(self._tracks[name], head, self._ahead_ms)
        }
        for place, fetch in list(self._fetches.items()):
            if place not in wanted and fetch.readers == 0 and fetch.cause is None:
                self._errand.leave(fetch)
                self._waiting.discard(place)
                del self._fetches[place]

    def _work(self) -> None:
        while (job := self._take()) is not None:
            place, fetch = job
            if not self._was_brought(place, fetch):
                carry(fetch, self._errand)
                self._keep(place, fetch)

    def _was_brought(self, place: Place, fetch: Fetch) -> bool:
        """Whether another, such as a download, has stored meanwhile what nobody waits for yet.

        The store is not asked under the condition: it may have to wait for its disk.
        """
        if fetch.readers > 0 or not self._store.has(self._piece(place).stored_as):
            return False
        with self._condition:
            if fetch.readers > 0:
                return False
            if self._fetches.get(place) is fetch:
                del self._fetches[place]
                self._note(place, is_stored=True)
            self._condition.notify_all()
        return True

    def _take(self) -> tuple[Place, Fetch] | None:
        with self._condition:
            while not self._errand.is_over:
                taken = self._stored | self._fetches.keys()
                place = next_place(self._tracks, self._heads, self._ahead_ms, taken, self._waiting)
                if place is not None and (self._is_due(place) or not self._is_hurried()):
                    self._waiting.discard(place)
                    if place not in self._fetches:
                        self._fetches[place] = fetch_of(self._piece(place))
                    return place, self._fetches[place]
                self._condition.wait()
        return None

    def _is_due(self, place: Place) -> bool:
        """Whether libVLC waits for the piece, or will ask for it first."""
        name, index = place
        return place in self._waiting or self._heads.get(name) == index

    def _is_hurried(self) -> bool:
        """Whether a piece that is due is on its way: reading ahead would share its link."""
        return any(
            (fetch.readers > 0 or self._is_due(place)) and not fetch.done and fetch.trouble is None
            for place, fetch in self._fetches.items()
        )

    def _keep(self, place: Place, fetch: Fetch) -> None:
        if fetch.done:
            self._store.put(self._piece(place).stored_as, bytes(fetch.data))
        with self._condition:
            if fetch.done and self._fetches.get(place) is fetch:
                self._note(place, is_stored=True)
                del self._fetches[place]
            self._condition.notify_all()
