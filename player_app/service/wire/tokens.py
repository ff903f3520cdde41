"""Answers of the token endpoint, and the sign-in as it is kept."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from player_app.service.wire.codec import Line


class TokenReply(Struct):
    access_token: Annotated[str, Meta(min_length=1, max_length=8_000)]
    token_type: Line
    refresh_token: Annotated[str, Meta(min_length=1, max_length=900)]
    expires_in: Annotated[int, Meta(ge=1, le=86_400)] = 600


class ChallengeReply(Struct):
    authorization_code: Annotated[str, Meta(min_length=1, max_length=2_000)]


class KeptTokens(Struct):
    """The sign-in as it is kept among the secrets."""

    service: str
    refresh: str
    access: str = ""
    expires_at: int = 0
