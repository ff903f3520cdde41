"""A film service that signs in at another house: a server of npm's, and a small API beside it."""

from __future__ import annotations

import base64
import http.server
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from tests.service.site import Answer, Site, say, serving_site

NPM = Path(__file__).resolve().parents[2] / "npm"
CLIENT_ID = "films-desktop"
VIEWER = "rosa"
API_CLIENT = "films-api:of-the-resource-server"
DISCOVERY = "/.well-known/verite"


@dataclass(frozen=True, slots=True)
class Authority:
    """oidc-provider of npm, as `tests/npm/authority.mjs` sets it up."""

    issuer: str

    def metadata(self) -> dict[str, Any]:
        return self._ask(f"{self.issuer}/.well-known/openid-configuration")

    def subject_of(self, token: str) -> str | None:
        """Whose token it is, as a resource server asks (RFC 7662); None where it is dead."""
        form = urlencode({"token": token}).encode()
        basic = base64.b64encode(API_CLIENT.encode()).decode()
        said = self._ask(f"{self.issuer}/token/introspection", form, f"Basic {basic}")
        return str(said["sub"]) if said["active"] else None

    def tokens(self, form: bytes) -> dict[str, Any]:
        """What the token endpoint answers."""
        return self._ask(f"{self.issuer}/token", form)

    def _ask(self, address: str, form: bytes | None = None, authority: str = "") -> dict[str, Any]:
        headers = {"Authorization": authority} if authority else {}
        asked = Request(address, form, headers)  # noqa: S310 - on loopback
        with build_opener(ProxyHandler({})).open(asked, timeout=10) as reply:
            said: dict[str, Any] = json.load(reply)
            return said


@contextmanager
def authority(path: str = "", *, rotates: bool = True) -> Iterator[Authority]:
    """Running in a process of its own; `path` is its issuer's, `rotates` its refresh tokens."""
    node = shutil.which("node")
    assert node is not None, "the program node is not installed"
    packages = NPM / "node_modules" / "oidc-provider"
    assert packages.exists(), "the npm package oidc-provider is not installed"
    with subprocess.Popen(
        [node, "authority.mjs", path, "yes" if rotates else "no"],
        cwd=NPM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            issuer = process.stdout.readline().strip()
            assert issuer, f"authority.mjs ended with {process.wait(10)}"
            yield Authority(issuer)
        finally:
            process.kill()


def body_of(request: http.server.BaseHTTPRequestHandler) -> bytes:
    return request.rfile.read(int(request.headers["Content-Length"]))


def described(site: Site, issuer: str, **instead: Any) -> dict[str, Any]:
    return {
        "name": "Films of Another House",
        "version": 1,
        "issuer": issuer,
        "api": f"{site.address}/v1",
        "client_id": CLIENT_ID,
        "jwks": {"keys": []},
        "pages": {"home": f"{site.address}/"},
        "media_origins": [site.address],
        **instead,
    }


def answer_json(value: object) -> Answer:
    return say(200, json.dumps(value).encode(), Content_Type="application/json")


@contextmanager
def film_service(server: Authority) -> Iterator[Site]:
    """Its discovery names the foreign issuer; its API takes that issuer's access tokens."""
    with serving_site() as site:
        site.answers[DISCOVERY] = answer_json(described(site, server.issuer))
        site.answers["/v1/account"] = _signed(server, _account)
        site.answers["/v1/rights"] = _signed(server, _rights)
        yield site


def _signed(server: Authority, answer: Any) -> Answer:
    def judge(request: http.server.BaseHTTPRequestHandler) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        subject = server.subject_of(token) if token else None
        if subject is None:
            say(401, b'{"type": "urn:verite:problem:unauthorized"}')(request)
        else:
            answer_json(answer(subject))(request)

    return judge


def _account(subject: str) -> dict[str, Any]:
    return {
        "id": f"acc-{subject}",
        "username": subject,
        "display_name": subject.title(),
        "email": f"{subject}@example.org",
        "created_at": "2026-01-01T00:00:00Z",
        "subscription": None,
    }


def _rights(_: str) -> dict[str, Any]:
    return {"rentals": [], "subscription": None, "server_time": "2026-01-01T00:00:00Z"}
