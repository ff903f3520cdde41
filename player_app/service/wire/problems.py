"""Refusals: which error of the core a 4xx stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from player_app.core.errors import ServiceError, SlowDown
from player_app.core.refusals import (
    AlreadyHeld,
    DeviceLimit,
    FormRejected,
    HeldElsewhere,
    NoRight,
    NotAvailable,
    NotFound,
    PlacesTaken,
    Refused,
)
from player_app.core.sign_in_errors import BrowserNeeded, CaptchaNeeded, SignedOut
from player_app.core.stream_errors import LicenceError
from player_app.decoders import decoded
from player_app.service.wire.account import CaptchaReply
from player_app.service.wire.codec import Few, Line, Text


class _Mistake(Struct):
    field: Annotated[str, Meta(max_length=100)]
    message: Line = ""
    code: Line = ""


class _Problem(Struct):
    type: Line = ""
    detail: Text = ""
    title: Line = ""
    error: Line = ""
    error_description: Line = ""
    errors: Annotated[list[_Mistake], Few] = []
    captcha: CaptchaReply | None = None


_LEAVES: Mapping[str, type[Refused]] = {
    "no-right": NoRight,
    "device-limit": DeviceLimit,
    "not-available": NotAvailable,
    "already-held": AlreadyHeld,
    "places-taken": PlacesTaken,
    "held-elsewhere": HeldElsewhere,
    "not-found": NotFound,
    "gone": NotFound,
}


def refusal(status: int, body: bytes) -> ServiceError | LicenceError:
    """The error that a 4xx stands for: RFC 9457, or OAuth's own form."""
    try:
        problem = decoded(body, "json", _Problem)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        problem = _Problem()
    match problem.error:
        case "insufficient_authorization":
            return CaptchaNeeded(problem.captcha.captcha() if problem.captcha else None)
        case "redirect_to_web":
            return BrowserNeeded()
    name = problem.error or problem.type.removeprefix("urn:verite:problem:")
    detail = problem.detail or problem.error_description
    if name == "invalid" and problem.errors:
        return FormRejected({each.field: each.message or each.code for each in problem.errors})
    if name == "still-running":
        return SlowDown(None)
    if status == 401:  # noqa: PLR2004
        return SignedOut(name)
    if status in (404, 410) and name not in _LEAVES:
        return NotFound(status, name or "not-found", detail)
    return _LEAVES.get(name, Refused)(status, name or "about:blank", detail)
