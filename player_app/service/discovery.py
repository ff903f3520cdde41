"""Finding out what answers at an address: a service's own description and its issuer's metadata."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import player_app
from player_app.core.discovery import Endpoints, Service
from player_app.core.errors import BadReply, NotFound, NotOurService, PlayerTooOld, Refused
from player_app.service.origins import is_loopback, origin_of
from player_app.service.transport import Transport
from player_app.service.wire.codec import decode
from player_app.service.wire.discovery import DiscoveryReply, MetadataReply

CONTRACT = 1
MOST_BYTES = 256 * 1024
_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")


def origin_from(typed: str) -> str:
    """The origin that a viewer means: a host, an address, or a verite:// link."""
    try:
        return _origin_from(typed)
    except ValueError as error:
        raise NotOurService(typed, "not an address") from error


def _origin_from(typed: str) -> str:
    text = typed.strip()
    parts = urlsplit(text)
    if parts.scheme == "verite":
        named = parse_qs(parts.query).get("service", [""])[0]
        text = named or parts.netloc
        parts = urlsplit(text)
    if parts.scheme in ("http", "https") and parts.hostname:
        scheme, host = parts.scheme, parts.netloc.rpartition("@")[2]
    else:
        host = text.rstrip("/").partition("/")[0]
        if not _HOST.fullmatch(host):
            raise NotOurService(typed, "not an address")
        scheme = "http" if is_loopback(_name(host)) else "https"
    if scheme == "http" and not is_loopback(_name(host)):
        raise NotOurService(typed, "only https is safe")
    return f"{scheme}://{host}"


def discover(transport: Transport, typed: str) -> Service:
    """The service at an address; `NotOurService` when something else answers there."""
    address = origin_from(typed)
    try:
        body = transport.send("GET", f"{address}/.well-known/verite", most_bytes=MOST_BYTES).body
        found = decode("discovery", body, DiscoveryReply)
    except (BadReply, Refused) as error:
        raise NotOurService(address, str(error)) from error
    if found.version != CONTRACT:
        raise NotOurService(address, f"speaks version {found.version} of the contract")
    if _numbers(found.least_player_version) > _numbers(player_app.__version__):
        raise PlayerTooOld(found.least_player_version, player_app.__version__)
    for each in (found.issuer, found.api, *found.media_origins):
        _expect_safe(address, each)
    homes = {origin_of(found.issuer), origin_of(found.api)}
    if not all(origin_of(page) in homes for page in found.pages.values()):
        raise NotOurService(address, "a page on another origin")
    return found.service(address, _endpoints(transport, address, found))


def _endpoints(transport: Transport, address: str, found: DiscoveryReply) -> Endpoints:
    issuer = found.issuer.rstrip("/")
    try:
        metadata = _metadata(transport, f"{issuer}/.well-known/oauth-authorization-server")
    except NotFound:
        metadata = _metadata(transport, f"{issuer}/.well-known/openid-configuration")
    if metadata.issuer.rstrip("/") != issuer:
        raise NotOurService(address, "its issuer calls itself something else")
    if "S256" not in metadata.code_challenge_methods_supported:
        raise NotOurService(address, "no S256")
    challenge = metadata.authorization_challenge_endpoint
    one_origin = origin_of(issuer) == origin_of(found.api)
    endpoints = Endpoints(
        issuer=metadata.issuer,
        authorize=metadata.authorization_endpoint,
        token=metadata.token_endpoint,
        revoke=metadata.revocation_endpoint,
        challenge=challenge if one_origin else None,
    )
    for each in (endpoints.authorize, endpoints.token, endpoints.revoke, endpoints.challenge):
        if each is not None:
            _expect_safe(address, each)
    if endpoints.challenge and origin_of(endpoints.challenge) != origin_of(found.api):
        raise NotOurService(address, "a sign-in form for another origin")
    return endpoints


def _metadata(transport: Transport, address: str) -> MetadataReply:
    body = transport.send("GET", address, most_bytes=MOST_BYTES).body
    return decode("metadata", body, MetadataReply)


def _expect_safe(address: str, named: str) -> None:
    scheme, host, _ = origin_of(named)
    if scheme != "https" and not is_loopback(host):
        raise NotOurService(address, "only https is safe")


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", version))
