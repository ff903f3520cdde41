"""Rights, licences and progress."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime, BaseModel, Field

from player_app.reference_service import licences, progress, rights
from player_app.reference_service.api.authority import SignedIn, TheService

router = APIRouter(prefix="/v1")
Id = Annotated[str, Field(max_length=128)]


class Wanted(BaseModel):
    device: Id
    purpose: Literal["stream", "offline"]
    started_at: AwareDatetime | None = None


class Started(BaseModel):
    started_at: AwareDatetime


class Entry(BaseModel):
    film: Id
    position_ms: Annotated[int, Field(ge=0, le=10**9)]
    watch_session: Id
    sequence: Annotated[int, Field(ge=0, le=2**53)]
    finished: bool = False
    at: datetime | None = None


class Entries(BaseModel):
    entries: Annotated[list[Entry], Field(max_length=500)]


@router.get("/rights")
def read_rights(service: TheService, who: SignedIn) -> dict[str, Any]:
    with service.reading() as session:
        return rights.of_account(session, who.id, service.now())


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


@router.post("/licences/{licence_id}/start")
def start(service: TheService, who: SignedIn, licence_id: str, said: Started) -> dict[str, Any]:
    with service.transaction() as session:
        found = licences.find(session, who.id, licence_id)
        return licences.start(session, found, int(said.started_at.timestamp()), service.now())


@router.delete("/licences/{licence_id}", status_code=204)
def give_back(service: TheService, who: SignedIn, licence_id: str) -> Response:
    with service.transaction() as session:
        licences.find(session, who.id, licence_id).returned = True
    return Response(status_code=204)


@router.post("/progress")
def put_progress(service: TheService, who: SignedIn, said: Entries) -> dict[str, Any]:
    with service.transaction() as session:
        for entry in said.entries:
            progress.put(
                session,
                who.id,
                service.now(),
                film_id=entry.film,
                position_ms=entry.position_ms,
                watch_session=entry.watch_session,
                sequence=entry.sequence,
                finished=entry.finished,
            )
        return {"cursor": progress.since(session, who.id, None)["cursor"]}


@router.get("/progress")
def get_progress(
    service: TheService, who: SignedIn, cursor: Annotated[str | None, Query(max_length=40)] = None
) -> dict[str, Any]:
    with service.reading() as session:
        return progress.since(session, who.id, cursor)
