"""What a service says of itself, and its issuer's metadata."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from player_app.core.discovery import Endpoints, Service
from player_app.service.wire.codec import Address, Few, Id, Line


class _Jwks(Struct):
    keys: Annotated[list[dict[str, Any]], Meta(max_length=20)]


class DiscoveryReply(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    version: int
    issuer: Address
    api: Address
    client_id: Id
    jwks: _Jwks
    pages: Annotated[dict[Id, Address], Few]
    media_origins: Annotated[list[Address], Few]
    least_player_version: Annotated[str, Meta(max_length=30, pattern=r"^\d+(\.\d+){0,3}\Z")] = "0"
    features: Annotated[list[Line], Few] = []
    scope: Annotated[str, Meta(max_length=500, pattern=r"^[\x21\x23-\x5B\x5D-\x7E ]*\Z")] = ""

    def service(self, address: str, endpoints: Endpoints, scope: str) -> Service:
        texts = [
            {name: value for name, value in key.items() if isinstance(value, str)}
            for key in self.jwks.keys
        ]
        return Service(
            name=self.name,
            address=address,
            api=self.api.rstrip("/"),
            client_id=self.client_id,
            endpoints=endpoints,
            licence_keys=tuple(texts),
            pages=self.pages,
            media_origins=tuple(each.rstrip("/") for each in self.media_origins),
            least_player_version=self.least_player_version,
            features=frozenset(self.features),
            scope=scope,
        )


class MetadataReply(Struct):
    issuer: Address
    authorization_endpoint: Address
    token_endpoint: Address
    revocation_endpoint: Address | None = None
    code_challenge_methods_supported: Annotated[list[Line], Few] = []
    scopes_supported: Annotated[list[Line], Few] = []
    authorization_response_iss_parameter_supported: bool = False
    authorization_challenge_endpoint: Address | None = None
