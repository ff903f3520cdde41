"""Random names and hashes: ids, tokens, links; all at least 128 bits, stored only hashed."""

from __future__ import annotations

import base64
import hashlib
import secrets


def new_id(prefix: str) -> str:
    """An opaque id: a word for people, and 128 random bits."""
    return f"{prefix}-{secrets.token_hex(16)}"


def new_token() -> str:
    """256 random bits for an address or a header."""
    return secrets.token_urlsafe(32)


def hashed(token: str) -> str:
    """What of a token is stored; tokens are random, so a plain SHA-256 serves."""
    return hashlib.sha256(token.encode()).hexdigest()


def base64url(data: bytes) -> str:
    """Base64url without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
