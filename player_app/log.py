"""The log: rotated, for nobody else's eyes, with secrets taken out before they are written."""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import os
import re
import sys
import threading
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

MOST_BYTES = 1_000_000
KEPT_FILES = 4
_HIDDEN = "[hidden]"
_NAMES = (
    r"[\w-]{0,24}(?:password|passphrase|secret|token|verifier|credential|api_?key)[\w-]{0,24}"
    r"|authorization_code|captcha|nonce|refresh|access|idempotency[_-]key"
    r"|signature|sig|hmac|hdnts|hdnea|policy|key-pair-id|x-amz-[\w-]+|cvc|cvv"
)
_IN_ADDRESSES = "code|state"
"""Words of many other uses: what follows is a secret after `=`, or where the name is quoted."""

_BEGINS = r"(?i)(?:(?<![\w-])|(?<=%3F)|(?<=%26))"
_QUOTE = r"(?:\\*[\"'])"
"""With backslashes where a text stands inside of another."""

_QUOTED = rf"b?({_QUOTE})(?:(?!\2)(?:\\.|.))*(?:\2|\Z)"
"""Or cut off before its other quote."""

_BARE = r"(?!\[hidden\])[^\s&\"',}\]]+"
_WHAT_FOLLOWS = (
    r"(/media/)[^/\s\"']+",
    r"(/checkout/)[A-Za-z0-9_~.-]{16,}",
    r"(?i)\b(bearer\s+)[A-Za-z0-9._~+/=-]+",
    r"(?i)\b((?:cookie|authorization)[\"']?\s*[:=,]\s*)[^\r\n]+",
    r"(://)[^\s/?#\"'<>]{0,300}(?=@)",
    r"(://[^\s/:@]{0,100}:)(?!\d{1,5}[/?#\s])\S{0,300}(?=@)",
    rf"{_BEGINS}((?:{_NAMES}){_QUOTE}?\s*(?:=|:|%3D)\s*){_QUOTED}",
    r"(?i)(\bpass(?:word|phrase)\w{0,24}[\"']?\s*[=:]\s*)[^\"'&\r\n]+",
    rf"{_BEGINS}((?:{_NAMES}){_QUOTE}?\s*(?:=|:|%3D)\s*){_BARE}",
    rf"{_BEGINS}((?:{_IN_ADDRESSES}){_QUOTE}?\s*(?:=|%3D)\s*){_QUOTED}",
    rf"{_BEGINS}((?:{_IN_ADDRESSES})(?:=|%3D)){_BARE}",
    rf"(?i)({_QUOTE}(?:{_IN_ADDRESSES}){_QUOTE}\s*[:,]\s*){_QUOTED}",
    rf"(?i)({_QUOTE}(?:{_NAMES}){_QUOTE}\s*,\s*){_QUOTED}",
)
_ALL_OF_IT = (
    r"(?<![\w-])eyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){2,4}",
    r"(?<![\w-])eyJ[A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]*)?\Z",
    r"(?s)-----BEGIN [A-Z ]*KEY-----.*?(?:-----END [A-Z ]*KEY-----|\Z)",
    # bytes as Python shows them: bodies of replies, keys
    r"\bb\"(?:\\.|[^\"\\]){12,}\"|\bb'(?:\\.|[^'\\]){12,}'",
    r"\bb\"(?:\\.|[^\"\\])*\Z|\bb'(?:\\.|[^'\\])*\Z",
    # 256 random bits in base64, with either alphabet; 128 in hex, unless they are the end of an id
    r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])",
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{40,}",
    r"(?<![\w-])[0-9A-Fa-f]{32}(?![\w-])",
)
_SECRETS = (
    *((re.compile(each), rf"\1{_HIDDEN}") for each in _WHAT_FOLLOWS),
    *((re.compile(each), _HIDDEN) for each in _ALL_OF_IT),
)
_DIGITS = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])")
_LONGEST = 20_000
"""Characters of a record that are written."""


def redacted(text: str) -> str:
    """The text without tokens, keys, signed grants, checkout links, passwords and card numbers."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return _DIGITS.sub(lambda found: _HIDDEN if _is_card(found[0]) else found[0], text)


def _is_card(digits: str) -> bool:
    """Whether the check digit is right (ISO/IEC 7812-1, the Luhn formula)."""
    numbers = [int(each) for each in digits if each.isdigit()]
    doubled = [sum(divmod(2 * each, 10)) for each in numbers[-2::-2]]
    return (sum(numbers[-1::-2]) + sum(doubled)) % 10 == 0


class RedactingFormatter(logging.Formatter):
    """Redacts the whole line, its traceback included, and cuts it between two words."""

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        if len(text) <= _LONGEST:
            return redacted(text)
        # half a word might be half a secret, which looks like none
        kept, *rest = text[:_LONGEST].rsplit(maxsplit=1)
        return f"{redacted(kept if rest else '')} [cut]"


class _OwnFile(logging.handlers.RotatingFileHandler):
    """For its owner only, the fresh file after a rotation too."""

    def _open(self) -> TextIOWrapper:
        stream = super()._open()
        if os.name == "posix":
            Path(self.baseFilename).chmod(0o600)
        return stream


def set_up(folder: Path) -> None:
    """Log to a file in `folder`, and catch there what nobody else catches."""
    handler = _OwnFile(
        folder / "verite.log", maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
    )
    handler.setFormatter(
        RedactingFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable(file=(folder / "crash.log").open("a", encoding="utf-8"))
    sys.excepthook = _unforeseen
    threading.excepthook = _unforeseen_in_a_thread
    sys.unraisablehook = _unforeseen_beside


def _unforeseen(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    logging.getLogger("verite").critical("unforeseen", exc_info=(kind, error, trace))


def _unforeseen_in_a_thread(found: threading.ExceptHookArgs) -> None:
    if found.exc_value is not None:
        _unforeseen(found.exc_type, found.exc_value, found.exc_traceback)


def _unforeseen_beside(found: sys.UnraisableHookArgs) -> None:
    """In a finaliser, or wherever else nothing can be raised."""
    if found.exc_value is not None:
        _unforeseen(found.exc_type, found.exc_value, found.exc_traceback)
