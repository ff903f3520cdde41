"""Whatever is sent to any operation, the service refuses it in order and never breaks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from player_app.reference_service import rate_limits
from tests.reference_service.caller import PASSWORD, Caller

_NAMES = ("film-01", "%00", "\u2603", "a" * 3000)
_BODIES: tuple[Any, ...] = (
    None,
    [],
    "text",
    {"film": 7, "text": None, "entries": [{}]},
    {"film": "film-01", "offer": "\x00", "text": "\ud800", "reason": "\x00", "entries": []},
    {"device": "\x00", "purpose": "stream", "started_at": "0001-01-01T00:00:00Z"},
    {
        "name": "x",
        "platform": "linux",
        "public_key": {"kty": "OKP", "crv": "X25519", "x": "\u2603"},
    },
    {"started_at": "9999-12-31T23:59:59+00:00"},
)
_FORM = {"grant_type": "refresh_token", "client_id": "x", "refresh_token": "\u2603", "token": "\0"}


@pytest.mark.promise(19)
def test_no_operation_breaks(viewer: Caller) -> None:
    paths = viewer.get("/openapi.json").json()["paths"]
    broken = []
    for path, operations in paths.items():
        for method in operations:
            for name in _NAMES if "{" in path else _NAMES[:1]:
                target = re.sub(r"\{[^}]+\}", name, path)
                for body in _BODIES if method in ("post", "put") else _BODIES[:1]:
                    reply = _sent(viewer, method, target, body)
                    if reply >= 500:
                        broken.append((method, target[:60], body, reply))
    assert broken == []


def _sent(viewer: Caller, method: str, target: str, body: Any) -> int:
    address = viewer.address + target + ("?cursor=%00&limit=-1&wait=nan" if body is None else "")
    headers = {"Authorization": f"Bearer {viewer.tokens['access_token']}"}
    with_body = {"data": _FORM} if target.startswith("/oauth") else {"json": body}
    reply = viewer.http.request(
        method, address, headers=headers, timeout=30, allow_redirects=False, **with_body
    )
    return reply.status_code


@pytest.mark.promise(19)
def test_an_account_is_not_guessed_at_for_ever(caller: Caller) -> None:
    with caller.service.transaction() as session:
        for _ in range(rate_limits.SIGN_IN_BY_ACCOUNT.count):
            rate_limits.count_one(
                session,
                rate_limits.SIGN_IN_BY_ACCOUNT,
                "viewer@example.org",
                caller.service.now(),
            )
    reply, _ = caller.challenge("Viewer@example.org", PASSWORD)
    assert reply.status_code == 429
    assert int(reply.headers["Retry-After"]) > 0
