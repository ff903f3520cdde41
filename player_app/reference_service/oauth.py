"""OAuth: codes with PKCE, rotating refresh tokens, revocation.

RFC 6749 §4.1 and §6, RFC 7636 (S256 only), RFC 7009, RFC 8252 §7.3 and §8.3, RFC 9700 §4.14.2.
Our addition to rotation: for 60 s, while the successor is unused, the token before it gets the
same successor again, so that a lost reply signs nobody out.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from player_app.reference_service.service import Service
from player_app.reference_service.tables import AccessToken, AuthorizationCode, RefreshToken
from player_app.reference_service.tokens import base64url, hashed, new_id, new_token

CODE_S = 60
REFRESH_S = 180 * 24 * 3600
GRACE_S = 60
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_PATHS = {"signed-in": "/signed-in", "checkout": "/checkout"}


class OAuthError(Exception):
    """An error as RFC 6749 §5.2 names it."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.status = status


@dataclass(frozen=True, slots=True)
class Tokens:
    access_token: str
    refresh_token: str
    expires_in: int

    def as_json(self) -> dict[str, str | int]:
        return {
            "access_token": self.access_token,
            "token_type": "Bearer",
            "expires_in": self.expires_in,
            "refresh_token": self.refresh_token,
            "scope": "player",
        }


def is_loopback_return(address: str, kind: str) -> bool:
    """Whether an address is the literal loopback, any port, with the fixed path of its kind."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme == "http"
        and parts.hostname in ("127.0.0.1", "::1")
        and port is not None
        and parts.path == _PATHS[kind]
        and not (parts.query or parts.fragment or parts.username or parts.password)
    )


def is_challenge(challenge: str) -> bool:
    """Whether it looks like an S256 code challenge (RFC 7636 §4.2)."""
    return _CHALLENGE.fullmatch(challenge) is not None


def make_code(
    service: Service,
    session: Session,
    *,
    account_id: str,
    client_id: str,
    challenge: str,
    redirect_uri: str | None,
) -> str:
    """A code that is good once, for a minute."""
    code, now = new_token(), service.now()
    session.add(
        AuthorizationCode(
            hash=hashed(code),
            account_id=account_id,
            client_id=client_id,
            challenge=challenge,
            redirect_uri=redirect_uri,
            expires_at=now + CODE_S,
        )
    )
    return code


def redeem(
    service: Service, *, code: str, client_id: str, redirect_uri: str | None, verifier: str
) -> Tokens:
    """Tokens for a code; a code used twice ends what the first use gave (RFC 6749 §4.1.2)."""
    with service.transaction() as session:
        row = session.get(AuthorizationCode, hashed(code))
        replayed = row is not None and row.used_by_family is not None
        if row is not None and row.used_by_family is not None:
            _revoke_family(session, row.used_by_family)
        elif row is not None:
            family = new_id("family")
            row.used_by_family = family
            if _code_fits(row, client_id, redirect_uri, verifier, service.now()):
                first = new_token()
                _keep_refresh(
                    session,
                    first,
                    family=family,
                    account_id=row.account_id,
                    client_id=client_id,
                    number=1,
                    now=service.now(),
                )
                return _tokens(service, session, family, row.account_id, first)
    description = "the code was used before" if replayed else "the code is not good (any more)"
    raise OAuthError("invalid_grant", description)


def refresh(service: Service, *, token: str, client_id: str) -> Tokens:
    """The next tokens of a family; an older token than the last but one revokes the family."""
    now = service.now()
    with service.transaction() as session:
        row = session.get(RefreshToken, hashed(token))
        if row is not None and not row.revoked and row.expires_at > now:
            if row.client_id != client_id:
                raise OAuthError("invalid_grant", "the token belongs to another client")
            successor = _successor(session, row, token, now)
            if successor is not None:
                return _tokens(service, session, row.family, row.account_id, successor)
            _revoke_family(session, row.family)
    raise OAuthError("invalid_grant", "the refresh token is not good (any more)")


def revoke(service: Service, token: str) -> None:
    """End the family of a refresh or access token; an unknown token is no error (RFC 7009 §2.2)."""
    with service.transaction() as session:
        row = session.get(RefreshToken, hashed(token)) or session.get(AccessToken, hashed(token))
        if row is not None:
            _revoke_family(session, row.family)


def account_of(session: Session, token: str, now: int) -> str | None:
    """The account id behind an access token that is still good."""
    row = session.get(AccessToken, hashed(token))
    return row.account_id if row is not None and row.expires_at > now else None


def _code_fits(
    row: AuthorizationCode, client_id: str, redirect_uri: str | None, verifier: str, now: int
) -> bool:
    if row.expires_at <= now or row.client_id != client_id or row.redirect_uri != redirect_uri:
        return False
    if _VERIFIER.fullmatch(verifier) is None:
        return False
    challenge = base64url(hashlib.sha256(verifier.encode()).digest())
    return hmac.compare_digest(challenge, row.challenge)


def _successor(session: Session, row: RefreshToken, token: str, now: int) -> str | None:
    """The token after this one: new, or the same again within the grace, else None."""
    if row.successor is None:
        successor = new_token()
        row.successor = _seal(token).encrypt(successor.encode())
        row.replaced_at = now
        _keep_refresh(
            session,
            successor,
            family=row.family,
            account_id=row.account_id,
            client_id=row.client_id,
            number=row.number + 1,
            now=now,
        )
        return successor
    successor = _seal(token).decrypt(row.successor).decode()
    following = session.get(RefreshToken, hashed(successor))
    unused = following is not None and following.successor is None
    in_time = row.replaced_at is not None and now < row.replaced_at + GRACE_S
    return successor if unused and in_time else None


def _seal(token: str) -> Fernet:
    """What seals a successor: a key that only the holder of the token before it has."""
    digest = hashlib.sha256(b"verite successor v1" + token.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _keep_refresh(
    session: Session,
    token: str,
    *,
    family: str,
    account_id: str,
    client_id: str,
    number: int,
    now: int,
) -> None:
    session.add(
        RefreshToken(
            hash=hashed(token),
            family=family,
            account_id=account_id,
            client_id=client_id,
            number=number,
            expires_at=now + REFRESH_S,
        )
    )


def _tokens(
    service: Service, session: Session, family: str, account_id: str, refresh_token: str
) -> Tokens:
    access, lifetime_s = new_token(), service.settings.access_token_s
    session.execute(delete(AccessToken).where(AccessToken.expires_at <= service.now()))
    session.add(
        AccessToken(
            hash=hashed(access),
            family=family,
            account_id=account_id,
            expires_at=service.now() + lifetime_s,
        )
    )
    return Tokens(access, refresh_token, lifetime_s)


def _revoke_family(session: Session, family: str) -> None:
    session.execute(update(RefreshToken).where(RefreshToken.family == family).values(revoked=True))
    session.execute(delete(AccessToken).where(AccessToken.family == family))
