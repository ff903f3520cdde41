"""Comments on one film: read by everyone; written first, then signed in for, then posted."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from player_app.core.account import Account
from player_app.core.comments import LONGEST_COMMENT, Comment, WaitingComment
from player_app.ui import formatting
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS
from player_app.ui.models.rows import Rows
from player_app.ui.navigation import Navigation, Place
from player_app.ui.tasks import Done, Failed, Outcome, Tasks
from player_app.ui.viewer import Viewer

if TYPE_CHECKING:
    from player_app.features.comments import CommentPage, Comments

QML_IMPORT_NAME = "Verite.Models"
QML_IMPORT_MAJOR_VERSION = 1

_NOT_KEPT = "What you write is not kept on this computer yet."


@dataclass(frozen=True, slots=True)
class CommentRow:
    id: str
    name: str
    username: str
    when: str
    text: str
    mine: bool
    waiting: bool


@dataclass(frozen=True, slots=True)
class CommentsFace:
    """`phase` is loading, ready, empty or failed; `cursor` is None when all are shown."""

    phase: str = "loading"
    draft: str = ""
    posting: bool = False
    wrong: str = ""
    said: str = ""
    cursor: str | None = None
    total: int = 0


def comment_row(comment: Comment) -> CommentRow:
    return CommentRow(
        id=comment.id,
        name=comment.display_name or comment.username,
        username=comment.username,
        when=formatting.date(comment.created_at),
        text=comment.text,
        mine=comment.mine,
        waiting=False,
    )


def waiting_row(comment: WaitingComment) -> CommentRow:
    return CommentRow(
        id=comment.key,
        name="You",
        username="",
        when="Waiting to be posted",
        text=comment.text,
        mine=True,
        waiting=True,
    )


@QmlElement
@QmlUncreatable("made in Python")
class CommentsViewModel(QObject):  # type: ignore[operator]
    shown = Signal()

    def __init__(
        self, *, comments: Comments, navigation: Navigation, viewer: Viewer, tasks: Tasks
    ) -> None:
        super().__init__()
        self._comments = comments
        self._navigation = navigation
        self._viewer = viewer
        self._tasks = tasks
        self._film_id = ""
        self._post_after_sign_in = False
        self._unkept: dict[str, str] = {}
        self._keeping = threading.Lock()
        self._face = CommentsFace()
        self._rows = Rows(CommentRow, self)
        viewer.watch(self._viewer_changed)

    @Property(str, notify=shown)
    def phase(self) -> str:
        return self._face.phase

    @Property(str, notify=shown)
    def draft(self) -> str:
        return self._face.draft

    @Property(bool, notify=shown)
    def posting(self) -> bool:
        return self._face.posting

    @Property(str, notify=shown)
    def wrong(self) -> str:
        return self._face.wrong

    @Property(str, notify=shown)
    def keepLabel(self) -> str:
        """Of what is offered while what was written is not kept."""
        return ACTION_LABELS["retry"] if self._face.wrong.startswith(_NOT_KEPT) else ""

    @Property(str, notify=shown)
    def said(self) -> str:
        return self._face.said

    @Property(bool, notify=shown)
    def hasMore(self) -> bool:
        return self._face.cursor is not None

    @Property(int, notify=shown)
    def total(self) -> int:
        return self._face.total

    @Property(bool, notify=shown)
    def signedIn(self) -> bool:
        return self._viewer.account is not None

    @Property(Rows, notify=shown)
    def rows(self) -> Rows:
        return self._rows

    @Slot(str)
    def write(self, text: str) -> None:
        """Keep what is being written, so that nothing typed is ever lost."""
        self._face = replace(self._face, draft=text)
        self._unkept[self._film_id] = text
        self.keep()

    @Slot()
    def keep(self) -> None:
        """Have what is in the field on disk."""
        film_id = self._film_id
        self._tasks.run(lambda: self._keep_draft(film_id), lambda o: self._draft_kept(film_id, o))

    @Slot()
    def post(self) -> None:
        text = self._face.draft.strip()
        if not text:
            self._show(replace(self._face, wrong="Write something first."))
        elif len(text) > LONGEST_COMMENT:
            wrong = f"At most {LONGEST_COMMENT:,} characters, please; these are {len(text):,}."
            self._show(replace(self._face, wrong=wrong))
        elif self._viewer.account is None:
            self._post_after_sign_in = True
            self._navigation.go(Place("sign-in"))
        elif not self._face.posting:
            self._send(text)

    @Slot(str)
    def remove(self, comment_id: str) -> None:
        self._tasks.run(lambda: self._comments.remove(comment_id), self._removed)

    @Slot(str)
    def report(self, comment_id: str) -> None:
        self._tasks.run(
            lambda: self._comments.report(comment_id, "reported from the player"), self._reported
        )

    @Slot()
    def more(self) -> None:
        cursor = self._face.cursor
        if cursor is not None:
            self._read(cursor)

    @Slot()
    def load(self) -> None:
        self._read(None)

    def open(self, film_id: str) -> None:
        self._film_id = film_id
        self._rows.show(())
        self._face = CommentsFace(draft=self._unkept.get(film_id, ""))
        self.shown.emit()
        self._read(None)
        self._tasks.run(
            lambda: self._comments.draft(film_id), lambda o: self._draft_found(film_id, o)
        )

    def _send(self, text: str) -> None:
        film_id = self._film_id
        self._show(replace(self._face, posting=True, wrong="", said=""))
        self._tasks.run(
            lambda: self._comments.post(film_id, text), lambda o: self._posted(film_id, o)
        )

    def _read(self, cursor: str | None) -> None:
        film_id = self._film_id
        self._tasks.run(
            lambda: self._comments.page(film_id, cursor),
            lambda outcome: self._page(film_id, outcome, first=cursor is None),
        )

    def _page(self, film_id: str, outcome: Outcome[CommentPage], *, first: bool) -> None:
        if film_id != self._film_id:
            return
        if isinstance(outcome, Failed):
            text = message_for(outcome.error).text
            phase = "ready" if self._rows.rows else "failed"
            self._show(replace(self._face, phase=phase, said=text))
            return
        page = outcome.value
        kept = () if first else self._rows.rows
        waiting = tuple(waiting_row(each) for each in page.waiting) if first else ()
        self._rows.show((*waiting, *kept, *(comment_row(each) for each in page.comments)))
        phase = "ready" if self._rows.rows else "empty"
        self._show(replace(self._face, phase=phase, cursor=page.cursor, total=page.total))

    def _draft_found(self, film_id: str, outcome: Outcome[str]) -> None:
        if film_id != self._film_id:
            return
        if isinstance(outcome, Done) and outcome.value and not self._face.draft:
            self._show(replace(self._face, draft=outcome.value))

    def _keep_draft(self, film_id: str) -> None:
        """The latest text: tasks may run in another order than the keys were pressed in."""
        with self._keeping:
            text = self._unkept.pop(film_id, None)
            if text is None:
                return
            kept = False
            try:
                self._comments.keep_draft(film_id, text)
                kept = True
            finally:
                if not kept:
                    self._unkept.setdefault(film_id, text)  # unless a later one came meanwhile

    def _draft_kept(self, film_id: str, outcome: Outcome[None]) -> None:
        """What could not be kept is still in the field: it is said why it must stay open."""
        if film_id != self._film_id:
            return
        if isinstance(outcome, Failed):
            why = message_for(outcome.error)
            self._show(replace(self._face, wrong=f"{_NOT_KEPT} {why.text}"))
        elif self._face.wrong.startswith(_NOT_KEPT):
            self._show(replace(self._face, wrong=""))

    def _posted(self, film_id: str, outcome: Outcome[Comment]) -> None:
        if film_id != self._film_id:
            return
        if isinstance(outcome, Failed):
            wrong = message_for(outcome.error).text
            self._show(replace(self._face, posting=False, wrong=wrong))
            return
        self._show(replace(self._face, posting=False, draft="", said="Your comment is posted."))
        self._read(None)

    def _removed(self, outcome: Outcome[None]) -> None:
        if isinstance(outcome, Failed):
            self._show(replace(self._face, said=message_for(outcome.error).text))
        self._read(None)

    def _reported(self, outcome: Outcome[None]) -> None:
        said = "Thank you. The service will look at it."
        if isinstance(outcome, Failed):
            said = message_for(outcome.error).text
        self._show(replace(self._face, said=said))

    def _viewer_changed(self, account: Account | None) -> None:
        self.shown.emit()
        if not self._film_id:
            return
        wanted, self._post_after_sign_in = self._post_after_sign_in, False
        if wanted and account is not None and self._face.draft.strip():
            self._send(self._face.draft.strip())
        else:
            self._read(None)

    def _show(self, face: CommentsFace) -> None:
        if face != self._face:
            self._face = face
            self.shown.emit()
