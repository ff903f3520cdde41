"""Idempotency keys, scoped to account and path, kept for a day: a repeated POST creates once."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet
from fastapi.responses import JSONResponse
from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import IdempotencyKey

KEPT_S = 24 * 3600
LONGEST_KEY = 128
_ABANDONED_S = 60


def once(
    service: Service,
    *,
    account_id: str,
    path: str,
    key: str | None,
    body: object,
    create: Callable[[Session], tuple[int, dict[str, Any]]],
) -> JSONResponse:
    """Run `create` (status, reply) once for a key; the same key and body get the same reply."""
    if key is None:
        with service.transaction() as session:
            status, reply = create(session)
        return JSONResponse(reply, status)
    if not 0 < len(key) <= LONGEST_KEY:
        raise Problem("invalid", f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.")
    scope, body_hash, now = f"{account_id} {path}", _hash(body), service.now()
    # A reply may hold a checkout's link, which the database must not have in clear.
    seal = Fernet(base64.urlsafe_b64encode(service.keys.replies))
    kept = _claim(service, scope, key, body_hash, now)
    if kept is not None:
        text = seal.decrypt((kept.reply or "").encode())
        return JSONResponse(json.loads(text), kept.status or 200)
    try:
        with service.transaction() as session:
            status, reply = create(session)
            row = session.get_one(IdempotencyKey, (scope, key))
            row.status, row.reply = status, seal.encrypt(json.dumps(reply).encode()).decode()
    except BaseException:
        with service.transaction() as session:
            session.execute(delete(IdempotencyKey).where(*_named(scope, key)))
        raise
    return JSONResponse(reply, status)


def _claim(
    service: Service, scope: str, key: str, body_hash: str, now: int
) -> IdempotencyKey | None:
    """None when the key is ours to use now, else what was kept under it."""
    with service.transaction() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at <= now - KEPT_S))
        claim = insert(IdempotencyKey).values(
            scope=scope, key=key, body_hash=body_hash, created_at=now
        )
        made = session.execute(
            claim.on_conflict_do_nothing().returning(IdempotencyKey.key)
        ).one_or_none()
        if made is not None:
            return None
        row = session.get_one(IdempotencyKey, (scope, key))
        if row.body_hash != body_hash:
            raise Problem("idempotency-key-reused", "This key was used for another request.")
        if row.status is None and row.created_at > now - _ABANDONED_S:
            raise Problem("still-running", "The first request still runs.", retry_after_s=1)
        if row.status is None:
            row.created_at = now
            return None
        return row


def _named(scope: str, key: str) -> tuple[Any, Any]:
    return IdempotencyKey.scope == scope, IdempotencyKey.key == key


def _hash(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
