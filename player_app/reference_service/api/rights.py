"""What an account may watch."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from player_app.reference_service import rights
from player_app.reference_service.api.authority import SignedIn, TheService

router = APIRouter(prefix="/v1")


@router.get("/rights")
def read_rights(service: TheService, who: SignedIn) -> dict[str, Any]:
    with service.reading() as session:
        return rights.of_account(session, who.id, service.now())
