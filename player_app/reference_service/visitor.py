"""Drives the service's pages over HTTP as a browser without JavaScript would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPMessage
from http.cookiejar import CookieJar
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit
from urllib.request import (
    HTTPCookieProcessor,
    HTTPRedirectHandler,
    ProxyHandler,
    Request,
    build_opener,
)

PAID_CARD = "4242 4242 4242 4242"
TIMEOUT_S = 20.0
_LARGEST_PAGE = 8 * 1024 * 1024
_HEADERS = {"Accept": "text/html"}
_SILENT = ("script", "style", "svg", "title")


@dataclass(slots=True)
class Form:
    """`buttons` are the names and values of what may send it, in order."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    address: str
    status: int
    headers: Mapping[str, str]
    html: str = field(repr=False)
    text: str
    forms: tuple[Form, ...]
    links: tuple[tuple[str, str], ...]

    def form(self, action: str) -> Form:
        """The form that is sent to an address of this path."""
        for form in self.forms:
            if urlsplit(form.action).path == action:
                return form
        raise LookupError(f"no form for {action} on {self.address} ({self.status})")

    def link(self, words: str) -> str:
        """Where the link with these words leads."""
        for text, address in self.links:
            if words in text:
                return address
        raise LookupError(f"no link {words!r} on {self.address} ({self.status})")


class PageBrowser:
    """One browser with its own cookies. It stops before an address of another origin.

    `left_for` is where the last page sent it instead: a player's loopback return, for example.
    """

    def __init__(self, cookies: CookieJar | None = None) -> None:
        self.cookies = cookies if cookies is not None else CookieJar()
        self.left_for: str | None = None
        self._opener = build_opener(
            ProxyHandler({}), HTTPCookieProcessor(self.cookies), _SameOrigin(self)
        )

    def open(self, address: str) -> Page:
        return self._send(Request(urldefrag(address).url, headers=_HEADERS))  # noqa: S310 - http below

    def submit(
        self,
        form: Form,
        fields: Mapping[str, str] | None = None,
        *,
        ticked: Iterable[str] = (),
        button: tuple[str, str] | None = None,
    ) -> Page:
        """Send a form with what stands in it, what is typed, ticked and pressed."""
        sent = {**form.fields, **{name: form.boxes[name] for name in ticked}, **(fields or {})}
        if button is not None:
            sent[button[0]] = button[1]
        data = urlencode(sent).encode()
        return self._send(Request(form.action, data, _HEADERS, method="POST"))  # noqa: S310 - http below

    def _send(self, request: Request) -> Page:
        if request.type not in ("http", "https"):
            raise ValueError("pages are asked for by http and https only")
        self.left_for = None
        try:
            reply = self._opener.open(request, timeout=TIMEOUT_S)
        except HTTPError as refused:
            reply = refused
        with reply:
            html = reply.read(_LARGEST_PAGE).decode("utf-8", "replace")
            address = reply.geturl()
            reader = _Reader(address)
            reader.feed(html)
            return Page(
                address=address,
                status=reply.status or 0,
                headers={name.lower(): value for name, value in reply.headers.items()},
                html=html,
                text=" ".join(" ".join(reader.words).split()),
                forms=tuple(reader.forms),
                links=tuple(reader.links),
            )


def sign_in(browser: PageBrowser, service: str, email: str, password: str) -> Page:
    page = browser.open(f"{service}/sign-in")
    return browser.submit(page.form("/sign-in"), {"email": email, "password": password})


def open_checkout(browser: PageBrowser, checkout_address: str) -> Page:
    """From the link to the card form: the box ticked, the one button pressed."""
    page = browser.open(checkout_address)
    return browser.submit(page.form(urlsplit(checkout_address).path), ticked=["waiver"])


def type_card(browser: PageBrowser, page: Page, number: str) -> Page:
    card = {"number": number, "expiry": "12/39", "cvc": "123", "name": "A Viewer"}
    return browser.submit(page.form(urlsplit(page.address).path), card)


def pay(checkout_address: str, card: str = PAID_CARD, browser: PageBrowser | None = None) -> Page:
    """Pay as a viewer does; the page at the end."""
    browser = browser or PageBrowser()
    page = type_card(browser, open_checkout(browser, checkout_address), card)
    path = urlsplit(page.address).path
    if path.endswith("/confirm"):
        page = browser.submit(page.form(path), button=("answer", "yes"))
    return page


class _SameOrigin(HTTPRedirectHandler):
    def __init__(self, browser: PageBrowser) -> None:
        self._browser = browser

    def redirect_request(  # noqa: PLR0917 - the signature is urllib's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        here, there = urlsplit(req.full_url), urlsplit(newurl)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            self._browser.left_for = newurl
            return None
        return super().redirect_request(req, fp, code, msg, headers, urldefrag(newurl).url)


class _Reader(HTMLParser):
    """Forms, links and visible words of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._address = address
        self._form: Form | None = None
        self._link: str | None = None
        self._link_words: list[str] = []
        self._area: str | None = None
        self._select: str | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "form":
            action = urljoin(self._address, given.get("action", ""))
            self._form = Form(action, given.get("method", "get"))
            self.forms.append(self._form)
        elif tag == "a" and "href" in given:
            self._link, self._link_words = urljoin(self._address, given["href"]), []
        elif self._form is not None and given.get("name"):
            self._control(tag, given, self._form)
        elif tag == "option" and self._select and self._form and "selected" in given:
            self._form.fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "a" and self._link is not None:
            self.links.append((" ".join("".join(self._link_words).split()), self._link))
            self._link = None

    def handle_data(self, data: str) -> None:
        if self._area is not None and self._form is not None:
            self._form.fields[self._area] += data
        if self._link is not None:
            self._link_words.append(data)
        if not self._silent:
            self.words.append(data)

    def _control(self, tag: str, given: Mapping[str, str], form: Form) -> None:
        name, value = given["name"], given.get("value", "")
        if tag == "button":
            form.buttons.append((name, value))
        elif tag == "textarea":
            form.fields[name], self._area = "", name
        elif tag == "select":
            form.fields[name], self._select = "", name
        elif tag == "input" and given.get("type") == "checkbox":
            form.boxes[name] = value
            if "checked" in given:
                form.fields[name] = value
        elif tag == "input":
            form.fields[name] = value
