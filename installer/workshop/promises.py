"""Runs the tests of the promises with their full numbers and tells each row in a line."""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from installer.workshop import BUILD, ROOT, virtualenv

TALLY = BUILD / "soak.jsonl"
ROW = re.compile(r"^\| *(\d+) *\| *([^|]+?) *\|", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Row:
    """What the tests of one promise did."""

    number: int
    tests: int = 0
    tried: int = 0
    violations: int = 0
    seconds: float = 0.0

    def line(self, promise: str) -> str:
        said = "no tests" if not self.tests else "held" if not self.violations else "VIOLATED"
        return (
            f"{self.number:>2}  {self.tests:>3} tests  {self.tried:>6} cases  "
            f"{self.violations:>3} violations  {self.seconds:>7.1f} s  {said:<8}  {promise}"
        )

    def holds(self) -> bool:
        return self.tests > 0 and self.violations == 0

    def plus(self, other: Row) -> Row:
        return Row(
            self.number,
            max(self.tests, other.tests),
            self.tried + other.tried,
            self.violations + other.violations,
            self.seconds + other.seconds,
        )


def promised(root: Path = ROOT) -> dict[int, str]:
    """Number → sentence of every row of docs/promises.md."""
    text = (root / "docs" / "promises.md").read_text(encoding="utf-8")
    return {int(number): sentence for number, sentence in ROW.findall(text)}


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py promises")
    parser.add_argument("numbers", nargs="*", type=int, metavar="N")
    asked = parser.parse_args(arguments).numbers
    sentences = promised()
    numbers = asked or sorted(sentences)
    rows = tried(numbers)
    for number in numbers:
        print(rows[number].line(sentences.get(number, "not a promise of docs/promises.md")))
    return 0 if all(rows[number].holds() for number in numbers) else 1


def soak(arguments: list[str]) -> int:
    """Repeat one promise until the time is up; the tally goes on from run to run."""
    parser = argparse.ArgumentParser(prog="dev.py soak")
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("--minutes", type=float, default=10.0, metavar="M")
    asked = parser.parse_args(arguments)
    ends = time.monotonic() + asked.minutes * 60
    sentence = promised().get(asked.number, "not a promise of docs/promises.md")
    held = True
    while held and time.monotonic() < ends:
        row = tried([asked.number], ends - time.monotonic())[asked.number]
        held = row.holds()
        print(_add_to_tally(row).line(sentence), flush=True)
    return 0 if held else 1


def tried(numbers: list[int], seconds: float | None = None) -> dict[int, Row]:
    """Run the tests of these promises once, as far as they come in so many seconds.

    A row without tests is there too.
    """
    BUILD.mkdir(exist_ok=True)
    report = BUILD / f"promises-{os.getpid()}.json"
    report.unlink(missing_ok=True)
    command = [
        *(str(virtualenv.python()), "-m", "pytest", "--promises", ",".join(map(str, numbers))),
        *("--promises-report", str(report), "--promises-full"),
    ]
    # a run for so many seconds takes the tests in an order of its own, which two would not share
    command += ["-n", "2"] if seconds is None else ["--promises-seconds", str(seconds)]
    subprocess.run(command, cwd=ROOT, env=virtualenv.environment(), check=False)
    said: dict[str, dict[str, Any]] = {}
    if report.exists():
        said = json.loads(report.read_text(encoding="utf-8"))
        report.unlink()
    return {number: Row(number, **said.get(str(number), {})) for number in numbers}


def _add_to_tally(row: Row) -> Row:
    """One line more in the tally, which another soak may be writing too; the row's sum by now."""
    said = asdict(replace(row, seconds=round(row.seconds, 1)))
    with TALLY.open("a", encoding="utf-8") as tally:
        tally.write(json.dumps(said) + "\n")
    total = Row(row.number)
    for line in TALLY.read_text(encoding="utf-8").splitlines():
        before = Row(**json.loads(line))
        total = total.plus(before) if before.number == row.number else total
    return total
