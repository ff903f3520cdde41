"""What a film is read from: the session that plays now, and the one it is to go on with."""

from __future__ import annotations

from dataclasses import replace

from player_app.core.playback_events import Supply
from player_app.core.stream import Rendition, SegmentList
from player_app.features.changes import Change, Changes, Done
from player_app.media.gateway.gateway import Gateway
from player_app.media.gateway.sessions import Permission, Session


class Source:
    """One thread calls it, but for what says so; `changed` must come back on that thread."""

    def __init__(
        self, gateway: Gateway, permission: Permission, session: Session, changed: Done
    ) -> None:
        self.listed = _listed_of(permission)
        self._gateway = gateway
        self._permission = permission
        self._session = session
        self._address = gateway.serve(session)
        self._changes = Changes(gateway, changed)
        self._owed: Permission | None = None
        self._is_over = False

    @property
    def session(self) -> Session:
        """The session that plays now; any thread may ask it for files."""
        return self._session

    @property
    def address(self) -> str:
        """Where libVLC reads it."""
        return self._address

    @property
    def playing(self) -> Permission:
        return self._permission

    @property
    def wanted(self) -> Permission:
        """What plays now, or is about to."""
        change = self._changes.current
        return self._owed or (self._permission if change is None else change.permission)

    @property
    def owes(self) -> bool:
        """Whether a change that the viewer wanted had to wait for a seek."""
        return self._owed is not None

    @property
    def is_changing(self) -> bool:
        return self._changes.current is not None

    @property
    def is_seeking(self) -> bool:
        """Whether a session is being made ready to seek with."""
        change = self._changes.current
        return change is not None and change.seek_ms is not None

    def supply(self) -> Supply:
        """The session's; while a seek waits for its new one, with the troubles of that."""
        supply, change = self._session.supply(), self._changes.current
        if change is None or change.seek_ms is None:
            return supply
        coming = change.session.supply()
        return replace(
            supply,
            trouble_since=coming.trouble_since,
            trouble=coming.trouble,
            heard_at=coming.heard_at,
            cause=None,
            waited_for=True,
        )

    def retry_now(self) -> None:
        """From any thread."""
        self._session.retry_now()
        change = self._changes.current
        if change is not None:
            change.session.retry_now()

    def change_to(self, here_ms: int, video: Rendition | None, audio: Rendition | None) -> None:
        """Make another session ready, however long that takes, while this one plays on.

        It takes over what an earlier change, not done yet, was to bring.
        """
        wanted, self._owed = self.wanted, None
        permission = replace(wanted, video=video or wanted.video, audio=audio or wanted.audio)
        self._changes.begin(self._with_newest_address(permission), here_ms, None)

    def seek_anew(self, position_ms: int) -> None:
        """Make another session ready to seek with; a change that was under way waits for it."""
        change = self._changes.current
        if change is not None and change.seek_ms is None:
            self._owed = change.permission
        here = self._with_newest_address(self._permission)
        self._changes.begin(here, position_ms, position_ms)

    def reached_at(self, position_ms: int, picture_s: float) -> int:
        """That place, or a segment's beginning less than half a picture behind it.

        None of the segment before it would be seen.
        """
        begins_ms = self._session.entry_ms(position_ms + round(picture_s * 500))
        return max(position_ms, begins_ms)

    def drop_change(self) -> None:
        self._changes.drop()

    def take(self, change: Change) -> bool:
        """Whether this one is still wanted."""
        return self._changes.take(change)

    def go_on_with(self, change: Change, position_ms: int) -> Session:
        """Play the new session from now on; the one before, aborted, to be forgotten."""
        old, self._session = self._session, change.session
        self._permission = change.permission
        self._address = self._gateway.serve(self._session)
        if self._is_over:
            self._gateway.abort(self._session)
        if change.seek_ms is None:
            self._session.go_to(position_ms)
        self._gateway.abort(old)
        return old

    def abort(self) -> None:
        """Nothing more is read, so that libVLC can let go; from any thread."""
        self._gateway.abort(self._session)

    def forget(self, session: Session) -> None:
        """Its address is unknown from now on: libVLC let go of it."""
        self._gateway.forget(session)

    def end(self) -> None:
        """From any thread: no change begins any more."""
        self._is_over = True
        self._changes.close()

    def _with_newest_address(self, permission: Permission) -> Permission:
        """What an earlier session found out: the first address may be refused by now."""
        change = self._changes.current
        newest = self._session if change is None else change.session
        permit = replace(permission.permit, media_address=newest.media_address)
        return replace(permission, permit=permit)


def _listed_of(permission: Permission) -> SegmentList:
    """The list that every permission of `Watch` has."""
    listed = permission.permit.segment_list
    if listed is None:
        raise ValueError("a permission without a segment list")
    return listed
