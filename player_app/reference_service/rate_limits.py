"""How often something may be tried: bucket, window, count, in one table and one upsert."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from player_app.reference_service.database import insertion
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import RateLimit


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in each window of `window_s` seconds."""

    name: str
    count: int
    window_s: int


SIGN_IN_BY_ACCOUNT = Limit("sign-in-account", 20, 900)
SIGN_IN_BY_ADDRESS = Limit("sign-in-address", 100, 900)
FAILURES_BEFORE_CAPTCHA = Limit("sign-in-failures", 3, 900)
CAPTCHAS = Limit("captcha", 60, 600)
REGISTRATIONS = Limit("registration", 30, 3600)
COMMENTS = Limit("comments", 30, 600)
REPORTS = Limit("reports", 30, 3600)


def count_one(session: Session, limit: Limit, subject: str, now: int) -> int:
    """Count one more of `subject` in this window; how many there are now."""
    window = now // limit.window_s
    bucket = f"{limit.name}:{subject}"
    step = insertion(session, RateLimit).values(bucket=bucket, window=window, count=1)
    step = step.on_conflict_do_update(
        index_elements=[RateLimit.bucket, RateLimit.window], set_={"count": RateLimit.count + 1}
    )
    return session.scalars(step.returning(RateLimit.count)).one()


def counted(session: Session, limit: Limit, subject: str, now: int) -> int:
    """How many of `subject` there are in this window."""
    found = session.scalar(
        select(RateLimit.count).where(
            RateLimit.bucket == f"{limit.name}:{subject}",
            RateLimit.window == now // limit.window_s,
        )
    )
    return found or 0


def allow(session: Session, limit: Limit, subject: str, now: int) -> None:
    """Count one more, or refuse."""
    if count_one(session, limit, subject, now) > limit.count:
        wait_s = limit.window_s - now % limit.window_s
        raise Problem("rate-limited", "Too many tries. Please wait a little.", retry_after_s=wait_s)


def forget(session: Session, limit: Limit, subject: str) -> None:
    """Start counting anew."""
    session.execute(delete(RateLimit).where(RateLimit.bucket == f"{limit.name}:{subject}"))
