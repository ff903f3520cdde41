"""Finding out what answers at an address: a service's own description and its issuer's metadata."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import player_app
from player_app.core.discovery import Endpoints, Service
from player_app.core.errors import BadReply, NotOurService, PlayerTooOld
from player_app.core.refusals import Refused
from player_app.core.sign_in_errors import SignedOut
from player_app.service.origins import host_of, is_loopback, origin_of
from player_app.service.transport import Transport
from player_app.service.wire.codec import decode
from player_app.service.wire.discovery import DiscoveryReply, MetadataReply

CONTRACT = 1
MOST_BYTES = 256 * 1024
OFFLINE_ACCESS = "offline_access"
"""OpenID Connect Core 1.0 §11."""
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


def discovery_address(address: str) -> str:
    """Where the service at this address describes itself."""
    return f"{address}/.well-known/verite"


def look(transport: Transport, address: str) -> None:
    """Whether the service that was chosen answers again, asked briefly; raises a leaf if not."""
    transport.look_for(
        discovery_address(address), lambda body: decode("discovery", body, DiscoveryReply)
    )


def discover(transport: Transport, typed: str) -> Service:
    """The service at an address; `NotOurService` when something else answers there."""
    address = origin_from(typed)
    try:
        body = transport.send("GET", discovery_address(address), most_bytes=MOST_BYTES).body
        found = decode("discovery", body, DiscoveryReply)
    except (BadReply, Refused, SignedOut) as error:
        raise NotOurService(address, str(error)) from error
    if found.version != CONTRACT:
        raise NotOurService(address, f"speaks version {found.version} of the contract")
    if _numbers(found.least_player_version) > _numbers(player_app.__version__):
        raise PlayerTooOld(found.least_player_version, player_app.__version__)
    for each in (found.issuer, found.api, *found.media_origins):
        expect_safe(address, each)
    homes = {origin_of(found.issuer), origin_of(found.api)}
    if not all(origin_of(page) in homes for page in found.pages.values()):
        raise NotOurService(address, "a page on another origin")
    metadata = _metadata(transport, address, found.issuer)
    return found.service(address, _endpoints(address, found, metadata), _scope(found, metadata))


def metadata_addresses(issuer: str) -> tuple[str, str]:
    """Where an issuer describes itself: RFC 8414 §3.1, OpenID Connect Discovery 1.0 §4."""
    parts = urlsplit(issuer)
    path = parts.path.rstrip("/")
    return (
        f"{parts.scheme}://{parts.netloc}/.well-known/oauth-authorization-server{path}",
        f"{parts.scheme}://{parts.netloc}{path}/.well-known/openid-configuration",
    )


def _metadata(transport: Transport, address: str, issuer: str) -> MetadataReply:
    """The first that is there; a host may answer for an issuer below it as it likes."""
    why = ""
    for each in metadata_addresses(issuer):
        try:
            body = transport.send("GET", each, most_bytes=MOST_BYTES).body
            return decode("metadata", body, MetadataReply)
        except (BadReply, Refused, SignedOut) as error:
            why = str(error)
    raise NotOurService(address, f"its issuer does not describe itself: {why}")


def _endpoints(address: str, found: DiscoveryReply, metadata: MetadataReply) -> Endpoints:
    # RFC 8414 §3.3: compared as it stands, and so is `iss` after a sign-in
    if metadata.issuer != found.issuer:
        raise NotOurService(address, "its issuer calls itself something else")
    if "S256" not in metadata.code_challenge_methods_supported:
        raise NotOurService(address, "no S256")
    if not metadata.authorization_response_iss_parameter_supported:
        raise NotOurService(address, "its issuer does not name itself in its answers")
    one_origin = origin_of(metadata.issuer) == origin_of(found.api)
    endpoints = Endpoints(
        issuer=metadata.issuer,
        authorize=metadata.authorization_endpoint,
        token=metadata.token_endpoint,
        revoke=metadata.revocation_endpoint,
        challenge=metadata.authorization_challenge_endpoint if one_origin else None,
    )
    for each in (endpoints.authorize, endpoints.token, endpoints.revoke, endpoints.challenge):
        if each is not None:
            expect_safe(address, each)
    if endpoints.challenge and origin_of(endpoints.challenge) != origin_of(found.api):
        raise NotOurService(address, "a sign-in form for another origin")
    return endpoints


def _scope(found: DiscoveryReply, metadata: MetadataReply) -> str:
    """What the service says; else what gets a refresh token where that must be asked for."""
    return found.scope or (OFFLINE_ACCESS if OFFLINE_ACCESS in metadata.scopes_supported else "")


def expect_safe(address: str, named: str) -> None:
    """What a service's description may name: https, or this computer's own if it is here too."""
    scheme, host, _ = origin_of(named)
    if scheme != "https" and not is_loopback(host):
        raise NotOurService(address, "only https is safe")
    if is_loopback(host) and not is_loopback(host_of(address)):
        raise NotOurService(address, "it names this computer")


def _name(host: str) -> str:
    return urlsplit(f"//{host}").hostname or ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(each) for each in re.findall(r"\d+", version))
