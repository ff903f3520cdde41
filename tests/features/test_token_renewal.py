"""A sign-in is renewed once for everybody, survives lost replies, and ends when it must."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from player_app.core.errors import ServiceFailing, SlowDown, Unreachable, VeriteError
from player_app.core.sign_in_errors import SignedOut
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from tests.fakes.browser import RecordingBrowser
from tests.fakes.keyring import FileKeyring
from tests.features.player import Player
from tests.plugins.logs import Expect
from tests.plugins.promises import Promise
from tests.waiting import until

pytestmark = pytest.mark.promise(13)
ROOT = Path(__file__).resolve().parents[2]
LATER_S = 700
TOKEN = "/oauth/token"
ANSWERED_AFTER_S = 1.0
CUT = "uvicorn.error: Exception in ASGI application"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@contextmanager
def signed_in(
    profile: Path, service: RunningService, read_timeout_s: float = 15.0
) -> Iterator[Player]:
    """A player over the profile and the keyring beside it, its access token about to end."""
    keyring = FileKeyring(profile.with_suffix(".keyring"))
    player = Player(profile, RecordingBrowser(), keyring, read_timeout_s)
    try:
        if player.services.current() is None:
            player.services.choose(player.services.look_up(service.address))
            player.desk.sign_in(EMAIL, PASSWORD, None)
            player.clock.ahead_s = LATER_S
        yield player
    finally:
        player.close()


def asked(hooks: TestHooks) -> int:
    return sum(each.path == TOKEN for each in hooks.requests)


@contextmanager
def process(profile: Path, threads: int) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.features.renewing_process"]
    keyring = profile.with_suffix(".keyring")
    with subprocess.Popen(
        [*command, str(profile), str(keyring), str(threads)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        yield started
        assert started.stdin is not None
        started.stdin.close()
        assert started.wait(20) == 0


def said(started: subprocess.Popen[str]) -> str:
    assert started.stdout is not None
    return started.stdout.readline()


def test_threads_and_processes_that_renew_at_once_make_one_request(
    profile: Path, service: RunningService, hooks: TestHooks, promise: Promise
) -> None:
    with signed_in(profile, service), ExitStack() as stack:
        processes, threads = promise.count(smoke=2, full=3), promise.count(smoke=16, full=32)
        started = [stack.enter_context(process(profile, threads)) for _ in range(processes)]
        assert [said(each) for each in started] == ["ready\n"] * processes
        for turn in range(1, promise.count(smoke=3, full=50) + 1):
            before = asked(hooks)
            for each in started:
                assert each.stdin is not None
                each.stdin.write(f"{turn * LATER_S}\n")
                each.stdin.flush()
            got = {token for each in started for token in json.loads(said(each))}
            assert len(got) == 1
            assert asked(hooks) - before == 1
            promise.tried()


def test_a_process_that_is_killed_while_it_renews_signs_nobody_out(
    profile: Path, service: RunningService, hooks: TestHooks, promise: Promise, expect_log: Expect
) -> None:
    expect_log(CUT)
    chance, answered = random.Random(), list[bool]()  # noqa: S311 - any moment will do
    with signed_in(profile, service):
        pass
    for turn in range(1, promise.count(smoke=2, full=40) + 1):
        is_early = turn % 2 == 0
        if is_early:
            hooks.delay_next(TOKEN, ANSWERED_AFTER_S)
        after_s = chance.uniform(0, ANSWERED_AFTER_S / 2 if is_early else 0.04)
        with killed_after(profile, turn * LATER_S, after_s, hooks) as was_answered:
            answered.append(was_answered)
        with signed_in(profile, service) as again:
            again.clock.ahead_s = turn * LATER_S
            assert again.connection.client().account().email == EMAIL
        promise.tried()
    assert not any(answered[1::2])
    assert any(answered[::2])


@contextmanager
def killed_after(profile: Path, ahead_s: int, after_s: float, hooks: TestHooks) -> Iterator[bool]:
    """A process that is killed so long after its question arrived; whether it was answered."""
    before, answered = hooks.arrived.count(TOKEN), asked(hooks)
    command = [sys.executable, "-m", "tests.features.renewing_process"]
    with subprocess.Popen(
        [*command, str(profile), str(profile.with_suffix(".keyring")), "4"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as started:
        assert said(started) == "ready\n"
        assert started.stdin is not None
        started.stdin.write(f"{ahead_s}\n")
        started.stdin.flush()
        until(lambda: hooks.arrived.count(TOKEN) > before, "the question to arrive")
        time.sleep(after_s)
        started.kill()
        started.wait()
        was_answered = asked(hooks) > answered
    yield was_answered


def test_a_reply_that_was_lost_for_longer_than_the_grace_ends_the_sign_in(
    profile: Path, service: RunningService, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    with signed_in(profile, service) as player:
        hooks.cut_next(TOKEN, bytes_sent=20, times=2)
        with pytest.raises(Unreachable):
            player.connection.client().account()
        hooks.ahead_s = 61
        try:
            with pytest.raises(SignedOut) as ended:
                player.connection.client().account()
        finally:
            hooks.ahead_s = 0
        assert ended.value.by_service
        assert player.secrets.get("sign-in") is None


def test_a_lost_reply_is_asked_for_again_at_once(
    profile: Path, service: RunningService, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    with signed_in(profile, service) as player:
        before = asked(hooks)
        hooks.cut_next(TOKEN, bytes_sent=20)
        assert player.connection.client().account().email == EMAIL
        assert asked(hooks) - before == 2


def test_a_reply_lost_with_the_process_signs_nobody_out(
    profile: Path, service: RunningService, hooks: TestHooks, expect_log: Expect
) -> None:
    expect_log(CUT)
    with signed_in(profile, service) as player:
        hooks.cut_next(TOKEN, bytes_sent=20, times=2)
        with pytest.raises(Unreachable):
            player.connection.client().account()
    with signed_in(profile, service) as again:
        again.clock.ahead_s = LATER_S
        assert again.connection.client().account().email == EMAIL


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_service_in_trouble_drops_no_sign_in(
    profile: Path, service: RunningService, hooks: TestHooks, status: int
) -> None:
    with signed_in(profile, service) as player:
        hooks.fail_next(TOKEN, status)
        with pytest.raises((ServiceFailing, SlowDown)):
            player.connection.client().account()
        assert player.connection.client().account().email == EMAIL


def test_a_service_that_takes_too_long_drops_no_sign_in(
    profile: Path, service: RunningService, hooks: TestHooks
) -> None:
    with signed_in(profile, service, read_timeout_s=0.3) as player:
        hooks.delay_next(TOKEN, 0.8, times=2)
        with pytest.raises(Unreachable) as late:
            player.connection.client().account()
        assert late.value.why == "timed-out"
        assert player.connection.client().account().email == EMAIL


def test_a_revoked_sign_in_is_over_and_forgotten(
    profile: Path, service: RunningService, hooks: TestHooks
) -> None:
    with signed_in(profile, service) as player:
        stolen = player.secrets.get("sign-in")
        assert stolen is not None
        tokens = player.connection.client().tokens
        for turn in (1, 2):
            player.clock.ahead_s = turn * LATER_S
            tokens.access()
        thief = json.loads(stolen)["refresh"]
        form = {"grant_type": "refresh_token", "refresh_token": thief, "client_id": "verite-player"}
        with pytest.raises(VeriteError):
            player.transport.send("POST", service.address + TOKEN, form=form)

        player.clock.ahead_s = 3 * LATER_S
        with pytest.raises(SignedOut):
            player.connection.client().account()
        before = asked(hooks)
        assert player.secrets.get("sign-in") is None
        with pytest.raises(SignedOut):
            player.connection.client().account()
        assert asked(hooks) == before


def test_a_refused_access_token_is_renewed_once(
    profile: Path, service: RunningService, hooks: TestHooks
) -> None:
    with signed_in(profile, service) as player:
        player.clock.ahead_s = 0
        before = asked(hooks)
        hooks.fail_next("/v1/account", 401, times=1)
        assert player.connection.client().account().email == EMAIL
        assert asked(hooks) - before == 1
