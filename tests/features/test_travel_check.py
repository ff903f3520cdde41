"""The travel check says yes to what plays on the train, and to nothing else.

Real licences, segments and clocks, and a libVLC that decodes with the service gone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.download import Download, DownloadState, Quality, new_download
from player_app.core.errors import Stopped
from player_app.core.licence import Licence, Permit
from player_app.core.rental import Record
from player_app.core.travel import Finding, Obstacle, Remedy
from player_app.features.travel_check import TravelCheck, Trials
from player_app.features.verifying import Verifying
from player_app.media.first_picture import FirstPicture
from player_app.reference_service.server import RunningService
from tests.features.offline_viewer import DAY, FILM, OfflinePlayer, Viewer, parts


class Traveller:
    """A player with the film on it, and what it is asked before a journey."""

    def __init__(self, player: OfflinePlayer, service: RunningService) -> None:
        self.player, self.service = player, service
        self.state = DownloadState.COMPLETE
        self.told: list[tuple[str, int, int]] = []
        self.first_picture = FirstPicture(player.segments)
        self.lost: list[str] = []
        self.verifying = Verifying(
            permit=self._kept,
            parts=lambda permit, _: parts(permit),
            segments=player.segments,
            downloads=self,
        )
        self.check = TravelCheck(
            downloads=self.downloads,
            title=lambda film_id: player.browse.film(film_id).film.title,
            licences=player.offline,
            trials=Trials(
                record=self._record,
                now=player.rental_clock.now,
                ahead_s=player.rental_clock.ahead_s,
                verify=self.verifying.verify_permit,
                decode=lambda permit, stop: self.first_picture.decode(
                    permit, (service.address,), stop
                ),
            ),
        )

    def take(self, height: int = 360) -> Permit:
        permit = self.player.offline.take(FILM, f"v{height}")
        self.player.bring(permit)
        return permit

    def finding(self, in_s: int, stop: threading.Event | None = None) -> Finding:
        then = self.player.rental_clock.now() + in_s
        (found,) = self.check.check(then, self._tell, stop or threading.Event())
        return found

    def _tell(self, title: str, done: int, whole: int) -> None:
        self.told.append((title, done, whole))

    def downloads(self) -> tuple[Download, ...]:
        taken = new_download(FILM, Quality("v360", 360, ("a-main",), 1), 1, 1)
        return (replace(taken, state=self.state),)

    def of(self, film_id: str) -> Download | None:
        return next((each for each in self.downloads() if each.film_id == film_id), None)

    def parts_lost(self, film_id: str) -> None:
        self.lost.append(film_id)

    def resume(self, film_id: str) -> None:
        self.lost.append(f"{film_id} resumed")

    def file_of(self, permit: Permit, number: int) -> Path:
        """The file of a segment, by its number."""
        listed = permit.segment_list
        assert listed is not None
        sha256 = listed.videos()[0].segments[number].sha256
        return next(self.player.segments.folder.rglob(f"{sha256}*"))

    def _kept(self, film_id: str) -> Permit:
        permit = self.player.offline.kept(film_id)
        assert permit is not None
        return permit

    def _record(self, licence: Licence) -> Record:
        started_at = self.player.start_records.started_at(licence.right_id)
        return Record(started_at, doubt=self.player.rental_clock.doubt())


@pytest.fixture
def viewer(tmp_path: Path, service: RunningService) -> Viewer:
    return Viewer(tmp_path, service)


@pytest.fixture
def traveller(viewer: Viewer, service: RunningService) -> Iterator[Traveller]:
    viewer.rent()
    with viewer.player() as player:
        player.browse.refresh()
        made = Traveller(player, service)
        yield made
        made.first_picture.close()


def test_a_film_that_is_here_whole_plays_until_its_last_start(traveller: Traveller) -> None:
    traveller.take()
    found = traveller.finding(3 * DAY)
    assert found.plays, found
    assert found.clocks.remedy is Remedy.NOTHING
    assert found.parts.is_whole
    assert traveller.told[-1][1] == traveller.told[-1][2] > 0


@pytest.mark.parametrize("ahead_s", [3 * 3600, -3 * 3600])
def test_a_clock_that_a_restart_on_the_way_would_judge_by_is_to_be_set_right_first(
    traveller: Traveller, ahead_s: int
) -> None:
    player = traveller.player
    traveller.take()
    player.clock.ahead_s = ahead_s
    player.offline.renew(FILM)
    found = traveller.finding(3 * DAY)
    assert (found.clocks.obstacle, found.clocks.remedy) == (Obstacle.CLOCK, Remedy.CONNECT)
    assert abs(found.clocks.ahead_s - ahead_s) < 60
    player.clock.ahead_s = 0
    player.offline.renew(FILM)
    assert traveller.finding(3 * DAY).plays


def test_once_it_is_begun_it_plays_for_two_days_and_not_for_three(traveller: Traveller) -> None:
    permit = traveller.take()
    traveller.player.starts.began(permit)
    assert traveller.finding(2 * DAY - 60).plays
    over = traveller.finding(3 * DAY)
    assert (over.clocks.obstacle, over.clocks.remedy) == (Obstacle.ENDS, Remedy.WATCH_BEFORE)


def test_a_subscription_plays_for_a_week_without_contact(
    viewer: Viewer, service: RunningService
) -> None:
    viewer.subscribe()
    with viewer.player() as player:
        player.browse.refresh()
        traveller = Traveller(player, service)
        traveller.take()
        assert traveller.finding(6 * DAY).plays
        late = traveller.finding(8 * DAY)
        assert (late.clocks.obstacle, late.clocks.remedy) == (Obstacle.RENEWAL, Remedy.CONNECT)
        traveller.first_picture.close()


@pytest.mark.parametrize("how", ["gone", "flipped"])
def test_a_segment_that_is_gone_or_damaged_is_found_and_fetched_by_a_repair(
    traveller: Traveller, how: str, expect_log: Callable[[str], None]
) -> None:
    expect_log("a segment is damaged or gone")
    permit = traveller.take()
    file = traveller.file_of(permit, 3)
    size, data = file.stat().st_size, bytearray(file.read_bytes())
    if how == "gone":
        file.unlink()
    else:
        data[size // 2] ^= 1
        file.write_bytes(bytes(data))
    found = traveller.finding(DAY)
    assert (found.clocks.obstacle, found.clocks.remedy) == (Obstacle.MISSING, Remedy.REPAIR)
    assert (found.parts.missing + found.parts.damaged, found.parts.fetch_bytes) == (1, size)

    traveller.verifying.repair(FILM)
    assert traveller.lost == [FILM]
    assert traveller.player.bring(permit) == 1
    assert traveller.finding(DAY).plays


def test_a_download_that_is_not_done_is_told_without_a_trial(traveller: Traveller) -> None:
    traveller.take()
    traveller.state = DownloadState.PAUSED
    found = traveller.finding(DAY)
    assert (found.clocks.obstacle, found.clocks.remedy) == (
        Obstacle.NOT_COMPLETE,
        Remedy.DOWNLOAD,
    )


def test_a_licence_that_does_not_open_asks_for_one_contact(traveller: Traveller) -> None:
    traveller.take()
    with traveller.player.database.write() as connection:
        connection.execute("UPDATE licences SET sealed = x'00'")
    found = traveller.finding(DAY)
    assert (found.clocks.obstacle, found.clocks.remedy) == (Obstacle.LICENCE, Remedy.CONNECT)
    assert found.cause is not None


def test_the_check_begins_no_second_clock(traveller: Traveller) -> None:
    permit = traveller.take()
    assert traveller.finding(DAY).plays
    assert traveller.player.start_records.local(permit.licence.right_id) is None


def test_the_check_can_be_stopped(traveller: Traveller) -> None:
    traveller.take()
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        traveller.finding(DAY, stop)
