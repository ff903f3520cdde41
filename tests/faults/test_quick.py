"""Stop, seek, next film and quit are quick while a fault strikes, in the real application."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.faults.control import FaultProxy
from tests.faults.faults import BY_NAME, FAULTS, Fault
from tests.faults.viewer import (
    FILM,
    OTHER_FILM,
    Did,
    ProxiedService,
    Viewer,
    service_behind_a_proxy,
    viewer_of,
)
from tests.plugins.promises import Promise
from tests.waiting import until

pytestmark = pytest.mark.promise(9)

STRUCK, FROM_MS = 8, 6_000
AHEAD_MS, BEHIND_MS = 12_000, 6_500
"""Where the viewer seeks to: on the other side of the struck segment, or back to what is here."""

CALL_S = LATE_S = 0.1
WITHIN_S = {"stop": 1.0, "seek": 3.0, "next": 3.0, "quit": 3.0}
LIKE_FAILING = ("bad-gateway", "too-many-requests")
SMOKE = {("stalled-within-the-body", "stop"), ("silent-before-the-reply", "next")}


class TooSlow(AssertionError):
    """A deadline was missed."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "act" not in metafunc.fixturenames:
        return
    names = [each.name for each in FAULTS if each.name not in LIKE_FAILING]
    pairs = [(name, act) for name in names for act in WITHIN_S]
    if not metafunc.config.getoption("--promises-full"):
        pairs = [each for each in pairs if each in SMOKE]
    metafunc.parametrize(("struck_by", "act"), pairs)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProxiedService]:
    with service_behind_a_proxy(tmp_path_factory.mktemp("service")) as found:
        yield found


@pytest.fixture
def service(served: ProxiedService) -> FaultProxy:
    """The way to the service."""
    served.forget_sign_ins()
    return served.proxy


def test_what_the_viewer_does_while_a_fault_strikes_is_done_at_once(
    struck_by: str, act: str, service: FaultProxy, chance: random.Random, promise: Promise
) -> None:
    fault, seed = BY_NAME[struck_by], chance.getrandbits(32)
    try:
        one_act(fault, act, service, random.Random(seed))  # noqa: S311 - it keeps no secret
    except TooSlow as slow:
        print(f"tried again, since it was too slow: {slow}")  # noqa: T201 - shown if it fails
        one_act(fault, act, service, random.Random(seed))  # noqa: S311 - it keeps no secret
    promise.tried()


def one_act(fault: Fault, act: str, service: FaultProxy, chance: random.Random) -> None:
    since = len(service.replies())
    try:
        with viewer_of(service, STRUCK) as viewer:
            fault.begin(viewer, chance)
            viewer.ask("play", FILM, FROM_MS)
            until(lambda: service.replies(viewer.struck, since), "the struck segment to be asked")
            if fault.name == "outage":
                service.outage()
            else:
                fault.then(viewer, False)
            viewer.ask("watch")
            if fault.stalls:
                viewer.ask("stall")
            did = do(viewer, act, fault, chance)
    finally:
        service.clear()
        service.back()
    assert any(each.struck for each in service.replies(viewer.struck, since))
    expect_quick(did, act)
    if act == "next" and not fault.wide:
        assert did.card == ""


def do(viewer: Viewer, act: str, fault: Fault, chance: random.Random) -> Did:
    match act:
        case "seek":
            to_ms = BEHIND_MS if fault.wide else chance.choice((AHEAD_MS, BEHIND_MS))
            return viewer.did("seek", to_ms)
        case "next":
            return viewer.did("next", OTHER_FILM)
        case "quit":
            did = viewer.quit()
            assert viewer.process.returncode == 0
            return did
        case _:
            return viewer.did("stop")


def expect_quick(did: Did, act: str) -> None:
    print(f"{act}: {did}")  # noqa: T201 - figures, for pytest -rP
    is_quick = (
        did.call_s < CALL_S
        and did.longest_call_s < CALL_S
        and did.p99_s < LATE_S
        and did.done_s < WITHIN_S[act]
    )
    if not is_quick:
        raise TooSlow(f"{act}: {did}")
