"""Checkouts as the player sees them: create, wait, cancel."""

from __future__ import annotations

import asyncio
import time
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from player_app.reference_service import checkouts, idempotency, settlement
from player_app.reference_service.api.authority import Key, SignedIn, TheService
from player_app.reference_service.service import Service

router = APIRouter(prefix="/v1/checkouts")
POLL_S = 0.2


class NewCheckout(BaseModel):
    film: Annotated[str | None, Field(max_length=128)] = None
    offer: Annotated[str, Field(max_length=128)]
    return_to: Annotated[str | None, Field(max_length=200)] = None
    state: Annotated[str | None, Field(max_length=200)] = None


@router.post("", status_code=201)
def begin(service: TheService, who: SignedIn, new: NewCheckout, key: Key = None) -> JSONResponse:
    def create(session: Any) -> tuple[int, dict[str, Any]]:
        made = checkouts.create(
            service,
            session,
            who.id,
            film_id=new.film,
            offer_id=new.offer,
            return_to=new.return_to,
            nonce=new.state,
        )
        session.flush()
        return 201, checkouts.as_json(service, session, made)

    return idempotency.once(
        service,
        account_id=who.id,
        path="/v1/checkouts",
        key=key,
        body=new.model_dump(),
        create=create,
    )


@router.get("/{checkout_id}")
async def look(
    service: TheService,
    who: SignedIn,
    checkout_id: str,
    wait: Annotated[float, Query(ge=0, le=25)] = 0,
) -> dict[str, Any]:
    """Answer when it is no longer open, or after `wait` seconds."""
    deadline = time.monotonic() + wait
    while True:
        reply = await run_in_threadpool(_state, service, who.id, checkout_id)
        if reply["state"] == "expired":
            # nobody else comes by when a time is over
            await run_in_threadpool(settlement.give_back_due, service)
        if reply["state"] != "open" or time.monotonic() >= deadline:
            return reply
        await asyncio.sleep(POLL_S)


@router.post("/{checkout_id}/cancel")
def cancel(service: TheService, who: SignedIn, checkout_id: str) -> dict[str, Any]:
    now = service.now()
    with service.transaction() as session:
        found = checkouts.find(session, who.id, checkout_id, now)
        checkouts.cancel(checkouts.locked(session, found, now), now)
        reply = checkouts.as_json(service, session, found)
    settlement.give_back_due(service)
    return reply


def _state(service: Service, account_id: str, checkout_id: str) -> dict[str, Any]:
    with service.reading() as session:
        found = checkouts.find(session, account_id, checkout_id, service.now())
        return checkouts.as_json(service, session, found)
