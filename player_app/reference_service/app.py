"""Builds the service's application, by hand and in reading order."""

from __future__ import annotations

from argon2 import PasswordHasher
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware

from player_app.reference_service import problems, settlement
from player_app.reference_service.api import (
    accounts,
    checkouts,
    discovery,
    films,
    licences,
    media,
    payments,
    progress,
    rights,
)
from player_app.reference_service.api import oauth as oauth_routes
from player_app.reference_service.database import open_database
from player_app.reference_service.faults import Faults
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.keys import load_or_make
from player_app.reference_service.limits import BodyLimit
from player_app.reference_service.migrations import bring_up_to_date
from player_app.reference_service.oauth import OAuthError
from player_app.reference_service.pages import build_router, show_problem
from player_app.reference_service.play_money import PlayMoney
from player_app.reference_service.service import Service
from player_app.reference_service.settings import Settings


def open_service(settings: Settings, hooks: TestHooks | None = None) -> Service:
    """Open folder, keys and database, and settle what was being paid when it was last closed."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database)
    bring_up_to_date(engine)
    if hooks is not None:
        hooks.open(engine)
    passwords = PasswordHasher(
        time_cost=settings.argon2_time_cost, memory_cost=settings.argon2_memory_kib
    )
    keys = load_or_make(settings.folder)
    service = Service(
        settings=settings,
        keys=keys,
        engine=engine,
        passwords=passwords,
        decoy_hash=passwords.hash("nobody has this password"),
        payments=PlayMoney(engine, keys.notices, settings.slow_payment_s),
        hooks=hooks,
    )
    settlement.take_up(service)
    return service


def build(service: Service) -> FastAPI:
    """The application over an open service."""
    app = FastAPI(title=service.settings.name, version="1", responses=problems.DOCUMENTED)
    app.state.service = service
    problems.install(app, lambda request, status: show_problem(service, request, status))
    app.add_exception_handler(OAuthError, _oauth_error)
    for routes in (
        discovery,
        accounts,
        oauth_routes,
        films,
        checkouts,
        payments,
        rights,
        licences,
        progress,
        media,
    ):
        app.include_router(routes.router)
    app.include_router(build_router(service))
    # Media are hashed, tagged and asked for by ranges: none of their types may be compressed.
    app.add_middleware(
        GZipMiddleware,
        minimum_size=1000,
        exclude_content_types=(
            *DEFAULT_EXCLUDED_CONTENT_TYPES,
            "application/vnd.apple.mpegurl",
            "text/vtt",
        ),
    )
    app.add_middleware(BodyLimit)
    if service.hooks is not None:
        app.add_middleware(Faults, hooks=service.hooks)
    return app


def _oauth_error(_request: Request, error: Exception) -> Response:
    if not isinstance(error, OAuthError):
        raise error
    body = {"error": error.error, "error_description": error.description}
    return JSONResponse(body, error.status, {"Cache-Control": "no-store"})
