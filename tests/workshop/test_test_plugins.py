"""What every test stands on does fail the test that breaks it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = (
    *("-p", "tests.plugins.loopback", "-p", "tests.plugins.home", "-p", "tests.plugins.leaks"),
    *("-p", "tests.plugins.logs", "-p", "tests.plugins.promises"),
    *("-p", "tests.plugins.secrecy"),
)

pytest_plugins = ["pytester"]


def run(pytester: pytest.Pytester, test: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(test)
    pytester.makeini(f"[pytest]\npythonpath = {ROOT}\nmarkers = promise(number): a row")
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *PLUGINS, *arguments)


MISBEHAVING = """
import contextlib, logging, os, pathlib, socket, threading
from PySide6.QtCore import QTimer

def test_network():
    with contextlib.suppress(OSError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)

def test_thread():
    threading.Thread(target=threading.Event().wait, daemon=True, name="left").start()

def test_timer(qapp):
    qapp.left = QTimer()
    qapp.left.start(1000)

def test_log():
    logging.getLogger("here").warning("look out")

def test_what_is_expected_or_here(expect_log, tmp_path):
    expect_log("look out")
    logging.getLogger("here").warning("look out")
    assert pathlib.Path.home().is_relative_to(tmp_path)
    assert not [each for each in os.environ if each.lower() == "http_proxy"]
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""


def test_each_test_that_misbehaves_fails_and_no_other(pytester: pytest.Pytester) -> None:
    result = run(pytester, MISBEHAVING)
    result.assert_outcomes(passed=5, errors=4)
    result.stdout.re_match_lines_random(
        [
            r".*reached for the network: 192\.0\.2\.1",
            r".*leaked threads: left",
            r".*leaked timers:",
            r".*WARNING here: look out",
        ]
    )
    summary = result.stdout.str().partition("short test summary")[2]
    assert set(re.findall(r"::test_(\w+)", summary)) == {"network", "thread", "timer", "log"}


TELLING = """
import logging, secrets, subprocess, sys
import pytest
import tests.plugins.secrecy
from player_app import log
from player_app.service import signin

REDACTED = (log.redacted, str)

@pytest.fixture
def token(request):
    log.redacted = REDACTED[{switched_off}]
    return secrets.token_urlsafe(32)

def test_record(token):
    logging.getLogger("a.b").debug("%r", {{"at": token}})

def test_traceback(token):
    try:
        raise ValueError(token)
    except ValueError:
        logging.getLogger("a").info("failed", exc_info=True)

def test_password():
    def refused(*arguments):
        raise ValueError
    signin.by_challenge = refused
    tests.plugins.secrecy._watch_typing()
    said = "these are no more than words"
    with pytest.raises(ValueError):
        signin.by_challenge(None, None, "rosa", said, None)
    logging.info("not welcome, %s", said)

def test_later_record():
    secret = "not of the usual looks"
    tests.plugins.secrecy.known.note(secret)
    logging.info("-----BEGIN PRIVATE KEY----- cut")
    logging.info("said %s", secret)

def test_file(token, tmp_path):
    (tmp_path / "some.log").write_text(f"GET /{{token}}/x")

def test_child(token):
    told = f"import sys; sys.stderr.write('x{{token}}')"
    subprocess.run([sys.executable, "-c", told], capture_output=True)

def test_child_that_shares_stderr(token):
    subprocess.run([sys.executable, "-c", f"import sys; sys.stderr.write('{{token}}')"])

def test_silence(token):
    logging.info("nothing to tell")
"""


@pytest.mark.promise(23)
@pytest.mark.parametrize("switched_off", [False, True], ids=["redacted", "not redacted"])
def test_a_secret_that_is_told_fails_the_test_that_told_it(
    pytester: pytest.Pytester,
    switched_off: bool,  # noqa: FBT001
) -> None:
    said = run(pytester, TELLING.format(switched_off=switched_off)).stdout.str()
    summary = said[said.index("short test summary") :]
    failed = {each for each in re.findall(r"::test_(\w+)", summary) if "a secret in" in said}
    told = {"password", "later_record", "file", "child", "child_that_shares_stderr"}
    assert failed == told | ({"record", "traceback"} if switched_off else set())


def test_promises_are_chosen_counted_and_reported(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import pytest
        @pytest.mark.promise(7)
        def test_many(promise):
            for _ in range(promise.count(smoke=2, full=20)):
                promise.tried()
        @pytest.mark.promise(7)
        def test_one():
            raise AssertionError
        @pytest.mark.promise(8)
        def test_other(): pass
        """,
        *("--promises", "7", "--promises-full", "--promises-report", "report.json"),
    )
    result.assert_outcomes(passed=1, failed=1, deselected=1)
    report = (pytester.path / "report.json").read_text()
    assert '"7"' in report
    assert '"8"' not in report
    assert '"tests": 2' in report
    assert '"tried": 21' in report
    assert '"violations": 1' in report


def test_a_run_for_so_many_seconds_begins_no_test_after_them(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import time
        import pytest
        @pytest.mark.promise(7)
        @pytest.mark.parametrize("each", range(5))
        def test_it(each): time.sleep(0.6)
        """,
        *("--promises", "7", "--promises-report", "report.json", "--promises-seconds", "1"),
    )
    assert 1 <= result.parseoutcomes()["passed"] <= 2
    assert '"violations": 0' in (pytester.path / "report.json").read_text()
