"""A list tells its view no more than what changed, so that what stays keeps its focus."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from player_app.ui.models.rows import Rows


@dataclass(frozen=True)
class Row:
    id: str
    value: int


IDS = st.lists(st.sampled_from("abcdefg"), unique=True)
LISTS = st.lists(st.tuples(IDS, st.integers(0, 3)), min_size=1, max_size=8)


def rows(ids: list[str], value: int = 0) -> tuple[Row, ...]:
    return tuple(Row(each, value) for each in ids)


class Heard:
    """A view that keeps its own copy from what it is told alone."""

    def __init__(self, model: Rows) -> None:
        self.model = model
        self.shown: list[object] = []
        self.resets = 0
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(self._inserted)
        model.rowsRemoved.connect(self._removed)
        model.dataChanged.connect(self._changed)

    def _reset(self) -> None:
        self.resets += 1
        self.shown = list(self.model.rows)

    def _inserted(self, _parent: object, first: int, last: int) -> None:
        self.shown[first:first] = self.model.rows[first : last + 1]

    def _removed(self, _parent: object, first: int, last: int) -> None:
        del self.shown[first : last + 1]

    def _changed(self, first: object, _last: object, _roles: object) -> None:
        row = first.row()  # type: ignore[attr-defined]
        self.shown[row] = self.model.rows[row]


@given(LISTS)
def test_a_view_that_follows_shows_what_is_there(lists: list[tuple[list[str], int]]) -> None:
    model = Rows(Row)
    heard = Heard(model)

    for ids, value in lists:
        model.show(rows(ids, value))

        assert heard.shown == list(model.rows) == list(rows(ids, value))


def test_what_stays_is_not_made_again() -> None:
    model = Rows(Row)
    model.show(rows(["a", "b", "c"]))
    heard = Heard(model)

    model.show(rows(["a", "c"]))
    model.show(rows(["a", "x", "c", "y"]))

    assert heard.resets == 0
