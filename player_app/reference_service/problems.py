"""Refusals as RFC 9457 problems: raised anywhere below, answered in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"
_STATUS = {
    "unauthorized": 401,
    "forbidden": 403,
    "no-right": 403,
    "revoked": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "conflict": 409,
    "still-running": 409,
    "device-limit": 409,
    "device-unknown": 409,
    "not-available": 409,
    "already-held": 409,
    "places-taken": 409,
    "held-elsewhere": 409,
    "gone": 410,
    "too-large": 413,
    "invalid": 422,
    "idempotency-key-reused": 422,
    "rate-limited": 429,
    "internal": 500,
}

_TEXT = {"type": "string"}
_FIELD = {"type": "object", "properties": {"field": _TEXT, "code": _TEXT, "message": _TEXT}}
# What the published OpenAPI says of every route's refusals.
DOCUMENTED: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A problem (RFC 9457)",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": {"type": "string", "pattern": "^urn:verite:problem:"},
                        "title": _TEXT,
                        "status": {"type": "integer"},
                        "detail": _TEXT,
                        "errors": {"type": "array", "items": _FIELD},
                    },
                }
            }
        },
    }
}


@dataclass(frozen=True, slots=True)
class FieldError:
    field: str
    code: str
    message: str


class Problem(Exception):
    """A refusal: its name decides the status; `detail` is a sentence."""

    def __init__(
        self,
        name: str,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.status = _STATUS[name]
        self.detail = detail
        self.errors = errors
        self.retry_after_s = retry_after_s


def answer(problem: Problem) -> JSONResponse:
    """The reply that says the problem."""
    body: dict[str, object] = {
        "type": f"urn:verite:problem:{problem.name}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": problem.detail,
    }
    if problem.errors:
        body["errors"] = [
            {"field": each.field, "code": each.code, "message": each.message}
            for each in problem.errors
        ]
    headers = {}
    if problem.retry_after_s is not None:
        headers["Retry-After"] = str(problem.retry_after_s)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, problem.status, headers, media_type=MEDIA_TYPE)


_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}


def install(app: FastAPI, page: Callable[[Request, int], Response | None]) -> None:
    """Have the application answer problems as problems, or with a page where one is read."""

    @app.exception_handler(Problem)
    def refused(_request: Request, problem: Problem) -> JSONResponse:
        return answer(problem)

    @app.exception_handler(RequestValidationError)
    def malformed(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = tuple(
            FieldError(".".join(str(part) for part in each["loc"][1:]), "malformed", each["msg"])
            for each in error.errors()
        )
        return answer(Problem("invalid", "The request is malformed.", errors=fields))

    @app.exception_handler(HTTPException)
    def plain(request: Request, error: HTTPException) -> Response:
        name = _BY_STATUS.get(error.status_code, "forbidden")
        return page(request, error.status_code) or answer(Problem(name, str(error.detail)))

    @app.exception_handler(Exception)
    def broken(request: Request, _error: Exception) -> Response:
        said = "Something broke in the service."
        return page(request, 500) or answer(Problem("internal", said))
