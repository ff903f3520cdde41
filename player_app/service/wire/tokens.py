"""Answers of the token endpoint, and the sign-in as it is kept."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from player_app.service.wire.codec import Line


class TokenReply(Struct):
    """Without `refresh_token` the one that was asked with goes on (RFC 6749 §6)."""

    access_token: Annotated[str, Meta(min_length=1, max_length=8_000)]
    token_type: Line
    refresh_token: Annotated[str, Meta(min_length=1, max_length=900)] | None = None
    expires_in: Annotated[int, Meta(ge=1, le=2**31)] = 600


class ChallengeReply(Struct):
    authorization_code: Annotated[str, Meta(min_length=1, max_length=2_000)]


class KeptTokens(Struct, omit_defaults=True):
    """The sign-in as it is kept among the secrets; `account` is whose, "" where nobody noted it."""

    service: str
    refresh: str
    access: str = ""
    expires_at: int = 0
    account: str = ""
