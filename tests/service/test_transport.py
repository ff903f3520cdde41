"""Every failure of HTTP is a leaf of the core's errors; bodies are bounded; nothing strays."""

from __future__ import annotations

import http.server
import inspect
import threading

import pytest
import requests.exceptions
import urllib3.exceptions

from player_app.core.errors import (
    BadReply,
    ServiceError,
    ServiceFailing,
    SlowDown,
    Stopped,
    Unreachable,
)
from player_app.core.refusals import FormRejected, NoRight, NotFound, Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.service.failures import leaf_for
from player_app.service.transport import Transport
from player_app.service.wire.problems import refusal
from tests.service.site import Site, say


def exceptions_of(module: object) -> list[type[Exception]]:
    found = (each for _, each in inspect.getmembers(module, inspect.isclass))
    return [
        each
        for each in found
        if issubclass(each, Exception) and not issubclass(each, Warning)
        if issubclass(each, OSError | urllib3.exceptions.HTTPError)
    ]


@pytest.mark.parametrize(
    "kind", [*exceptions_of(requests.exceptions), *exceptions_of(urllib3.exceptions)]
)
def test_every_exception_of_http_is_a_leaf(kind: type[Exception]) -> None:
    leaf = leaf_for(kind.__new__(kind), "host")
    assert isinstance(leaf, ServiceError)
    assert type(leaf).__subclasses__() == [] or type(leaf) is Unreachable


@pytest.mark.parametrize(
    ("status", "body", "leaf"),
    [
        (403, b'{"type": "urn:verite:problem:no-right"}', NoRight),
        (404, b"<html>", NotFound),
        (410, b'{"type": "urn:verite:problem:gone"}', NotFound),
        (401, b"{}", SignedOut),
        (409, b"[]", Refused),
        (
            422,
            b'{"type": "urn:verite:problem:invalid", "errors": [{"field": "a", "message": "b"}]}',
            FormRejected,
        ),
    ],
)
def test_a_refusal_is_a_leaf(status: int, body: bytes, leaf: type[ServiceError]) -> None:
    assert type(refusal(status, body)) is leaf


def test_a_status_is_a_leaf_with_its_wait(site: Site, transport: Transport) -> None:
    site.answers = {"/a": say(429, Retry_After="7"), "/b": say(503)}
    with pytest.raises(SlowDown) as slow:
        transport.send("GET", f"{site.address}/a")
    assert slow.value.retry_after_s == 7
    with pytest.raises(ServiceFailing):
        transport.send("GET", f"{site.address}/b")
    assert site.asked == ["/a", "/b"]


def test_a_reply_that_is_too_large_is_refused(site: Site, transport: Transport) -> None:
    site.answers["/large"] = say(200, b"x" * 5_000)
    with pytest.raises(BadReply):
        transport.send("GET", f"{site.address}/large", most_bytes=4_999)
    assert len(transport.send("GET", f"{site.address}/large", most_bytes=5_000).body) == 5_000


def test_a_redirect_is_followed_on_its_origin_only(site: Site, transport: Transport) -> None:
    site.answers = {
        "/here": say(302, Location="/there"),
        "/there": say(200, b"ok"),
        "/away": say(302, Location="http://127.0.0.1:9/there"),
    }
    assert transport.send("GET", f"{site.address}/here").body == b"ok"
    with pytest.raises(BadReply):
        transport.send("GET", f"{site.address}/away")


def test_nobody_there_is_unreachable(transport: Transport) -> None:
    with pytest.raises(Unreachable) as nobody:
        transport.send("POST", "http://127.0.0.1:9/")
    assert nobody.value.why == "refused"
    with pytest.raises(Unreachable) as nowhere:
        Transport({}, "", "0").send("POST", "http://nowhere.invalid/")
    assert nowhere.value.why == "offline"


@pytest.mark.promise(26)
def test_loopback_goes_by_no_proxy(site: Site, transport: Transport) -> None:
    site.answers["/"] = say(200, b"straight")
    assert transport.send("GET", f"{site.address}/").body == b"straight"


def test_a_media_file_is_read_on_from_where_it_stopped(site: Site, transport: Transport) -> None:
    site.answers = {
        "/part": say(206, b"456789", Content_Range="bytes 4-9/10", ETag='"e"'),
        "/whole": say(200, b"0123456789"),
        "/other": say(206, b"0123", Content_Range="bytes 0-3/10"),
        "/portal": say(200, b"<html>", Content_Type="text/html"),
    }
    for path in ("/part", "/whole"):
        body = transport.open(site.address + path, 4)
        assert body.length == 6
        assert body.read(3) + body.read(100) + body.read(1) == b"456789"
        body.close()
    with pytest.raises(BadReply):
        transport.open(f"{site.address}/other", 4)
    with pytest.raises(Unreachable) as instead:
        transport.open(f"{site.address}/portal", 4)
    assert instead.value.why == "portal"


def test_a_media_file_that_is_refused_is_hung_up_on(site: Site, transport: Transport) -> None:
    hung_up = threading.Event()

    def portal(request: http.server.BaseHTTPRequestHandler) -> None:
        say(200, Content_Type="text/html", Content_Length="100")(request)
        request.connection.settimeout(5)
        if request.rfile.read(1) == b"":
            hung_up.set()

    site.answers["/portal"] = portal
    with pytest.raises(Unreachable) as refused:
        transport.open(f"{site.address}/portal")
    assert hung_up.wait(2)
    # held until here: the garbage collector would hang up too
    del refused


def test_closing_a_media_file_ends_a_read_under_way(site: Site, transport: Transport) -> None:
    asked, release = threading.Event(), threading.Event()

    def stall(request: http.server.BaseHTTPRequestHandler) -> None:
        say(200, Content_Length="100")(request)
        asked.set()
        release.wait(10)

    site.answers["/stall"] = stall
    body = transport.open(f"{site.address}/stall")
    outcome: list[BaseException] = []

    def read() -> None:
        try:
            body.read(10)
        except Stopped as stopped:
            outcome.append(stopped)

    reader = threading.Thread(target=read)
    reader.start()
    assert asked.wait(5)
    body.close()
    reader.join(2)
    release.set()
    assert not reader.is_alive()
    assert outcome
