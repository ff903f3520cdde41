"""Whatever a viewer and the world do in whatever order, downloads are as a small model says."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from player_app.core.download import DownloadState, Quality, reopened
from player_app.core.refusals import NoRight
from player_app.features.downloads import Downloads
from tests.features.downloads_model import FILMS, KEYS, Model, segments_of
from tests.features.downloads_puppet import AWAY, Puppet, Severed
from tests.features.offline_rig import Rig
from tests.features.small_film import VIDEOS
from tests.plugins.promises import Promise

S = DownloadState
EVERYTHING = frozenset(key for keys in KEYS.values() for key in keys)
films, qualities = st.sampled_from([each.film_id for each in FILMS]), st.sampled_from(list(VIDEOS))


class Machine(RuleBasedStateMachine):
    """`rig` is shared: every walk has an owner of its own, and removes all in the end."""

    def __init__(self, rig: Rig) -> None:
        super().__init__()
        self.rig, self.around = rig, rig.around
        self.around.owner = self.owner = f"{secrets.token_hex(4)} http://127.0.0.1"
        self.around.no_permit = None
        self.model = Model()
        self._reopen()

    def _reopen(self) -> None:
        self.rows, self.segments = Severed(self.rig.store), Severed(self.rig.segments)
        self.puppet = Puppet(self.segments)
        self.puppet.set(away=self.model.away, may_come=self.model.may_come)
        self.downloads: Downloads = self.rig.built(
            self.puppet.take,
            parts=segments_of,
            store=self.rows,
            segments=self.segments,
            look_every_s=3600.0,
        )
        self.downloads.begin()

    @rule(film_id=films, quality=qualities)
    def start(self, film_id: str, quality: str) -> None:
        self.downloads.start(film_id, _quality(quality))
        self.model.start(film_id, quality)
        self._settle()

    @rule(film_id=films)
    def pause(self, film_id: str) -> None:
        self.downloads.pause(film_id)
        self.model.pause(film_id)
        self._settle()

    @rule(film_id=films)
    def resume(self, film_id: str) -> None:
        self.downloads.resume(film_id)
        self.model.resume(film_id)
        self._settle()

    @rule(film_id=films)
    def pause_and_resume_before_it_stops(self, film_id: str) -> None:
        self.puppet.set(heeds_stop=False)
        self.downloads.pause(film_id)
        self.downloads.resume(film_id)
        self.puppet.set(heeds_stop=True)
        self.model.queue_again(film_id)
        self._settle()

    @rule(film_id=films)
    def remove(self, film_id: str) -> None:
        self.downloads.remove(film_id)
        self.model.remove(film_id)
        self._settle()

    @precondition(lambda self: self.model.running is not None)
    @rule(quality=qualities, removes_again=st.booleans())
    def start_while_it_is_removed(self, quality: str, removes_again: bool) -> None:  # noqa: FBT001
        running = self.model.running
        assert running is not None
        film_id = running.film_id
        self.puppet.set(heeds_stop=False)
        self.downloads.remove(film_id)
        self.downloads.start(film_id, _quality(quality))
        if removes_again:
            self.downloads.remove(film_id)
        found = self.downloads.of(film_id)
        assert found is not None
        assert (found.state, found.again is None) == (S.REMOVING, removes_again)
        self.puppet.set(heeds_stop=True)
        self.model.remove(film_id, None if removes_again else quality)
        self._settle()

    @rule(film_id=films, by=st.sampled_from([-1, 1]))
    def move(self, film_id: str, by: int) -> None:
        (self.downloads.up if by < 0 else self.downloads.down)(film_id)
        self.model.move(film_id, by)
        self._settle()

    @rule(number=st.integers(1, 6))
    def parts_come(self, number: int) -> None:
        self.model.may_come += number
        with self.puppet.change:
            self.puppet.may_come += number
            self.puppet.change.notify_all()
        self.model.go_on()
        self._settle()

    @rule(film_id=films)
    def a_part_is_found_damaged(self, film_id: str) -> None:
        row = self.model.of(film_id)
        if row is None or row.state is not S.COMPLETE:
            return
        lost = KEYS[film_id, row.quality][0]
        self.rig.spoil(lost)
        self.model.stored.discard(lost)
        self.downloads.parts_lost(film_id)
        self.model.lose(film_id)
        self._settle()

    @precondition(lambda self: self.model.running is not None)
    @rule()
    def the_service_refuses(self) -> None:
        self.puppet.set(refuses=NoRight(403, "no-right", ""))
        self.model.fail()
        self._settle()

    @rule()
    def contact_is_lost(self) -> None:
        self.around.no_permit, self.model.away = AWAY, True
        self.puppet.set(away=True)
        self.model.go_on()
        self._settle()

    @rule()
    def contact_is_back(self) -> None:
        self.around.no_permit, self.model.away = None, False
        self.puppet.set(away=False)
        self.downloads.contact()
        self.model.contact()
        self._settle()

    @rule()
    def the_viewer_leaves_and_comes_back(self) -> None:
        self.around.owner = None
        self.downloads.leave()
        self.model.interrupt()
        assert self.downloads.all() == ()
        soon(lambda: self.downloads._taking._run is None, lambda: "the film to rest")
        self.around.owner = self.owner
        self.model.contact()
        self._settle()

    @rule()
    def the_player_is_killed(self) -> None:
        self.rows.is_cut = self.segments.is_cut = True
        killed = self.downloads
        self.puppet.set(heeds_stop=True)
        self._reopen()
        killed.close(time.monotonic() + 5)
        self.model.interrupt()
        self.model.contact()
        self._settle()

    @invariant()
    def what_is_complete_is_all_here(self) -> None:
        for each in self.downloads.all():
            if each.state is S.COMPLETE:
                assert not self.rig.segments.missing(KEYS[each.film_id, each.rendition_id])

    @invariant()
    def what_is_told_is_on_disk(self) -> None:
        def is_kept() -> bool:
            kept = map(reopened, self.rig.store.all(self.owner))
            return set(kept) == set(map(reopened, self.downloads.all()))

        soon(is_kept, lambda: f"{self.downloads.all()} to be on disk")

    def teardown(self) -> None:
        self.puppet.set(heeds_stop=True)
        for each in self.downloads.all():
            self.downloads.remove(each.film_id)
        soon(lambda: self.downloads.all() == (), lambda: "everything to go")
        self.downloads.close(time.monotonic() + 5)
        assert set(self.rig.segments.missing(EVERYTHING)) == EVERYTHING

    def _settle(self) -> None:
        soon(
            lambda: self._seen() == self._expected(),
            lambda: f"{self._seen()} to become {self._expected()}",
        )

    def _seen(self) -> Any:
        rows = [(each.film_id, each.rendition_id, each.state) for each in self.downloads.all()]
        here = EVERYTHING - set(self.rig.segments.missing(EVERYTHING))
        return rows, here, self.puppet.waits_with

    def _expected(self) -> Any:
        rows = [(each.film_id, each.quality, each.state) for each in self.model.rows]
        running = self.model.running
        return rows, self.model.stored, running.film_id if running is not None else None


def _quality(video_id: str) -> Quality:
    return Quality(video_id, int(video_id[1:]), ("a-main", "a-description"), VIDEOS[video_id])


def soon(condition: Callable[[], bool], what: Callable[[], str]) -> None:
    """Looks more often than `tests.waiting`, for there are thousands of steps."""
    deadline = time.monotonic() + 5.0
    while not condition():
        assert time.monotonic() < deadline, f"not soon: {what()}"
        time.sleep(0.001)


@pytest.mark.promise(5)
def test_downloads_are_as_a_small_model_says(
    tmp_path: Path, promise: Promise, expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone, and is forgotten")
    rig = Rig(tmp_path / "profile", FILMS)

    class Walk(Machine):
        def __init__(self) -> None:
            super().__init__(rig)
            promise.tried()

    try:
        run_state_machine_as_test(
            Walk,
            settings=settings(
                max_examples=promise.count(smoke=12, full=300),
                stateful_step_count=20,
                deadline=None,
                database=None,
                # a walk among threads is not the same twice, and shrinks to nothing of use
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        rig.close()
