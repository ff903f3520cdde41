"""The pages to read, and their small forms: licence request, forgotten password, cookies."""

from __future__ import annotations

import re
from typing import Any

from fastapi import Response
from sqlalchemy import select

from player_app.reference_service import films
from player_app.reference_service.pages.signing_in import demo_account
from player_app.reference_service.pages.tables import LicenceRequest
from player_app.reference_service.pages.visit import NOTICE_COOKIE, NOTICE_S, Page, Visit
from player_app.reference_service.pages.words import local_path
from player_app.reference_service.tables import Film
from player_app.reference_service.tokens import new_id

_EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]+\.[^\s@]+")
_LONGEST = {"institution": 200, "person": 100, "email": 254, "words": 2000}


def text_page(template: str) -> Page:
    """A page that only stands there."""
    return lambda visit: visit.show(template)


def close_notice(visit: Visit) -> Response:
    visit.set_cookie(NOTICE_COOKIE, "closed", NOTICE_S)
    return visit.go(local_path(visit.form.get("back")))


def forgotten_password(visit: Visit) -> Response:
    typed = {"email": visit.form.get("email", "").strip()}
    shown = {"typed": typed, "demo_account": demo_account(visit)}
    if visit.request.method == "GET":
        return visit.show("forgotten.html", sent=False, **shown)
    if _EMAIL.fullmatch(typed["email"]) is None:
        wrong = {"email": "This isn’t an email address."}
        return visit.show("forgotten.html", 422, sent=False, wrong=wrong, **shown)
    return visit.show("forgotten.html", sent=True, **shown)


def educational_licence(visit: Visit) -> Response:
    with visit.service.transaction() as session:
        rows = session.scalars(select(Film).where(Film.removed.is_(False)))
        listed = sorted((row.body for row in rows), key=lambda body: str(body["title"]).casefold())
    if visit.request.method == "GET":
        typed = {"film": visit.query.get("film", "")}
        return visit.show("licence_request.html", films=listed, typed=typed, sent=None)
    names = ("film", "institution", "person", "email", "viewers", "words")
    typed = {name: visit.form.get(name, "").strip() for name in names}
    with visit.service.transaction() as session:
        film = films.by_slug(session, typed["film"])
    wrong = _mistakes(typed, film)
    if wrong or film is None:
        return visit.show(
            "licence_request.html", 422, films=listed, typed=typed, wrong=wrong, sent=None
        )
    kept = {name: typed[name] for name in ("institution", "person", "email", "words")}
    request = LicenceRequest(
        id=new_id("edu"),
        film_id=film.id,
        viewers=int(typed["viewers"]),
        created_at=visit.service.now(),
        **kept,
    )
    with visit.service.transaction() as session:
        session.add(request)
    sent: dict[str, Any] = {**kept, "number": request.id, "slug": film.slug}
    sent["film_title"] = film.body["title"]
    return visit.show("licence_request.html", films=listed, typed={}, sent=sent)


def _mistakes(typed: dict[str, str], film: Film | None) -> dict[str, str]:
    wrong = {}
    if film is None:
        wrong["film"] = "Choose the film that you want to show."
    if not typed["institution"]:
        wrong["institution"] = "Enter the name of the school, college or university."
    if not typed["person"]:
        wrong["person"] = "Enter your name."
    if _EMAIL.fullmatch(typed["email"]) is None:
        wrong["email"] = "This isn’t an email address."
    if re.fullmatch(r"[1-9][0-9]{0,5}", typed["viewers"]) is None:
        wrong["viewers"] = "Enter a number, for example 28."
    for name, most in _LONGEST.items():
        if len(typed[name]) > most:
            wrong[name] = f"Use at most {most:,} characters."
    return wrong
