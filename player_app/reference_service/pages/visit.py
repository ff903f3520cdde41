"""One visit of a browser: who it is, what it sent, what it is shown, with its safety headers."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment
from sqlalchemy import delete
from starlette.concurrency import run_in_threadpool

from player_app.reference_service.pages.words import local_path
from player_app.reference_service.problems import Problem
from player_app.reference_service.service import Service
from player_app.reference_service.tables import Account, BrowserSignIn
from player_app.reference_service.tokens import hashed, new_token

BROWSER_COOKIE = "verite_browser"
NOTICE_COOKIE = "verite_notice"
BROWSER_S = 30 * 24 * 3600
NOTICE_S = 365 * 24 * 3600
_LARGEST_FORM = 64 * 1024
_MOST_FIELDS = 50
_SENTENCES = {
    403: (
        "This form can’t be accepted",
        "It was opened too long ago, or elsewhere. Go back, load the page again, and send it anew.",
    ),
    404: ("There is no such page", "The address may be misspelt, or what was here has gone."),
    405: ("That can’t be done here", "This page answers other requests than the one it got."),
    409: ("That can’t be done now", "Something changed meanwhile. Load the page again."),
    410: ("This has gone", "What was here is over, and doesn’t come back."),
    413: ("That is too much", "The form holds more than this page takes."),
    429: ("Too many tries", "Please wait a few minutes, and try again."),
    500: ("Something broke here", "It is our fault. Nothing was charged by this page. Try again."),
}


@dataclass(frozen=True, slots=True)
class Site:
    service: Service
    templates: Environment
    style_version: str


@dataclass(frozen=True, slots=True)
class Person:
    """What the templates know of the visitor."""

    csrf: str
    account: Account | None
    notice_closed: bool


@dataclass(slots=True)
class Visit:
    """`token` is the browser's cookie; a new one is set with the answer."""

    site: Site
    request: Request
    form: Mapping[str, str]
    token: str
    account: Account | None
    form_targets: str = "'self'"
    cookies: list[tuple[str, str, int, str]] = field(default_factory=list)

    @property
    def service(self) -> Service:
        return self.site.service

    @property
    def path(self) -> str:
        return self.request.url.path

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    @property
    def address(self) -> str:
        """Where this page is, to come back to."""
        query = self.request.url.query
        return local_path(self.path + ("?" + query if query else ""))

    @property
    def csrf(self) -> str:
        return hashlib.sha256(b"verite form v1 " + self.token.encode()).hexdigest()

    def show(self, template: str, status: int = 200, /, **values: Any) -> Response:
        page = self.site.templates.get_template(template)
        notice_closed = self.request.cookies.get(NOTICE_COOKIE) == "closed"
        shown = {
            "service_name": self.service.settings.name,
            "style_version": self.site.style_version,
            "here": self.path,
            "visitor": Person(self.csrf, self.account, notice_closed),
            "wrong": {},
            "typed": {},
            "now": datetime.fromtimestamp(self.service.now(), UTC),
            **values,
        }
        return HTMLResponse(page.render(shown), status)

    def go(self, address: str) -> Response:
        return RedirectResponse(address, 303)

    def sign_in_first(self) -> Response:
        return self.go(f"/sign-in?next={quote(self.address, safe='')}")

    def problem(self, status: int, text: str | None = None) -> Response:
        heading, usual = _SENTENCES.get(status, _SENTENCES[500])
        return self.show("problem.html", status, status=status, heading=heading, text=text or usual)

    def set_cookie(self, name: str, value: str, age_s: int, path: str = "/") -> None:
        self.cookies.append((name, value, age_s, path))

    def sign_in(self, account: Account) -> None:
        """Begin a signed-in time under a new cookie, so that an old one can't be planted."""
        now = self.service.now()
        self.token = new_token()
        self.account = account
        with self.service.transaction() as session:
            session.execute(delete(BrowserSignIn).where(BrowserSignIn.expires_at <= now))
            session.add(
                BrowserSignIn(
                    hash=hashed(self.token), account_id=account.id, expires_at=now + BROWSER_S
                )
            )

    def sign_out(self) -> None:
        with self.service.transaction() as session:
            session.execute(delete(BrowserSignIn).where(BrowserSignIn.hash == hashed(self.token)))
        self.token, self.account = new_token(), None


@dataclass(frozen=True, slots=True)
class Later:
    """The page goes on after a wait, in which it holds no thread."""

    delay_s: float
    go_on: Callable[[Visit], Response]


Page = Callable[[Visit], Response | Later]


def endpoint(site: Site, page: Page) -> Callable[[Request], Any]:
    """The page as the web server calls it: form read, form token checked, headers set."""

    async def answer(request: Request) -> Response:
        body = await _body(request) if request.method == "POST" else b""
        visit = await run_in_threadpool(
            _visit, site, request, {} if body is None else _fields(body)
        )
        refusal = 413 if body is None else _refusal(visit)
        reply = visit.problem(refusal) if refusal else await _run(visit, page)
        return _with_headers(visit, reply)

    return answer


def problem_page(site: Site, request: Request, status: int) -> Response:
    """A page for what no route answers."""
    visit = _visit(site, request, {})
    return _with_headers(visit, visit.problem(status))


def _refusal(visit: Visit) -> int | None:
    """403 for a form that this browser was not given by us."""
    if visit.request.method != "POST":
        return None
    sent = visit.form.get("csrf", "").encode()
    ours = hmac.compare_digest(sent, visit.csrf.encode())
    return None if ours and BROWSER_COOKIE in visit.request.cookies else 403


async def _run(visit: Visit, page: Page) -> Response:
    reply = await run_in_threadpool(_answer, visit, page)
    while isinstance(reply, Later):
        await asyncio.sleep(reply.delay_s)
        reply = await run_in_threadpool(_answer, visit, reply.go_on)
    return reply


def _answer(visit: Visit, page: Page) -> Response | Later:
    try:
        return page(visit)
    except Problem as problem:
        return visit.problem(problem.status, problem.detail)


def _visit(site: Site, request: Request, form: Mapping[str, str]) -> Visit:
    token = request.cookies.get(BROWSER_COOKIE, "")
    account = None
    if token:
        with site.service.reading() as session:
            row = session.get(BrowserSignIn, hashed(token))
            if row is not None and row.expires_at > site.service.now():
                account = session.get(Account, row.account_id)
    return Visit(site, request, form, token or new_token(), account)


async def _body(request: Request) -> bytes | None:
    kept = b""
    async for part in request.stream():
        kept += part
        if len(kept) > _LARGEST_FORM:
            return None
    return kept


def _fields(body: bytes) -> dict[str, str]:
    try:
        text = body.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return {}
    return {name: value.replace("\r\n", "\n").replace("\0", "") for name, value in pairs}


def _with_headers(visit: Visit, reply: Response) -> Response:
    reply.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self' data:; "
        f"form-action {visit.form_targets}; base-uri 'none'; frame-ancestors 'none'"
    )
    reply.headers["Referrer-Policy"] = "no-referrer"
    reply.headers["X-Content-Type-Options"] = "nosniff"
    reply.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    reply.headers["Cache-Control"] = "no-store"
    if visit.request.cookies.get(BROWSER_COOKIE) != visit.token:
        visit.set_cookie(BROWSER_COOKIE, visit.token, BROWSER_S)
    for name, value, age_s, path in visit.cookies:
        reply.set_cookie(
            name,
            value,
            max_age=age_s,
            path=path,
            secure=not visit.service.settings.is_on_loopback,
            httponly=True,
            samesite="lax",
        )
    return reply
