"""Accounts: made by the registration's rules, known by email and password."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import captchas, registration
from player_app.reference_service.problems import FieldError, Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Subscription
from player_app.reference_service.tokens import new_id


def moment(seconds: int) -> str:
    """A time on the wire: RFC 3339 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def register(service: Service, values: Mapping[str, str]) -> Account:
    """Make an account, or say every field that is wrong. The captcha is used up by a try."""
    fields = registration.rules(service.settings.origin)
    now = service.now()
    with service.transaction() as session:
        captcha = captchas.is_right(
            session, values.get("captcha_id", ""), values.get("captcha", ""), now
        )
    errors = list(registration.mistakes(fields, values))
    wrong = {error.field for error in errors}
    if "captcha" not in wrong and not captcha:
        expired = captcha is None
        text = "That picture is over; here is another." if expired else "These aren't the ones."
        errors.append(FieldError("captcha", "expired" if expired else "wrong", text))
    password_hash = service.passwords.hash(values.get("password", ""))
    with service.transaction() as session:
        errors += [error for error in _taken(session, values) if error.field not in wrong]
        if errors:
            order = {rule.name: place for place, rule in enumerate(fields)}
            errors.sort(key=lambda error: order[error.field])
            raise Problem("invalid", "Some fields need another look.", errors=tuple(errors))
        account = Account(
            id=new_id("acc"),
            username=values["username"],
            username_folded=values["username"].casefold(),
            display_name=values["display_name"],
            email=values["email"],
            email_folded=values["email"].casefold(),
            password_hash=password_hash,
            created_at=now,
        )
        session.add(account)
    return account


def by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email_folded == email.casefold()))


def has_password(service: Service, account: Account | None, password: str) -> bool:
    """Whether it is the account's password; for no account it takes as long and is wrong."""
    kept = account.password_hash if account else service.decoy_hash
    try:
        service.passwords.verify(kept, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return account is not None


def subscription_of(session: Session, account_id: str, now: int) -> Subscription | None:
    """The account's newest subscription, whether it still runs or not."""
    row = session.scalar(
        select(Subscription)
        .where(Subscription.account_id == account_id)
        # of two within one second the one that runs
        .order_by(Subscription.since.desc(), Subscription.state)
    )
    if row is not None and row.until is not None and row.until <= now and row.state == "active":
        row.state = "ended"
    return row


def subscription_json(row: Subscription | None) -> dict[str, Any] | None:
    if row is None:
        return None
    until = None if row.until is None else moment(row.until)
    return {
        "id": row.id,
        "state": row.state,
        "since": moment(row.since),
        "until": until,
        "terms": row.terms,
    }


def account_json(session: Session, account: Account, now: int) -> dict[str, Any]:
    return {
        "id": account.id,
        "username": account.username,
        "display_name": account.display_name,
        "email": account.email,
        "created_at": moment(account.created_at),
        "subscription": subscription_json(subscription_of(session, account.id, now)),
    }


def _taken(session: Session, values: Mapping[str, str]) -> list[FieldError]:
    found = []
    username, email = values.get("username", "").casefold(), values.get("email", "").casefold()
    if session.scalar(select(Account.id).where(Account.username_folded == username)):
        found.append(FieldError("username", "taken", "Somebody has this name already."))
    if session.scalar(select(Account.id).where(Account.email_folded == email)):
        text = "There is an account with this address. You can sign in with it."
        found.append(FieldError("email", "taken", text))
    return found
