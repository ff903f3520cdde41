"""Whatever a server answers: what is stored is the film, byte by byte, or the reason is named."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from player_app.core.errors import BadReply, Unreachable
from player_app.core.licence import Permit
from player_app.core.refusals import Refused
from player_app.core.stream_errors import PackagedAnew
from player_app.media.gateway import taking
from tests.media.folder_store import FolderStore
from tests.media.host import Handler, Host, cut, once
from tests.media.misbehaviours import (
    MISBEHAVIOURS,
    SEGMENT,
    Elsewhere,
    Misbehaviour,
    saying,
)
from tests.media.permits import permit
from tests.media.taker import Taker
from tests.waiting import until

pytestmark = pytest.mark.promise(4)

STALLED_AFTER_S = 0.4


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "store")


@pytest.fixture
def taker(
    film: dict[str, Any], host: Host, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> Taker:
    """It looks and tells more often than for a viewer."""
    monkeypatch.setattr(taking, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(taking, "TOLD_EVERY_S", 0.02)
    return Taker(film, host, store, stalled_after_s=STALLED_AFTER_S)


def names(each: Misbehaviour) -> str:
    return each.name


@pytest.mark.parametrize("wrong", [each for each in MISBEHAVIOURS if not each.lasts], ids=names)
def test_what_is_over_by_itself_leaves_no_trace_in_the_store(
    wrong: Misbehaviour, taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    host.faults.append(wrong.fault())
    with taker.running() as thread:
        taker.finish(thread)
    store.assert_is_whole(taker.parts, film_folder)
    asked = [each for each in host.asked if each[0] == wrong.path]
    assert len(asked) >= len(wrong.answers)


@pytest.mark.parametrize(
    "wrong", [each for each in MISBEHAVIOURS if each.lasts and not each.ends], ids=names
)
def test_what_lasts_is_named_and_held_back_until_it_is_over(
    wrong: Misbehaviour, taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    assert wrong.seen_as is not None
    host.faults.append(wrong.fault())
    (struck,) = (each for each in taker.parts if each.path == wrong.path)
    with taker.running() as thread:
        until(lambda: taker.latest.missing == 1, "all else to be stored")
        until(lambda: type(taker.latest.trouble) is wrong.seen_as, f"{taker.latest.trouble}")
        assert not store.has(struck.key)
        store.assert_holds_only(taker.parts, film_folder)
        host.faults.clear()
        taker.taking.nudge()
        taker.finish(thread)
    store.assert_is_whole(taker.parts, film_folder)
    assert taker.latest.trouble is None


@pytest.mark.parametrize("wrong", [each for each in MISBEHAVIOURS if each.ends], ids=names)
def test_what_nothing_can_mend_ends_it_with_its_reason(
    wrong: Misbehaviour, taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    assert wrong.ends is not None
    host.faults.append(wrong.fault())
    with taker.running() as thread, pytest.raises(wrong.ends):
        taker.finish(thread)
    store.assert_holds_only(taker.parts, film_folder)


@pytest.mark.parametrize("status", [401, 403, 410])
def test_an_address_that_is_over_is_replaced_once_for_all(
    status: int, taker: Taker, host: Host, store: FolderStore, film_folder: Path
) -> None:
    """In the middle of a segment, too; the others find theirs refused with the next."""
    host.over = status

    def moves(handler: Handler, data: bytes) -> None:
        host.grant = "media/grant-2"
        cut(handler, data)

    host.faults.append(once(SEGMENT, moves))
    with taker.running() as thread:
        taker.finish(thread)
    store.assert_is_whole(taker.parts, film_folder)
    assert taker.permits_asked == 1
    assert max(start for path, start in host.asked if path == SEGMENT) > 0


def test_an_address_that_is_over_is_asked_again_only_once_there_is_another(
    taker: Taker, host: Host
) -> None:
    def moves(handler: Handler, data: bytes) -> None:
        host.grant = "media/grant-2"
        cut(handler, data)

    host.faults.append(once(SEGMENT, moves))
    taker.revoked = Unreachable("service", "offline")
    with taker.running() as thread:
        until(lambda: taker.latest.trouble is taker.revoked, "the trouble to be told")
        until(lambda: sum(path == SEGMENT for path, _ in host.asked) == 2, "the refusal")
        refused, so_often = len(host.asked), taker.permits_asked
        until(lambda: taker.permits_asked >= so_often + 4, "the service to be asked again")
        assert len(host.asked) == refused
        taker.revoked = None
        taker.taking.nudge()
        taker.finish(thread)


def test_a_renewal_that_is_refused_ends_it(taker: Taker, host: Host) -> None:
    taker.revoked = Refused(403, "revoked")
    host.grant = "media/grant-2"
    with taker.running() as thread, pytest.raises(Refused) as refused:
        taker.finish(thread)
    assert refused.value.problem == "revoked"


def over(handler: Handler, _data: bytes) -> None:
    handler.plain(403)


def gone(handler: Handler, _data: bytes) -> None:
    handler.plain(404)


def another(handler: Handler, data: bytes) -> None:
    handler.head(len(data))
    handler.wfile.write(data[::-1])


@pytest.mark.parametrize("answer", [over, gone, another])
def test_a_film_that_is_packaged_anew_meanwhile_is_not_mixed_with_what_it_was(
    answer: Callable[[Handler, bytes], None],
    film: dict[str, Any],
    host: Host,
    store: FolderStore,
    film_folder: Path,
) -> None:
    """Whether its files have another address by now, or are gone, or others are in their place."""
    lists = ["00" * 32]

    def permitted() -> Permit:
        named = permit(film, host.address)
        return replace(named, licence=replace(named.licence, segments_sha256=lists[-1]))

    taker = Taker(film, host, store, permitted=permitted)
    host.faults.append(once(SEGMENT, answer, times=1_000))
    lists.append("11" * 32)
    with taker.running() as thread, pytest.raises(PackagedAnew):
        taker.finish(thread)
    assert taker.permits_asked == 1
    store.assert_holds_only(taker.parts, film_folder)


def test_a_redirect_to_another_host_is_never_followed(taker: Taker, host: Host) -> None:
    elsewhere = Elsewhere()
    serving = threading.Thread(target=elsewhere.serve_forever, args=(0.02,))
    serving.start()
    onward = saying(302, Location=f"http://127.0.0.1:{elsewhere.server_port}/{SEGMENT}")
    host.faults.append(Misbehaviour("302", (onward,), lasts=True).fault())
    try:
        with taker.running():
            until(lambda: taker.latest.missing == 1, "all else to be stored")
            until(lambda: type(taker.latest.trouble) is BadReply, "the trouble to be told")
        assert elsewhere.asked == []
    finally:
        elsewhere.shutdown()
        serving.join()
        elsewhere.server_close()
