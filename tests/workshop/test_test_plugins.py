"""What every test stands on does fail the test that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = (
    *("-p", "tests.plugins.loopback", "-p", "tests.plugins.home", "-p", "tests.plugins.leaks"),
    *("-p", "tests.plugins.logs", "-p", "tests.plugins.promises"),
)

pytest_plugins = ["pytester"]


def run(pytester: pytest.Pytester, test: str, *arguments: str) -> pytest.RunResult:
    pytester.makepyfile(test)
    pytester.makeini(f"[pytest]\npythonpath = {ROOT}\nmarkers = promise(number): a row")
    return pytester.runpytest_subprocess("-p", "no:cacheprovider", *PLUGINS, *arguments)


@pytest.mark.parametrize(
    ("test", "said"),
    [
        (
            """
            import contextlib, socket
            def test_it():
                with contextlib.suppress(OSError):
                    socket.create_connection(("192.0.2.1", 80), timeout=1)
            """,
            "*reached for the network: 192.0.2.1*",
        ),
        (
            """
            import threading
            def test_it():
                threading.Thread(target=threading.Event().wait, daemon=True, name="left").start()
            """,
            "*leaked threads: left*",
        ),
        (
            """
            from PySide6.QtCore import QTimer
            def test_it(qapp):
                qapp.left = QTimer()
                qapp.left.start(1000)
            """,
            "*leaked timers:*",
        ),
        (
            """
            import logging
            def test_it():
                logging.getLogger("here").warning("look out")
            """,
            "*WARNING here: look out*",
        ),
    ],
    ids=["network", "thread", "timer", "log"],
)
def test_a_test_that_misbehaves_fails(pytester: pytest.Pytester, test: str, said: str) -> None:
    result = run(pytester, test)
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([said])


def test_what_is_expected_or_here_passes(pytester: pytest.Pytester) -> None:
    result = run(
        pytester,
        """
        import logging, os, pathlib, socket
        def test_it(expect_log, tmp_path):
            expect_log("look out")
            logging.getLogger("here").warning("look out")
            assert pathlib.Path.home().is_relative_to(tmp_path)
            assert not [each for each in os.environ if each.lower() == "http_proxy"]
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(server.getsockname()).close()
        """,
    )
    result.assert_outcomes(passed=1)


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
