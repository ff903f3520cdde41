"""What a viewer does who hears the screen: names, roles, states and values, by AT-SPI alone."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.waiting import until

PROCESS = Path(__file__).with_name("reader_process.py")
DEBIANS_PYTHON = "/usr/bin/python3"
"""It finds Debian's binding to libatspi, which no registry of Python's has."""
TAB, BACKSPACE = 0xFF09, 0xFF08
MOST_TABS = 60


@dataclass(frozen=True, slots=True)
class Part:
    """A thing on the screen as it was when it was looked at."""

    number: int
    depth: int
    role: str
    name: str
    description: str
    states: frozenset[str]
    actions: tuple[str, ...]
    value: float | None
    text: str

    def is_called(self, role: str, name: str) -> bool:
        return self.role == role and self.name.startswith(name)

    def has(self, state: str) -> bool:
        return state in self.states

    def __str__(self) -> str:
        focus = ", with the focus" if self.has("focused") else ""
        text = f": {self.text}" if self.text != self.name else ""
        return f"{'  ' * self.depth}{self.role} “{self.name}”{text}{focus}"


class Reader:
    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._announced: list[str] = []
        self._focused: tuple[str, str] | None = None

    def look(self) -> list[Part]:
        """Everything on the window, in reading order."""
        told = self._ask("look")
        return [
            Part(**{**each, "states": frozenset(each["states"]), "actions": tuple(each["actions"])})
            for each in told
        ]

    def until(self, condition: Callable[[], object], what: str, within_s: float = 15.0) -> None:
        """As `tests.waiting.until`, and tells what the window has where it is in vain."""
        try:
            until(condition, what, within_s)
        except AssertionError as in_vain:
            seen = "\n".join(map(str, self.look()))
            raise AssertionError(f"{in_vain}; in the tree:\n{seen}") from None

    def find(self, role: str, name: str, state: str = "visible", within_s: float = 15.0) -> Part:
        """The first of this role in this state whose name begins so."""
        found: list[Part] = []

        def there() -> bool:
            found[:] = [each for each in self.look() if each.is_called(role, name)]
            return any(each.has(state) for each in found)

        self.until(there, f"a {role} “{name}” that is {state}", within_s)
        return next(each for each in found if each.has(state))

    def value(self, role: str, name: str) -> float:
        value = self.find(role, name).value
        assert value is not None, f"{role} “{name}” has no value"
        return value

    def says(self, words: str) -> bool:
        return any(words in each.name for each in self.look())

    def press(self, role: str, name: str) -> None:
        """By its action, as a screen reader presses."""
        self._ask("act", self.find(role, name, "enabled").number, "Press")

    def toggle(self, role: str, name: str) -> None:
        self._ask("act", self.find(role, name).number, "Toggle")

    def set_value(self, role: str, name: str, value: float) -> None:
        self._ask("set", self.find(role, name).number, value)

    def tab_to(self, role: str, name: str) -> None:
        """Press Tab until what has this name says that it has the focus, unless it has."""
        if any(each.has("focused") and each.is_called(role, name) for each in self.look()):
            return
        passed: list[tuple[str, str]] = []
        while (role, name) not in passed:
            assert len(passed) < MOST_TABS, f"no {role} “{name}” among what Tab reaches: {passed}"
            self.listen()
            self._focused = None
            self.key(TAB)
            self.until(self._focus_moved, f"a focus after {passed}")
            passed.append(self._focused or ("", ""))

    def _focus_moved(self) -> bool:
        self.listen()
        return self._focused is not None

    def fill(self, name: str, text: str, role: str = "text") -> None:
        """Go to the field by Tab and type, key by key."""
        self.tab_to(role, name)
        self._ask("type", text)
        self.until(lambda: len(self.find(role, name).text) == len(text), f"the text in “{name}”")

    def clear(self, name: str, role: str = "text") -> None:
        """Go to the field by Tab and take back what it holds, key by key."""
        self.tab_to(role, name)
        for _ in self.find(role, name).text:
            self.key(BACKSPACE)
        self.until(lambda: not self.find(role, name).text, f"“{name}” to be empty")

    def hear(self, words: str) -> None:
        """Wait until something with these words is announced that was not heard of yet."""
        heard: list[str] = []

        def announced() -> bool:
            self.listen()
            while self._announced and not any(words in each for each in heard):
                heard.append(self._announced.pop(0))
            return any(words in each for each in heard)

        self.until(announced, f"“{words}” to be announced")

    def key(self, symbol: int) -> None:
        self._ask("key", symbol)

    def listen(self) -> None:
        for each in self._ask("hear"):
            if each["focus"]:
                self._focused = (each["focus"][0], each["focus"][1])
            else:
                self._announced.append(each["announced"])

    def _ask(self, duty: str, *what: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([duty, *what]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the reader's process ended at {duty}"
        answer = json.loads(line)
        assert "failed" not in answer, answer["failed"]
        return answer["is"]


@contextlib.contextmanager
def reading(process_id: int, screen: Mapping[str, str]) -> Iterator[Reader]:
    """A reader of the application with this process id, until the end of the block."""
    assert shutil.which(DEBIANS_PYTHON), f"{DEBIANS_PYTHON} is not installed"
    with subprocess.Popen(
        [DEBIANS_PYTHON, "-W", "ignore::DeprecationWarning", str(PROCESS), str(process_id)],
        env=dict(screen),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Reader(process)
        finally:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=10)
            process.kill()
