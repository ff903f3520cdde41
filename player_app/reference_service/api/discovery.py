"""Discovery: what a player must know of the service before anything else."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from player_app.reference_service.api.authority import TheService

router = APIRouter()


@router.get("/.well-known/verite")
def discovery(service: TheService) -> dict[str, Any]:
    settings = service.settings
    pages = {
        "home": "/",
        "terms": "/terms",
        "privacy": "/privacy",
        "help": "/help",
        "forgotten_password": "/forgotten-password",
        "receipts": "/receipts",
        "film": "/films/{slug}",
        "educational": "/educational-licence?film={slug}",
    }
    return {
        "name": settings.name,
        "version": 1,
        "issuer": settings.origin,
        "api": f"{settings.origin}/v1",
        "client_id": settings.player_client_id,
        "jwks": service.keys.public_jwks(),
        "pages": {name: settings.origin + path for name, path in pages.items()},
        "media_origins": [settings.origin],
        "least_player_version": settings.least_player_version,
        "features": list(settings.features),
    }


@router.get("/.well-known/oauth-authorization-server")
def authorization_server(service: TheService) -> dict[str, Any]:
    """The metadata of RFC 8414 §2."""
    origin = service.settings.origin
    return {
        "issuer": origin,
        "authorization_endpoint": f"{origin}/oauth/authorize",
        "token_endpoint": f"{origin}/oauth/token",
        "revocation_endpoint": f"{origin}/oauth/revoke",
        "authorization_challenge_endpoint": f"{origin}/oauth/authorize-challenge",
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["none"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }
