"""The catalogue, its rows, the watchlist and comments."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import delete, select

from player_app.reference_service import comments, films, idempotency, rate_limits
from player_app.reference_service.api.authority import Key, MaybeSignedIn, SignedIn, TheService
from player_app.reference_service.database import insertion
from player_app.reference_service.tables import Watch

router = APIRouter(prefix="/v1")


class NewComment(BaseModel):
    text: Annotated[str, Field(max_length=20_000)]
    position_ms: Annotated[int | None, Field(ge=0, le=10**9)] = None


class Report(BaseModel):
    reason: Annotated[str, Field(max_length=1000)] = ""


@router.get("/films")
def feed(
    service: TheService,
    cursor: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=films.MOST_IN_A_PAGE)] = 500,
    if_none_match: Annotated[str | None, Header()] = None,
) -> Response:
    with service.reading() as session:
        page = films.feed(session, cursor, limit)
    tag = films.entity_tag(page)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if if_none_match == tag:
        return Response(status_code=304, headers=headers)
    return JSONResponse(page, headers=headers)


@router.get("/collections")
def collections(service: TheService) -> dict[str, Any]:
    with service.reading() as session:
        return {"collections": films.collections(session)}


@router.get("/watchlist")
def watchlist(service: TheService, who: SignedIn) -> dict[str, Any]:
    chosen = select(Watch.film_id).where(Watch.account_id == who.id).order_by(Watch.added_at)
    with service.reading() as session:
        return {"films": list(session.scalars(chosen))}


@router.put("/watchlist/{film_id}", status_code=204)
def watch(service: TheService, who: SignedIn, film_id: str) -> Response:
    with service.transaction() as session:
        films.find(session, film_id)
        row = insertion(session, Watch).values(
            account_id=who.id, film_id=film_id, added_at=service.now()
        )
        session.execute(row.on_conflict_do_nothing())
    return Response(status_code=204)


@router.delete("/watchlist/{film_id}", status_code=204)
def unwatch(service: TheService, who: SignedIn, film_id: str) -> Response:
    with service.transaction() as session:
        here = (Watch.account_id == who.id, Watch.film_id == film_id)
        session.execute(delete(Watch).where(*here))
    return Response(status_code=204)


@router.get("/films/{film_id}/comments")
def read_comments(
    service: TheService,
    reader: MaybeSignedIn,
    film_id: str,
    cursor: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = comments.A_PAGE,
) -> dict[str, Any]:
    with service.reading() as session:
        reader_id = reader.id if reader else None
        return comments.page(session, film_id, reader=reader_id, cursor=cursor, limit=limit)


@router.post("/films/{film_id}/comments", status_code=201)
def post_comment(
    service: TheService,
    request: Request,
    who: SignedIn,
    film_id: str,
    new: NewComment,
    key: Key = None,
) -> JSONResponse:
    now = service.now()

    def create(session: Any) -> tuple[int, dict[str, Any]]:
        rate_limits.allow(session, rate_limits.COMMENTS, who.id, now)
        made = comments.post(
            session, who, film_id, text=new.text, position_ms=new.position_ms, now=now
        )
        return 201, comments.as_json(made, who, who.id)

    return idempotency.once(
        service,
        account_id=who.id,
        path=request.url.path,
        key=key,
        body=new.model_dump(),
        create=create,
    )


@router.delete("/comments/{comment_id}", status_code=204)
def remove_comment(service: TheService, who: SignedIn, comment_id: str) -> Response:
    with service.transaction() as session:
        comments.remove(session, who.id, comment_id)
    return Response(status_code=204)


@router.post("/comments/{comment_id}/report", status_code=202)
def report_comment(service: TheService, who: SignedIn, comment_id: str, said: Report) -> Response:
    with service.transaction() as session:
        comments.report(session, who.id, comment_id, said.reason, service.now())
    return Response(status_code=202)
