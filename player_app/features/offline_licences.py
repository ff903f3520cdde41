"""Licences by which films play without the service: taken, kept, renewed and given back."""

from __future__ import annotations

import contextlib
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from player_app.core.errors import Stopped
from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.renewal import ListChanged, Renewed
from player_app.core.rental import Expired, Standing, may_play, why_not
from player_app.core.sign_in_errors import SignedOut
from player_app.core.storage_errors import OfflineNeedsKeyring, StorageError
from player_app.core.stream_errors import KeptLicenceUnusable, LicenceError, RentalOver
from player_app.features.account import AccountDesk
from player_app.features.connection import Connection
from player_app.features.kept_licences import (
    Holder,
    kept_of,
    noted,
    opened_licence,
    opened_permit,
    picture_of,
)
from player_app.features.kept_lists import KeptLists
from player_app.features.licences import Answer, Licences
from player_app.storage.licences import KeptLicence, LicenceStore


class Clock(Protocol):
    def now(self) -> int:
        """Whole seconds since 1970, UTC."""


class OfflineLicences:
    """From any thread.

    `judge` says where a licence stands for a playback that is to begin; `is_whole` whether all that
    a permit needs is stored.
    """

    def __init__(
        self,
        *,
        connection: Connection,
        desk: AccountDesk,
        licences: Licences,
        store: LicenceStore,
        lists: KeptLists,
        clock: Clock,
        judge: Callable[[Licence], Standing],
        is_whole: Callable[[Permit], bool],
    ) -> None:
        self._connection = connection
        self._desk = desk
        self._licences = licences
        self._store = store
        self._lists = lists
        self._clock = clock
        self._judge = judge
        self._is_whole = is_whole
        self._changing = threading.RLock()
        self._asking = Counter[str]()
        self._returns = Counter[str]()

    def take(self, film_id: str, video_id: str) -> Permit:
        """Asks the service; kept when it returns. The picture is the one of this id, if there is.

        Raises `OfflineNeedsKeyring` on a computer that keeps nothing secret.
        """
        return self._asked(film_id, video_id).permit

    def renew(self, film_id: str) -> Renewed | ListChanged:
        """Asks the service for the licence of a film that one is kept of, and keeps that instead.

        Raises `Stopped` where there is none, or none any more.
        """
        return self._asked(film_id, None)

    def kept(self, film_id: str) -> Permit | None:
        """From this computer alone; None where nothing is kept of the film.

        Raises `RentalOver` where it may not be played, `KeptLicenceUnusable` where what is kept
        does not open, `OfflineNeedsKeyring` where nothing does, and `FolderGone` where the disk
        with the film is not there.
        """
        with self._changing:
            owner, row = self._row(film_id)
            if owner is None or row is None:
                return None
            first: LicenceError | RentalOver | None = None
            for each in self._in_turn(owner, row):
                try:
                    return self._playable(each)
                except (LicenceError, RentalOver) as error:
                    first = first or error
            raise first or KeptLicenceUnusable(film_id)

    def standing(self, film_id: str) -> Standing | None:
        """Where the kept licence stands; one that does not open has to be renewed."""
        try:
            _owner, row = self._row(film_id)
            if row is None:
                return None
            verdict = self._judged(row)
            return verdict if may_play(verdict) or not row.coming else self._judged(row.coming)
        except (LicenceError, OfflineNeedsKeyring):
            return Expired("renewal-needed", self._clock.now())

    def licence(self, film_id: str) -> Licence | None:
        """As it is kept, be it over or not; raises as `kept` does where it does not open."""
        _owner, row = self._row(film_id)
        return None if row is None else opened_licence(row, self._whose())

    def lacks(self, film_id: str) -> bool:
        """Whether its list is gone, or a newer one or another picture is known and not all here."""
        _owner, row = self._row(film_id)
        return row is not None and not (row.coming is None and self._lists.has_all_of(row))

    def films(self) -> tuple[str, ...]:
        """Those that a licence is kept of for who is signed in, be it usable or not."""
        owner = self._connection.owner()
        return () if owner is None else self._store.films(owner)

    def has(self, film_id: str) -> bool:
        """Whether a licence of it is kept, be it usable or not."""
        return film_id in self.films()

    def is_held(self, film_id: str) -> bool:
        """Whether a licence of it is kept, or being asked for."""
        return bool(self._asking[film_id]) or self.has(film_id)

    def note(self, film_id: str, started_at: int | None, revoked: str | None) -> None:
        """What the service said of the one that is kept; durable when it returns."""
        with self._changing:
            owner, row = self._row(film_id)
            if owner is not None and row is not None:
                self._store.put(owner, noted(row, started_at, revoked))

    def give_back(self, film_id: str, owner: str | None = None) -> None:
        """Here it is gone at once, durably; the service hears of it at its owner's next contact.

        The owner is whose things are here, where it is nobody else.
        """
        with self._changing:
            self._returns[film_id] += 1
            owner = owner or self._connection.holder()
            if owner is None or film_id not in self._store.films(owner):
                return
            row = None
            with contextlib.suppress(KeptLicenceUnusable):  # its place goes with the next look
                row = self._store.of(owner, film_id)
            self._store.give_back(owner, film_id, row.ids() if row is not None else ())
            self._lists.let_go(owner, film_id)

    def give_all_back(self) -> None:
        """Every viewer's."""
        for owner, film_id in self._store.everybody():
            self.give_back(film_id, owner)

    def hold_lists(self) -> None:
        """Tell the store again which lists stay, which it may have lost; of every viewer."""
        for owner, film_id in self._store.everybody():
            with contextlib.suppress(KeptLicenceUnusable):
                row = self._store.of(owner, film_id)
                if row is not None:
                    self._lists.hold(owner, row)

    def _asked(self, film_id: str, video_id: str | None) -> Renewed | ListChanged:
        """`video_id` None for the picture that is kept."""
        owner = self._owner_who_may_keep()
        with self._being_asked(film_id) as returns:
            if video_id is None and film_id not in self._store.films(owner):
                raise Stopped
            answer = self._licences.ask(film_id, Purpose.OFFLINE)
            try:
                with self._changing, self._connection.staying(owner):
                    self._expect_still_wanted(film_id, returns)
                    return self._keep(owner, answer, video_id)
            except (Stopped, SignedOut):
                self._store.give_back_unkept(owner, answer.permit.licence.id)
                raise

    def _keep(self, owner: str, answer: Answer, video_id: str | None) -> Renewed | ListChanged:
        licence = answer.permit.licence
        before = self._before(owner, licence.film_id)
        wanted = video_id or (before.video_id if before is not None else None)
        video = picture_of(answer.permit, wanted, self._lists.has)
        fresh = kept_of(answer, video, self._clock.now())
        sha256 = fresh.list_sha256
        if before is not None:
            is_same = (sha256, video) == (before.list_sha256, before.video_id)
        else:
            is_same = video_id is None and (sha256 is None or self._lists.has(sha256))
        row = fresh
        if before is not None and not is_same and self._plays_now(before):
            row = replace(before, coming=fresh)
        # a licence is renewed even while the disk with its list is not here
        with contextlib.suppress(*[StorageError] if is_same else []):
            self._lists.hold(owner, row)
            if sha256 is not None and answer.segment_list is not None:
                self._lists.keep(sha256, answer.segment_list)
        self._store.put(owner, row)
        permit = replace(answer.permit, only_video=video).narrowed()
        return Renewed(permit) if is_same else ListChanged(permit)

    def _expect_still_wanted(self, film_id: str, returns: int) -> None:
        if returns != self._returns[film_id]:
            raise Stopped

    def _before(self, owner: str, film_id: str) -> KeptLicence | None:
        """What is kept now, where it can be read; where all of what is coming is here, that."""
        try:
            row = self._store.of(owner, film_id)
        except KeptLicenceUnusable:
            return None
        if row is not None and row.coming is not None and self._is_all_here(row.coming):
            return row.coming
        return row and replace(row, coming=None)

    def _in_turn(self, owner: str, row: KeptLicence) -> tuple[KeptLicence, ...]:
        """What to play by: what is all here before what is coming, that before what is neither."""
        if row.coming is None:
            return (row,)
        if self._is_all_here(row.coming):
            with contextlib.suppress(StorageError):  # tried again the next time
                self._store.put(owner, row.coming)
            return (row.coming,)
        return (row, row.coming) if self._is_all_here(row) else (row.coming, row)

    def _is_all_here(self, row: KeptLicence) -> bool:
        with contextlib.suppress(LicenceError, StorageError):
            return self._is_whole(opened_permit(row, self._whose(), self._lists.listed))
        return False

    def _plays_now(self, row: KeptLicence) -> bool:
        with contextlib.suppress(LicenceError, RentalOver, StorageError):
            return self._is_all_here(row) and self._playable(row) is not None
        return False

    def _playable(self, row: KeptLicence) -> Permit:
        verdict = self._judged(row)
        if not may_play(verdict):
            raise RentalOver(why_not(verdict))
        return opened_permit(row, self._whose(), self._lists.listed)

    def _judged(self, row: KeptLicence) -> Standing:
        return self._judge(opened_licence(row, self._whose()))

    def _row(self, film_id: str) -> tuple[str | None, KeptLicence | None]:
        owner = self._connection.owner()
        if owner is None:
            return None, None
        try:
            return owner, self._store.of(owner, film_id)
        except KeptLicenceUnusable as error:
            if self._desk.passing():  # then its secret is another one, and the row need not be bad
                raise OfflineNeedsKeyring(self._desk.passing_reason()) from error
            raise

    def _whose(self) -> Holder:
        """Whom a kept licence must be for."""
        account, device = self._connection.account, self._desk.known_device()
        if account is None or device is None:
            raise KeptLicenceUnusable("this device has yet to be registered")
        issuer = self._connection.client().service.endpoints.issuer
        return Holder(issuer, account.id, device.id, self._desk.device_key())

    def _owner_who_may_keep(self) -> str:
        self._desk.secret()  # from here on it is known whether it lasts
        if self._desk.passing():
            raise OfflineNeedsKeyring(self._desk.passing_reason())
        owner = self._connection.owner()
        if owner is None:
            raise SignedOut("a licence needs a sign-in")
        known = self._desk.known_device()
        if known is not None and known.passing:
            self._desk.forget_device()  # registered when there was no store yet
        return owner

    @contextlib.contextmanager
    def _being_asked(self, film_id: str) -> Iterator[int]:
        """How often it had been given back when the question began."""
        with self._changing:
            self._asking[film_id] += 1
            returns = self._returns[film_id]
        try:
            yield returns
        finally:
            with self._changing:
                self._asking[film_id] -= 1
