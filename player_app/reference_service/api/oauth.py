"""Tokens, revocation, and the sign-in inside the player (draft-ietf-oauth-first-party-apps)."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response

from player_app.reference_service import accounts, captchas, oauth, rate_limits
from player_app.reference_service.accounts import moment
from player_app.reference_service.api.authority import TheService, address_of
from player_app.reference_service.oauth import OAuthError
from player_app.reference_service.service import Service

router = APIRouter(prefix="/oauth")
Text = Annotated[str, Form(max_length=2000)]
NO_STORE = {"Cache-Control": "no-store"}


@router.post("/token")
def token(
    service: TheService,
    grant_type: Text,
    client_id: Text,
    code: Text = "",
    redirect_uri: Annotated[str | None, Form(max_length=2000)] = None,
    code_verifier: Text = "",
    refresh_token: Text = "",
) -> JSONResponse:
    match grant_type:
        case "authorization_code":
            made = oauth.redeem(
                service,
                code=code,
                client_id=client_id,
                redirect_uri=redirect_uri,
                verifier=code_verifier,
            )
        case "refresh_token":
            made = oauth.refresh(service, token=refresh_token, client_id=client_id)
        case _:
            raise OAuthError("unsupported_grant_type", "only codes and refresh tokens")
    return JSONResponse(made.as_json(), headers=NO_STORE)


@router.post("/revoke")
def revoke(service: TheService, token: Text) -> Response:
    oauth.revoke(service, token)
    return Response(status_code=200)


@router.post("/authorize-challenge")
def challenge(
    service: TheService,
    request: Request,
    client_id: Text = "",
    code_challenge: Text = "",
    code_challenge_method: Text = "",
    username: Text = "",
    password: Text = "",
    captcha_id: Text = "",
    captcha: Text = "",
) -> JSONResponse:
    if "origin" in request.headers:
        raise OAuthError("invalid_request", "web pages can't sign in this way", 403)
    if client_id != service.settings.player_client_id:
        raise OAuthError("unauthorized_client", "this way in is for the player itself")
    if code_challenge_method != "S256" or not oauth.is_challenge(code_challenge):
        raise OAuthError("invalid_request", "a code challenge by S256 is needed")
    subject, now = username.casefold(), service.now()
    with service.transaction() as session:
        rate_limits.allow(session, rate_limits.SIGN_IN_BY_ADDRESS, address_of(request), now)
        rate_limits.allow(session, rate_limits.SIGN_IN_BY_ACCOUNT, subject, now)
        failed = rate_limits.counted(session, rate_limits.FAILURES_BEFORE_CAPTCHA, subject, now)
        needs_captcha = failed >= rate_limits.FAILURES_BEFORE_CAPTCHA.count
        solved = needs_captcha and captchas.is_right(session, captcha_id, captcha, now)
    if needs_captcha and not solved:
        return _captcha(service)
    with service.reading() as session:
        account = accounts.by_email(session, username)
    # Argon2 is slow on purpose: it runs outside the transaction, which holds the database's lock.
    fits = accounts.has_password(service, account, password)
    with service.transaction() as session:
        if account is None or not fits:
            rate_limits.count_one(session, rate_limits.FAILURES_BEFORE_CAPTCHA, subject, now)
        else:
            rate_limits.forget(session, rate_limits.FAILURES_BEFORE_CAPTCHA, subject)
            code = oauth.make_code(
                service,
                session,
                account_id=account.id,
                client_id=client_id,
                challenge=code_challenge,
                redirect_uri=None,
            )
    if not fits:
        raise OAuthError("invalid_grant", "email and password do not match")
    return JSONResponse({"authorization_code": code}, headers=NO_STORE)


def _captcha(service: Service) -> JSONResponse:
    made = captchas.issue(service)
    shown: dict[str, Any] = {**made.as_json(), "expires_at": moment(made.expires_at)}
    body = {"error": "insufficient_authorization", "captcha": shown}
    return JSONResponse(body, 400, NO_STORE)
