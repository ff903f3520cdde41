"""Licences: asked for, told of their start, listed with their places, given back."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import AwareDatetime, BaseModel, Field

from player_app.reference_service import licences, places
from player_app.reference_service.api.authority import SignedIn, TheService

router = APIRouter(prefix="/v1")
Id = Annotated[str, Field(max_length=128)]


class Wanted(BaseModel):
    device: Id
    purpose: Literal["stream", "offline"]
    started_at: AwareDatetime | None = None


class Started(BaseModel):
    started_at: AwareDatetime
    device: Id | None = None


@router.post("/films/{film_id}/licence")
def licence(service: TheService, who: SignedIn, film_id: str, wanted: Wanted) -> dict[str, Any]:
    with service.transaction() as session:
        return licences.issue(
            service,
            session,
            who,
            film_id=film_id,
            device_id=wanted.device,
            purpose=wanted.purpose,
            started_at=int(wanted.started_at.timestamp()) if wanted.started_at else None,
        )


@router.get("/licences")
def held_licences(service: TheService, who: SignedIn) -> dict[str, Any]:
    with service.reading() as session:
        held = places.held(session, who.id, service.now())
        return {"licences": [places.as_json(each) for each in held]}


@router.post("/licences/{licence_id}/start")
def start(service: TheService, who: SignedIn, licence_id: str, said: Started) -> dict[str, Any]:
    began = int(said.started_at.timestamp())
    with service.transaction() as session:
        found = licences.find(session, who.id, licence_id)
        return licences.start(session, found, began, said.device, service.now())


@router.delete("/licences/{licence_id}", status_code=204)
def give_back(service: TheService, who: SignedIn, licence_id: str) -> Response:
    with service.transaction() as session:
        licences.find(session, who.id, licence_id).returned = True
    return Response(status_code=204)
