"""The commands of dev.py: each sets up what it needs, then does one thing."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from installer.workshop import ROOT, demo, npm, promises, system, virtualenv
from installer.workshop.relock import relock
from installer.workshop.steps import StepFailed

Command = Callable[[list[str]], int]

SHARED = ("--dist", "worksteal")
"""Neighbours share a process, and what their file makes once; an idle process takes of others'."""

BY_THE_CLOCK = ("-n", "3", *SHARED)
"""Tests that a clock measures, beside two others at most: a film leaves room for them."""

ALL_OTHERS = ("-n", "5", *SHARED)
"""They come last: each process compiles all tests where nothing was compiled before."""

ALONE = ("--last-failed", "--last-failed-no-failures=none")
THOROUGH = "--thorough"
"""The further cases alone, which are left out else."""

ONE_RUN = ("-n", "--numprocesses", "--pdb", "-s", "-m", "--collect-only")
SOME_FAILED, NO_TESTS = 1, 5
"""What pytest ends with; the latter where there was none to run."""


def main(arguments: list[str]) -> int:
    """Carry out one command; its own arguments are passed through to what it starts."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description="One door for people who work on Verité."
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    for name, (each, says) in COMMANDS.items():
        commands.add_parser(name, help=says, add_help=False).set_defaults(command=each)
    chosen, rest = parser.parse_known_args(arguments)
    command: Command | None = getattr(chosen, "command", None)
    if command is None:
        parser.print_help()
        return 2
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return command(rest)
    except StepFailed as failed:
        print(f"\ndev.py: {failed}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def test(arguments: list[str]) -> int:
    set_up_for_tests()
    if any(each.startswith(ONE_RUN) for each in arguments):
        return _pytest(*arguments)
    of = "thorough and " if THOROUGH in arguments else ""
    rest = [each for each in arguments if each != THOROUGH]
    ends = {
        _by_the_clock(f"{of}real_time", rest),
        _pytest(*ALL_OTHERS, "-m", f"{of}not real_time", *rest),
    }
    return NO_TESTS if ends == {NO_TESTS} else max(ends - {NO_TESTS})


def _by_the_clock(marks: str, arguments: list[str]) -> int:
    """What fails is tried again once, alone, before it counts: the machine may have been busy."""
    end = _pytest(*BY_THE_CLOCK, "-m", marks, *arguments)
    if end != SOME_FAILED:
        return end
    print("── once more, alone: what failed by the clock", flush=True)
    again = _pytest(*ALONE, "-m", marks, *arguments)
    return end if again == NO_TESTS else again


def _pytest(*arguments: str) -> int:
    return in_environment("-m", "pytest", *arguments)


def check(arguments: list[str]) -> int:
    """Every check runs, so that one run says all that is wrong."""
    del arguments
    set_up_for_tests()
    checks: dict[str, Sequence[str]] = {
        "ruff": ("-m", "ruff", "check", "."),
        "ruff format": ("-m", "ruff", "format", "--check", "."),
        "mypy": ("-m", "mypy"),
        "import law": ("-m", "pytest", "-q", "tests/test_import_rules.py"),
        "locks, licences, qmllint": ("-m", "installer.workshop.checks"),
    }
    failed = []
    for name, command in checks.items():
        began = time.monotonic()
        print(f"── {name}", flush=True)
        if in_environment(*command) != 0:
            failed.append(name)
        print(f"   {time.monotonic() - began:.1f} s", flush=True)
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all is well'}", flush=True)
    return int(bool(failed))


def screenshots(arguments: list[str]) -> int:
    set_up_for_tests()
    return in_environment("-m", "tests.screenshots", *arguments)


def bench(arguments: list[str]) -> int:
    virtualenv_and(system.packages(tests=True) + system.BENCH)
    return in_environment("-m", "tests.bench", *arguments)


def studio(arguments: list[str]) -> int:
    virtualenv_and(system.packages(player=False) + system.STUDIO)
    virtualenv.make_ready(virtualenv.VOICE_LOCK)
    return in_environment("-m", "player_app.reference_service.studio", *arguments)


def run_promises(arguments: list[str]) -> int:
    set_up_for_tests()
    return promises.run(arguments)


def soak(arguments: list[str]) -> int:
    set_up_for_tests()
    return promises.soak(arguments)


def lock(arguments: list[str]) -> int:
    del arguments
    relock()
    virtualenv.make_ready(virtualenv.DEV_LOCK)
    return 0


def set_up_for_tests() -> None:
    virtualenv_and(system.packages(tests=True))
    npm.make_ready()


def virtualenv_and(packages: tuple[str, ...]) -> None:
    system.put_in_place(packages)
    virtualenv.make_ready(virtualenv.DEV_LOCK)


def in_environment(*arguments: str, extra: Mapping[str, str] | None = None) -> int:
    """Run the environment's Python in the project's folder; its exit code."""
    command = [str(virtualenv.python()), *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**virtualenv.environment(), **(extra or {})}, check=False
    ).returncode


COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (
        demo.demo,
        "the player on the bundled service; --self-test [offline] does a job of it by itself",
    ),
    "run": (demo.play, "the player; arguments are its own"),
    "test": (test, "the tests; arguments are pytest's own"),
    "check": (check, "ruff, mypy, import law, locks, licences, qmllint"),
    "screenshots": (screenshots, "DIR: every screen in its states, dark and light, two sizes"),
    "promises": (run_promises, "[N …]: the promises with their full numbers"),
    "soak": (soak, "N --minutes M: one promise for a long time, adding to a tally"),
    "bench": (bench, "[NAME …] [--json FILE]: ours against a peer's, in turns"),
    "lock": (lock, "make the locks anew for pyproject.toml"),
    "studio": (studio, "make the demo's films, posters and stills anew"),
}
