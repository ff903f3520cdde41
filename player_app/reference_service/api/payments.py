"""Where the payment provider sends its notices."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from player_app.reference_service import settlement
from player_app.reference_service.api.authority import TheService

router = APIRouter(prefix="/payments")


@router.post("/notices", status_code=204)
async def hear(service: TheService, request: Request) -> Response:
    """Signed by the provider; sent again, it changes nothing again."""
    notice = service.payments.read_notice(request.headers, await request.body(), service.now())
    await run_in_threadpool(settlement.hear, service, notice)
    return Response(status_code=204)
