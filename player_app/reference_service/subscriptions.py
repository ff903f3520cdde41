"""Ending a subscription: it runs on to the end of the month that was paid for."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from player_app.reference_service.accounts import subscription_of
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Subscription


def end(session: Session, account_id: str, now: int) -> Subscription:
    """Let it end with the month under way; ending it twice changes nothing."""
    held = _active(session, account_id, now)
    if held.until is None:
        held.until = month_end(held.since, now)
    return held


def keep(session: Session, account_id: str, now: int) -> Subscription:
    """Take the ending back while it still runs."""
    held = _active(session, account_id, now)
    held.until = None
    return held


def month_end(since: int, now: int) -> int:
    """When the month under way ends: on the day of the first one, or on the last of the month."""
    first = datetime.fromtimestamp(since, UTC)
    today = datetime.fromtimestamp(now, UTC)
    months = (today.year - first.year) * 12 + today.month - first.month
    while _months_on(first, months) <= now:
        months += 1
    return _months_on(first, max(months, 1))


def _months_on(first: datetime, months: int) -> int:
    year, month = divmod(first.month - 1 + months, 12)
    last = calendar.monthrange(first.year + year, month + 1)[1]
    there = first.replace(year=first.year + year, month=month + 1, day=min(first.day, last))
    return int(there.timestamp())


def _active(session: Session, account_id: str, now: int) -> Subscription:
    held = subscription_of(session, account_id, now)
    if held is None or held.state != "active":
        raise Problem("conflict", "There is no subscription that could be ended.")
    return held
