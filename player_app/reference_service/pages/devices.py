"""The account's devices on its page: what each of them holds, and giving it back from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from player_app.reference_service import devices, licences, places
from player_app.reference_service.pages import words
from player_app.reference_service.pages.visit import Visit
from player_app.reference_service.places import Held
from player_app.reference_service.tables import Device, Film

SAID = {
    "given-back": "That place is free again.",
    "removed": "That device is removed, and what it held is given back.",
}
_PLATFORMS = {"linux": "Linux", "windows": "Windows", "macos": "macOS"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A device as the page has it; `held` are its licences."""

    id: str
    name: str
    facts: str
    held: tuple[dict[str, Any], ...]


def shown(session: Session, account_id: str, now: int) -> list[Shown]:
    """The account's devices, oldest first."""
    held = places.held(session, account_id, now)
    films = {film.id: film for film in session.scalars(_films(held))}
    return [
        Shown(
            device.id,
            device.name,
            _facts(device),
            tuple(
                _held(each, films[each.licence.film_id])
                for each in held
                if each.device.id == device.id
            ),
        )
        for device in devices.listed(session, account_id, now)
    ]


def give_back(visit: Visit) -> Response:
    """End the place of one licence."""
    if visit.account is None:
        return visit.go("/sign-in?next=/account")
    licence_id = visit.request.path_params["licence"]
    with visit.service.transaction() as session:
        licences.find(session, visit.account.id, licence_id).returned = True
    return visit.go("/account?said=given-back#devices")


def remove(visit: Visit) -> Response:
    """End the place of a device, and of all that it holds."""
    if visit.account is None:
        return visit.go("/sign-in?next=/account")
    with visit.service.transaction() as session:
        devices.remove(session, visit.account.id, visit.request.path_params["device"])
    return visit.go("/account?said=removed#devices")


def _films(held: list[Held]) -> Any:
    return select(Film).where(Film.id.in_({each.licence.film_id for each in held}))


def _facts(device: Device) -> str:
    platform = _PLATFORMS.get(device.platform, device.platform)
    if device.passing:
        return f"{platform}, only streams; gone after a day"
    return f"{platform}, since {words.day(device.added_at)}"


def _held(held: Held, film: Film) -> dict[str, Any]:
    until = words.moment(held.licence.expires_at)
    offline = held.licence.purpose == "offline"
    return {
        "id": held.licence.id,
        "slug": film.slug,
        "title": film.body["title"],
        "how": f"offline, until {until} at the latest" if offline else f"streaming, until {until}",
    }
