"""The pages of films: home, a film, its comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import comments, films, rate_limits
from player_app.reference_service.checkouts import already_has
from player_app.reference_service.pages.drafts import keep_draft
from player_app.reference_service.pages.visit import Visit
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Comment, Film

_SAID = {
    "posted": "Your comment is posted.",
    "not-posted": "Your comment couldn’t be posted.",
    "deleted": "Your comment is deleted.",
    "reported": "Thank you. We will look at that comment.",
}
_HELD = {
    "have-rental": "You have rented this film already. Nothing was bought.",
    "have-subscription": "Your subscription has this film already. Nothing was bought.",
}
_RIGHTS = {
    "rental": "You have rented this film.",
    "subscription": "Yours to watch with your subscription.",
}


def home(visit: Visit) -> Response:
    with visit.service.reading() as session:
        bodies = [row.body for row in session.scalars(select(Film).where(Film.removed.is_(False)))]
        rows = films.collections(session)
    by_id = {body["id"]: body for body in bodies}
    shown = [
        {**row, "films": [by_id[name] for name in row["films"] if name in by_id]} for row in rows
    ]
    featured = next((body for body in bodies if body["featured"]), None)
    return visit.show(
        "home.html",
        featured=featured,
        rows=[row for row in shown if row["films"]],
        films=sorted(bodies, key=lambda body: str(body["title"]).casefold()),
    )


def film(visit: Visit) -> Response:
    return _film(visit)


def post_comment(visit: Visit) -> Response:
    text = visit.form.get("text", "").strip()
    slug = visit.request.path_params["slug"]
    if not text or len(text) > comments.LONGEST:
        said = f"Write between 1 and {comments.LONGEST:,} characters."
        return _film(visit, status=422, wrong={"text": said}, draft=text)
    with visit.service.transaction() as session:
        row = _found(films.by_slug(session, slug))
        if visit.account is None:
            keep_draft(session, visit.token, row.id, text, visit.service.now())
            where = "register" if visit.form.get("then") == "register" else "sign-in"
            return visit.go(f"/{where}?next={quote(f'/films/{slug}', safe='')}")
        now = visit.service.now()
        rate_limits.allow(session, rate_limits.COMMENTS, visit.account.id, now)
        comment = comments.post(
            session, visit.account, row.id, text=text, position_ms=None, now=now
        )
    return visit.go(f"/films/{slug}?said=posted#{comment.id}")


def delete_comment(visit: Visit) -> Response:
    if visit.account is None:
        return visit.go("/sign-in")
    with visit.service.transaction() as session:
        slug = _slug_of_comment(visit, session)
        comments.remove(session, visit.account.id, visit.request.path_params["comment"])
    return visit.go(f"/films/{slug}?said=deleted#comments")


def report_comment(visit: Visit) -> Response:
    if visit.account is None:
        return visit.go("/sign-in")
    reason, now = visit.form.get("reason", "").strip(), visit.service.now()
    with visit.service.transaction() as session:
        slug = _slug_of_comment(visit, session)
        rate_limits.allow(session, rate_limits.REPORTS, visit.account.id, now)
        comments.report(
            session, visit.account.id, visit.request.path_params["comment"], reason, now
        )
    return visit.go(f"/films/{slug}?said=reported#comments")


def _slug_of_comment(visit: Visit, session: Session) -> str:
    comment = session.get(Comment, visit.request.path_params["comment"])
    if comment is None:
        raise Problem("not-found", "This comment has gone already.")
    return films.slug_of(session, comment.film_id)


def offer(body: Mapping[str, Any], kind: str) -> dict[str, Any] | None:
    """The film's first offer of a kind."""
    return next((each for each in body["offers"] if each["kind"] == kind), None)


def open_link(visit: Visit, slug: str) -> str:
    """The link that opens the film in the player."""
    return f"verite://film/{quote(slug)}?service={quote(visit.service.settings.origin, safe='')}"


def _film(
    visit: Visit, status: int = 200, wrong: Mapping[str, str] | None = None, draft: str = ""
) -> Response:
    reader = visit.account.id if visit.account else None
    with visit.service.reading() as session:
        row = _found(films.by_slug(session, visit.request.path_params["slug"]))
        page = comments.page(
            session, row.id, reader=reader, cursor=visit.query.get("comments"), limit=20
        )
        right = None
        if reader is not None and row.body["streams"]:
            held = already_has(session, reader, row.id, visit.service.now())
            right = _RIGHTS.get(held or "")
    return visit.show(
        "film.html",
        status,
        film=row.body,
        rental=offer(row.body, "rental"),
        subscription=offer(row.body, "subscription"),
        right=right,
        link=open_link(visit, row.slug),
        comments=page["comments"],
        total=page["total"],
        older=page["cursor"],
        held=_HELD.get(visit.query.get("said", ""), "") if right else "",
        said=_SAID.get(visit.query.get("said", ""), ""),
        wrong=wrong or {},
        draft=draft,
    )


def _found(row: Film | None) -> Film:
    if row is None:
        raise Problem("not-found", "The address may be misspelt, or the film has left the service.")
    return row
