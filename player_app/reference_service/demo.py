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
from player_app.reference_service.database import next_number
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
    with service.transaction() as session:
        for file in sorted((catalogue / "films").glob("*.json")):
            kept = json.loads(file.read_text(encoding="utf-8"))
            films.put(session, _film(service, kept, pictures))
        session.execute(delete(Collection))
        rows = json.loads((catalogue / "collections.json").read_text(encoding="utf-8"))
        for place, row in enumerate(_listed(rows, "collections")):
            session.add(_collection(session, place, row))
    _add_account(service, EMAIL, "viewer", "The Viewer", PASSWORD)
    _add_comments(service, catalogue / "comments.json")


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


def _collection(session: Session, place: int, row: dict[str, Any]) -> Collection:
    ids = [film.id for slug in row["films"] if (film := _named(session, slug)) is not None]
    return Collection(
        id=row["id"], place=place, title=row["title"], description=row["description"], films=ids
    )


def _named(session: Session, name: str) -> Film | None:
    """A film by its slug or id."""
    return films.by_slug(session, name) or session.get(Film, name)


def _add_account(
    service: Service, email: str, username: str, display_name: str, password: str | None
) -> None:
    with service.transaction() as session:
        if session.scalar(select(Account.id).where(Account.username_folded == username.casefold())):
            return
        kept = service.passwords.hash(password) if password else "none"
        session.add(
            Account(
                id=new_id("acc"),
                username=username,
                username_folded=username.casefold(),
                display_name=display_name,
                email=email,
                email_folded=email.casefold(),
                password_hash=kept,
                created_at=service.now(),
            )
        )


def _add_comments(service: Service, file: Path) -> None:
    with service.transaction() as session:
        if session.scalar(select(Comment.id).limit(1)) is not None:
            return
    rows = _listed(json.loads(file.read_text(encoding="utf-8")), "comments")
    for row in sorted(rows, key=lambda each: str(each["created_at"])):
        author = row["author"]
        name = author["username"]
        _add_account(service, f"{name}@example.org", name, author["display_name"], None)
        with service.transaction() as session:
            film = _named(session, row["film"])
            account = session.scalar(select(Account).where(Account.username == name))
            if film is None or account is None:
                continue
            session.add(
                Comment(
                    id=new_id("com"),
                    number=next_number(session, "comments"),
                    film_id=film.id,
                    account_id=account.id,
                    text=row["text"],
                    position_ms=row.get("position_ms"),
                    created_at=_seconds(row["created_at"]),
                )
            )


def _seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())


def _listed(kept: Any, name: str) -> list[Any]:
    return list(kept[name] if isinstance(kept, dict) else kept)
