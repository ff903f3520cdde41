"""The log: rotated, for nobody else's eyes, with secrets taken out before they are written."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import re
import sys
import threading
from pathlib import Path
from types import TracebackType

MOST_BYTES = 1_000_000
KEPT_FILES = 4
_HIDDEN = "[hidden]"
_NAMES = (
    "access_token|refresh_token|password|code_verifier|authorization_code|code|state|captcha"
    "|token|refresh|access|nonce|idempotency[_-]key"
)
_SECRETS = (
    (re.compile(r"(/media/)[^/\s\"']+"), rf"\1{_HIDDEN}"),
    (re.compile(r"(/checkout/)[A-Za-z0-9_~.-]{16,}"), rf"\1{_HIDDEN}"),
    (re.compile(r"(?i)(bearer\s+)[A-Za-z0-9._~+/=-]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"(?i)\b((?:cookie|authorization)[\"']?\s*[:=]\s*)[^\r\n]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"(://[^\s/:@]*:)[^\s/@]+@"), rf"\1{_HIDDEN}@"),
    (re.compile(r"\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){2,4}"), _HIDDEN),
    (re.compile(rf"(?i)((?:{_NAMES})[\"']?\s*[=:]\s*)([\"']).*?\2"), rf"\1{_HIDDEN}"),
    (re.compile(rf"(?i)((?:{_NAMES})[\"']?\s*[=:]\s*)[^\s&\"',}}]+"), rf"\1{_HIDDEN}"),
)


def redacted(text: str) -> str:
    """The text without tokens, signed grants, checkout links and passwords."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class RedactingFormatter(logging.Formatter):
    """Redacts the whole line, its traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


def set_up(folder: Path) -> None:
    """Log to a file in `folder`, and catch there what nobody else catches."""
    path = folder / "verite.log"
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
    )
    handler.setFormatter(
        RedactingFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    if os.name == "posix":
        path.chmod(0o600)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable(file=(folder / "crash.log").open("a", encoding="utf-8"))
    sys.excepthook = _unforeseen
    threading.excepthook = _unforeseen_in_a_thread


def _unforeseen(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("verite").critical("unforeseen", exc_info=(kind, error, trace))


def _unforeseen_in_a_thread(found: threading.ExceptHookArgs) -> None:
    if found.exc_value is not None:
        _unforeseen(found.exc_type, found.exc_value, found.exc_traceback)
