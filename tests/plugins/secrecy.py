"""A secret in anything that a test logged, or that its child processes wrote, fails that test.

Secrets are noted where they are made: everything from `secrets.token_urlsafe`, and what `BIRTHS`
names. Whatever else looks like one is found by `LOOKS`.
"""

from __future__ import annotations

import base64
import functools
import logging
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from player_app import log

LEAST = 8
"""Characters; anything shorter is found by chance."""

LOOKS = re.compile(
    r"(?i:bearer\s+[\w.~+/-]{20,})"
    r"|\beyJ[\w-]{8,}\.[\w-]*\.[\w-]+"
    r"|/media/\d+\.[\w-]+\.[\w-]{20,}"
    r"|/checkout/[\w-]{43}"
    r"|127\.0\.0\.1:\d+/[\w-]{43}/"
    r"|[?&](?:code|access_token|refresh_token|password)=[^&\s\[]{8,}"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)
RUN = re.compile(r"[A-Za-z0-9_-]{16,}")


def _made(_arguments: tuple[Any, ...], made: Any) -> tuple[Any, ...]:
    return (made,)


def _keys(arguments: tuple[Any, ...], _made: Any) -> tuple[Any, ...]:
    return tuple(arguments[0].keys.values())


BIRTHS: tuple[tuple[str, str, Callable[[tuple[Any, ...], Any], tuple[Any, ...]]], ...] = (
    ("player_app.features.account", "AccountDesk.secret", _made),
    ("player_app.core.licence", "Licence.__init__", _keys),
    ("player_app.reference_service.media", "sign", _made),
)

TYPED = ("player_app.service.signin", "by_challenge", 3)
"""Where a password comes in, as which argument: known before the call, which may fail."""


class Known:
    """The secrets of this process, by what they look like in a text."""

    def __init__(self) -> None:
        self._runs: set[str] = set()
        self._lengths: set[int] = set()
        self._phrases: set[str] = set()

    def note(self, secret: str | bytes) -> None:
        if isinstance(secret, bytes):
            self.note(secret.hex())
            self.note(base64.b64encode(secret).decode())
        elif RUN.fullmatch(secret):
            self._runs.add(secret)
            self._lengths.add(len(secret))
        elif len(secret) >= LEAST:
            self._phrases.add(secret)

    def shown_by(self, text: str) -> str | None:
        """The first secret in a text, made safe to be told; None if there is none."""
        looks = LOOKS.search(text)
        if looks is not None:
            return _hint(looks[0])
        for phrase in tuple(self._phrases):
            if phrase in text:
                return _hint(phrase)
        for found in RUN.finditer(text):
            run = found[0]
            for length in self._lengths:
                for start in range(len(run) - length + 1):
                    if run[start : start + length] in self._runs:
                        return _hint(run)
        return None


def _hint(secret: str) -> str:
    return f"{secret[:12]}… ({len(secret)} characters)"


class Everything(logging.Handler):
    """Keeps every record of every logger as the player's log would have it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.setFormatter(log.RedactingFormatter("%(levelname)s %(name)s: %(message)s"))
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.said.append(self.format(record))
        except (TypeError, ValueError):  # arguments that do not fit: the log's own complaint
            self.said.append(log.redacted(str(record.msg)))

    def take(self) -> str:
        said, self.said = self.said, []
        return "\n".join(said)


known, everything = Known(), Everything()
_from_children: list[str] = []
_guard = threading.Lock()


def _noting_tokens(made: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(made)
    def token_urlsafe(*arguments: Any) -> str:
        token = made(*arguments)
        known.note(token)
        return token

    return token_urlsafe


def _keeping_what_children_say(communicate: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(communicate)
    def heard(*arguments: Any, **named: Any) -> Any:
        out, err = communicate(*arguments, **named)
        if err:
            text = err if isinstance(err, str) else err.decode("utf-8", "replace")
            with _guard:
                _from_children.append(text)
        return out, err

    return heard


def _watch_births() -> None:
    """In the modules that have been imported by now."""
    for module, name, born in BIRTHS:
        owner: Any = sys.modules.get(module)
        *outer, last = name.split(".")
        for each in outer:
            owner = getattr(owner, each, None)
        maker = None if owner is None else getattr(owner, last, None)
        if maker is not None and not hasattr(maker, "watched"):
            setattr(owner, last, _watched(maker, born))


def _watch_typing() -> None:
    module, name, place = TYPED
    owner: Any = sys.modules.get(module)
    taker = getattr(owner, name, None)
    if taker is None or hasattr(taker, "watched"):
        return

    @functools.wraps(taker)
    def watched(*arguments: Any, **named: Any) -> Any:
        known.note(arguments[place])
        return taker(*arguments, **named)

    watched.watched = True  # type: ignore[attr-defined]
    setattr(owner, name, watched)


def _watched(
    maker: Callable[..., Any], born: Callable[[tuple[Any, ...], Any], tuple[Any, ...]]
) -> Callable[..., Any]:
    @functools.wraps(maker)
    def watched(*arguments: Any, **named: Any) -> Any:
        made = maker(*arguments, **named)
        for secret in born(arguments, made):
            known.note(secret)
        return made

    watched.watched = True  # type: ignore[attr-defined]
    return watched


def pytest_configure() -> None:
    secrets.token_urlsafe = _noting_tokens(secrets.token_urlsafe)
    subprocess.Popen.communicate = _keeping_what_children_say(  # type: ignore[method-assign]
        subprocess.Popen.communicate
    )
    root = logging.getLogger()
    root.addHandler(everything)
    root.setLevel(logging.DEBUG)


@pytest.fixture(autouse=True)
def no_secret_is_told(tmp_path: Path) -> Iterator[None]:
    _watch_births()
    _watch_typing()
    yield
    told = everything.take()
    with _guard:
        children, _from_children[:] = "\n".join(_from_children), []
    places = {"the log": told, "what a child process said": children}
    for file in tmp_path.rglob("*.log*"):
        if file.is_file():
            places[file.name] = file.read_text(encoding="utf-8", errors="replace")
    for place, text in places.items():
        if text and (secret := known.shown_by(text)):
            pytest.fail(f"a secret in {place}: {secret}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Children that share this process's stderr are heard through what pytest captured."""
    report = yield
    del item, call
    if report.passed and (secret := known.shown_by(report.capstderr)):
        report.outcome = "failed"
        report.longrepr = f"a secret in the captured stderr: {secret}"
    return report
