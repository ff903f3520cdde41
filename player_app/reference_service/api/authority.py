"""Who asks: the account behind a bearer token, and the address a request came from."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request

from player_app.reference_service import oauth
from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account


def service_of(request: Request) -> Service:
    """The service that this application was built with."""
    service: Service = request.app.state.service
    return service


TheService = Annotated[Service, Depends(service_of)]


def account_if_any(
    service: TheService, authorization: Annotated[str | None, Header()] = None
) -> Account | None:
    """The signed-in account, None without a token; a token that is not good is refused."""
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    with service.reading() as session:
        account_id = oauth.account_of(session, token, service.now())
        account = session.get(Account, account_id) if account_id else None
    if scheme.lower() != "bearer" or account is None:
        raise Problem("unauthorized", "Please sign in again.")
    return account


def account_needed(account: Annotated[Account | None, Depends(account_if_any)]) -> Account:
    if account is None:
        raise Problem("unauthorized", "Please sign in.")
    return account


SignedIn = Annotated[Account, Depends(account_needed)]
MaybeSignedIn = Annotated[Account | None, Depends(account_if_any)]
Key = Annotated[str | None, Header(alias="Idempotency-Key")]


def address_of(request: Request) -> str:
    """Where a request came from, for limits."""
    return request.client.host if request.client else "unknown"
