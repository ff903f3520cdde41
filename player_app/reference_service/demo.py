"""Fills the database from the demo's files: films, rows, comments, and an account that is ready."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from player_app.reference_service import films, media
from player_app.reference_service.accounts import moment
from player_app.reference_service.database import next_numbers
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, Collection, Comment, Film
from player_app.reference_service.tokens import new_id

EMAIL = "viewer@example.org"
PASSWORD = "a quiet cinema"  # noqa: S105 - the demo's public account
_BACKDROPS = (960, 1920)
_POSTERS = (400, 800)


def fill(service: Service) -> None:
    """Bring the database in line with the files; safe to repeat."""
    catalogue = service.settings.resources / "catalogue"
    pictures = json.loads((service.settings.resources / "pictures" / "index.json").read_text())
    ready = _new_account(service, "viewer", "The Viewer", EMAIL, PASSWORD)
    with service.transaction() as session:
        files = sorted((catalogue / "films").glob("*.json"))
        written = [json.loads(file.read_text(encoding="utf-8")) for file in files]
        films.put(session, *(_film(service, each, pictures) for each in written))
        session.execute(delete(Collection))
        rows = json.loads((catalogue / "collections.json").read_text(encoding="utf-8"))
        for place, row in enumerate(rows["collections"]):
            session.add(Collection(place=place, **row))
        _accounts(session, [ready])
        _add_comments(service, session, catalogue / "comments.json")


def _film(service: Service, kept: dict[str, Any], pictures: dict[str, Any]) -> dict[str, Any]:
    """The film as the wire has it: what is computed added to what is written."""
    slug, origin = kept["slug"], service.settings.origin
    package = media.package(service.settings.resources / "streams" / slug)
    streams = bool(kept.get("streams")) and package is not None
    body = {**kept, "streams": streams, "trailer": None, "changed_at": moment(0)}
    body["offers"] = kept["offers"] if streams else []
    body["rights"] = {**kept["rights"], "address": f"{origin}/educational-licence?film={slug}"}
    if package is not None:
        body.update(
            length_ms=package.length_ms,
            audio=package.audio,
            captions=package.captions,
            chapters=package.chapters or kept["chapters"],
        )
    body["pictures"] = _pictures(origin, slug, kept["pictures"], pictures)
    return body


def _pictures(
    origin: str, slug: str, written: dict[str, Any], index: dict[str, Any]
) -> dict[str, Any]:
    poster = [f"{slug}/poster-{width}.jpg" for width in _POSTERS]
    backdrop = [f"{slug}/backdrop-{width}.jpg" for width in _BACKDROPS]
    stills = sorted(name for name in index if name.startswith(f"{slug}/still-"))
    alts = [each["alt"] for each in written.get("stills", [])]
    alts += ["A picture from the film."] * (len(stills) - len(alts))
    return {
        "poster": _picture(origin, written["poster"]["alt"], poster, index),
        "backdrop": _picture(origin, written["backdrop"]["alt"], backdrop, index),
        "stills": [
            _picture(origin, alt, [name], index) for name, alt in zip(stills, alts, strict=False)
        ],
    }


def _picture(origin: str, alt: str, names: list[str], index: dict[str, Any]) -> dict[str, Any]:
    known = [(name, index[name]) for name in names if name in index]
    fields = ("width", "height", "bytes", "sha256")
    return {
        "alt": alt,
        "colour": known[0][1]["colour"] if known else "#202328",
        "files": [
            {"address": f"{origin}/pictures/{name}", **{field: entry[field] for field in fields}}
            for name, entry in known
        ],
    }


def _accounts(session: Session, accounts: list[Account]) -> dict[str, Account]:
    """The accounts of these usernames, by username; those that there are not are added."""
    names = [each.username_folded for each in accounts]
    chosen = select(Account).where(Account.username_folded.in_(names))
    known = {each.username_folded: each for each in session.scalars(chosen)}
    added = [each for each in accounts if each.username_folded not in known]
    session.add_all(added)
    session.flush()
    return known | {each.username_folded: each for each in added}


def _new_account(
    service: Service, username: str, display_name: str, email: str, password: str | None
) -> Account:
    return Account(
        id=new_id("acc"),
        username=username,
        username_folded=username.casefold(),
        display_name=display_name,
        email=email,
        email_folded=email.casefold(),
        password_hash=service.passwords.hash(password) if password else "none",
        created_at=service.now(),
    )


def _add_comments(service: Service, session: Session, file: Path) -> None:
    if session.scalar(select(Comment.id).limit(1)) is not None:
        return
    rows = json.loads(file.read_text(encoding="utf-8"))["comments"]
    rows.sort(key=lambda each: str(each["created_at"]))
    unknown = {row["film"] for row in rows} - set(session.scalars(select(Film.id)))
    if unknown:
        raise ValueError(f"a comment on no film: {', '.join(sorted(unknown))}")
    names = {row["author"]["username"]: row["author"]["display_name"] for row in rows}
    authors = _accounts(
        session,
        [
            _new_account(service, name, display_name, f"{name}@example.org", None)
            for name, display_name in names.items()
        ],
    )
    numbers = next_numbers(session, "comments", len(rows))
    session.add_all(
        Comment(
            id=new_id("com"),
            number=number,
            film_id=row["film"],
            account_id=authors[row["author"]["username"].casefold()].id,
            text=row["text"],
            position_ms=row.get("position_ms"),
            created_at=_seconds(row["created_at"]),
        )
        for row, number in zip(rows, numbers, strict=True)
    )


def _seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())
