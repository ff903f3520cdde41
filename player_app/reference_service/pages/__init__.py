"""The browser pages: what a viewer registers and pays on. They work without JavaScript."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, FileSystemLoader

from player_app.reference_service.pages import (
    account,
    catalogue,
    checkout,
    devices,
    payment,
    reading,
    signing_in,
    words,
)
from player_app.reference_service.pages.visit import Page, Site, endpoint, problem_page
from player_app.reference_service.service import Service

_FOLDER = Path(__file__).parent
_STATIC = {"style.css": "text/css; charset=utf-8", "mark.svg": "image/svg+xml"}
_TEXTS = ("terms", "privacy", "cookies", "help")
_GET: Mapping[str, Page] = {
    "/": catalogue.home,
    "/films/{slug}": catalogue.film,
    "/receipts": account.receipts,
    "/receipts/{checkout}": account.receipt,
    "/account": account.account,
    **{f"/{name}": reading.text_page(f"{name}.html") for name in _TEXTS},
}
_POST: Mapping[str, Page] = {
    "/films/{slug}/comments": catalogue.post_comment,
    "/films/{slug}/rent": account.rent,
    "/account/licences/{licence}/give-back": devices.give_back,
    "/account/devices/{device}/remove": devices.remove,
    "/comments/{comment}/delete": catalogue.delete_comment,
    "/comments/{comment}/report": catalogue.report_comment,
    "/sign-out": signing_in.sign_out,
    "/cookies": reading.close_notice,
    "/pay/{checkout}/cancel": payment.cancel,
}
_BOTH: Mapping[str, Page] = {
    "/sign-in": signing_in.sign_in,
    "/register": signing_in.register,
    "/oauth/authorize": signing_in.authorize,
    "/subscribe": account.subscribe,
    "/account/end-subscription": account.end_subscription,
    "/checkout/{link}": checkout.check,
    "/pay/{checkout}": payment.pay,
    "/pay/{checkout}/confirm": payment.confirm,
    "/educational-licence": reading.educational_licence,
    "/forgotten-password": reading.forgotten_password,
}


def build_site(service: Service) -> Site:
    """What the pages share."""
    style = hashlib.sha256((_FOLDER / "static" / "style.css").read_bytes()).hexdigest()[:12]
    return Site(service, _templates(), style)


def build_router(service: Service) -> APIRouter:
    """Every page, none of them in the OpenAPI description."""
    site, router = build_site(service), APIRouter()
    for pages, methods in ((_GET, ["GET"]), (_POST, ["POST"]), (_BOTH, ["GET", "POST"])):
        for path, page in pages.items():
            router.add_route(path, endpoint(site, page), methods=methods, include_in_schema=False)
    for name, media_type in _STATIC.items():
        router.add_route(f"/static/{name}", _file(name, media_type), include_in_schema=False)
    return router


def show_problem(service: Service, request: Request, status: int) -> Response | None:
    """The page of an address that no route answers, or of a failure, for who reads pages."""
    path = request.url.path
    wants_page = "text/html" in request.headers.get("accept", "")
    if not wants_page or path.startswith(("/v1/", "/media/", "/.well-known/")):
        return None
    return problem_page(build_site(service), request, status)


def _file(name: str, media_type: str) -> Any:
    content = (_FOLDER / "static" / name).read_bytes()
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}

    async def answer(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers=headers)

    return answer


def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        price=words.price,
        duration=words.duration,
        length_words=words.length,
        timecode=words.timecode,
        day=words.day,
        moment=words.moment,
        first_clock=words.first_clock,
        second_clock=words.second_clock,
        masked=words.masked,
        language=words.language,
        country=words.country,
        path_of=words.path_of,
        offer_line=_offer_line,
        query=_query,
    )
    return environment


def _offer_line(offers: Iterable[Mapping[str, Any]]) -> str:
    """Rental £1 or unlimited subscription."""
    kinds = {offer["kind"]: words.price(offer["price"]) for offer in offers}
    parts = [f"rental {kinds['rental']}"] if "rental" in kinds else []
    parts += ["unlimited subscription"] if "subscription" in kinds else []
    line = " or ".join(parts)
    return line[:1].upper() + line[1:]


def _query(values: Mapping[str, str]) -> str:
    given = {name: value for name, value in values.items() if value}
    return f"?{urlencode(given)}" if given else ""
