"""Idempotency keys, scoped to account and path, kept for a day: a repeated POST creates once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from cryptography.fernet import Fernet
from fastapi.responses import JSONResponse
from sqlalchemy import delete
from sqlalchemy.orm import Session

from player_app.reference_service.database import insertion
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
    """Run `create` (status, reply) once for a key; the same key and body get the same reply.

    What it creates and the kept reply are one transaction.
    """
    scope = f"{account_id} {path}"

    def work() -> JSONResponse:
        with service.transaction() as session:
            status, reply = create(session)
            if key is not None:
                _keep(service, session, (scope, key), status, reply)
        return JSONResponse(reply, status)

    return _unless_kept(service, scope, key, body, work)


def once_apart(
    service: Service,
    *,
    scope: str,
    key: str | None,
    body: object,
    create: Callable[[], tuple[int, dict[str, Any]]],
) -> JSONResponse:
    """The same for a `create` with transactions of its own."""

    def work() -> JSONResponse:
        status, reply = create()
        if key is not None:
            with service.transaction() as session:
                _keep(service, session, (scope, key), status, reply)
        return JSONResponse(reply, status)

    return _unless_kept(service, scope, key, body, work)


def _unless_kept(
    service: Service,
    scope: str,
    key: str | None,
    body: object,
    work: Callable[[], JSONResponse],
) -> JSONResponse:
    if key is None:
        return work()
    if not 0 < len(key) <= LONGEST_KEY:
        raise Problem("invalid", f"An Idempotency-Key has 1 to {LONGEST_KEY} characters.")
    kept = _claim(service, scope, key, _hash(service, body), service.now())
    if kept is not None:
        text = _seal(service).decrypt((kept.reply or "").encode())
        return JSONResponse(json.loads(text), kept.status or 200)
    with ExitStack() as failed:
        failed.callback(_release, service, scope, key)
        reply = work()
        failed.pop_all()
    return reply


def _keep(
    service: Service, session: Session, row: tuple[str, str], status: int, reply: dict[str, Any]
) -> None:
    kept = session.get_one(IdempotencyKey, row)
    kept.status, kept.reply = status, _seal(service).encrypt(json.dumps(reply).encode()).decode()


def _seal(service: Service) -> Fernet:
    """A reply may hold a checkout's link, which the database must not have in clear."""
    return Fernet(base64.urlsafe_b64encode(service.keys.replies))


def _claim(
    service: Service, scope: str, key: str, body_hash: str, now: int
) -> IdempotencyKey | None:
    """None when the key is ours to use now, else what was kept under it."""
    with service.transaction() as session:
        session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at <= now - KEPT_S))
        claim = insertion(session, IdempotencyKey).values(
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


def _release(service: Service, scope: str, key: str) -> None:
    named = IdempotencyKey.scope == scope, IdempotencyKey.key == key
    with service.transaction() as session:
        session.execute(delete(IdempotencyKey).where(*named))


def _hash(service: Service, body: object) -> str:
    """Under the service's key: a body may hold a password, which must not be guessed from it."""
    text = json.dumps(body, sort_keys=True).encode()
    return hmac.new(service.keys.replies, text, hashlib.sha256).hexdigest()
