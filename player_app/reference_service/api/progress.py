"""Progress: the places of viewers in their films, told and read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from player_app.reference_service import progress
from player_app.reference_service.api.authority import SignedIn, TheService

router = APIRouter(prefix="/v1")
Id = Annotated[str, Field(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")]
Count = Annotated[int, Field(strict=True, ge=0, le=2**53)]


class Entry(BaseModel):
    film: Id
    position_ms: Annotated[int, Field(strict=True, ge=0, le=10**9)]
    watch_session: Id
    sequence: Count
    finished: Annotated[bool, Field(strict=True)] = False
    at: AwareDatetime | None = None
    after: Count = 0


class Entries(BaseModel):
    entries: Annotated[list[Entry], Field(max_length=progress.MOST_IN_A_POST)]


@router.post("/progress")
def put_progress(service: TheService, who: SignedIn, said: Entries) -> dict[str, Any]:
    now = service.now()
    entries = [
        progress.Entry(
            film_id=each.film,
            position_ms=each.position_ms,
            watch_session=each.watch_session,
            sequence=each.sequence,
            finished=each.finished,
            at=now if each.at is None else int(each.at.timestamp()),
            after=each.after,
        )
        for each in said.entries
    ]
    with service.transaction() as session:
        return progress.put(session, who.id, entries, now)


@router.get("/progress")
def get_progress(
    service: TheService,
    who: SignedIn,
    cursor: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=progress.MOST_IN_A_PAGE)] = 500,
) -> dict[str, Any]:
    with service.reading() as session:
        return progress.since(session, who.id, cursor, limit)
