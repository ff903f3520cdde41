"""Signing in: for these pages, and for a player that asks by OAuth; and registering."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Response

from player_app.reference_service import accounts, captchas, demo, oauth, rate_limits, registration
from player_app.reference_service.pages.drafts import draft_of, post_draft
from player_app.reference_service.pages.visit import Visit
from player_app.reference_service.pages.words import local_path
from player_app.reference_service.problems import Problem
from player_app.reference_service.tables import Account

_CARRIED = (
    "response_type",
    "client_id",
    "redirect_uri",
    "code_challenge",
    "code_challenge_method",
    "state",
    "scope",
)


def sign_in(visit: Visit) -> Response:
    if visit.request.method == "GET":
        if visit.account is not None:
            return visit.go(local_path(visit.query.get("next"), "/account"))
        return _sign_in_page(visit)
    refusal = _try(visit)
    if refusal is not None:
        return refusal
    return visit.go(_finish(visit) or local_path(visit.form.get("next"), "/account"))


def sign_out(visit: Visit) -> Response:
    visit.sign_out()
    return visit.go("/")


def authorize(visit: Visit) -> Response:
    """RFC 6749 §4.1: a bad client or return address is a page, all else goes back to the client."""
    asked = visit.query if visit.request.method == "GET" else visit.form
    carried = {name: asked[name] for name in _CARRIED if name in asked}
    back = carried.get("redirect_uri", "")
    known = carried.get("client_id") == visit.service.settings.player_client_id
    if not known or not oauth.is_loopback_return(back, "signed-in"):
        return visit.problem(
            400, "The program that sent you here isn’t one that this service knows."
        )
    origin = f"http://{urlsplit(back).netloc}"
    # A source in a policy can't be an IPv6 address (CSP 3 §2.3.1): only the scheme is named then.
    visit.form_targets = "'self' " + ("http:" if "[" in origin else origin)
    error = _authorize_error(carried)
    if error is not None:
        return _return(visit, carried, {"error": error})
    asking = {"name": "Verité player", "host": urlsplit(back).netloc}
    if visit.request.method == "POST":
        match visit.form.get("decision"):
            case "refuse":
                return _return(visit, carried, {"error": "access_denied"})
            case "other":
                visit.sign_out()
                return visit.go(f"/oauth/authorize?{urlencode(carried)}")
            case "continue" if visit.account is not None:
                return _return_code(visit, carried)
        refusal = _try(visit, asking, carried)
        if refusal is not None:
            return refusal
        _finish(visit)
        return _return_code(visit, carried)
    if visit.account is not None:
        return visit.show("consent.html", asking=asking, carried=carried)
    return _sign_in_page(visit, asking=asking, carried=carried)


def register(visit: Visit) -> Response:
    following = local_path(
        visit.form.get("next") if visit.form else visit.query.get("next"), "/account"
    )
    if visit.request.method == "GET":
        return _register_page(visit, following, {}, {})
    now = visit.service.now()
    with visit.service.transaction() as session:
        rate_limits.allow(session, rate_limits.REGISTRATIONS, _client(visit), now)
    values = {
        **{name: visit.form.get(name, "").strip() for name in ("username", "display_name")},
        **{name: visit.form.get(name, "").strip() for name in ("email", "email_again")},
        **{name: visit.form.get(name, "") for name in ("password", "captcha_id")},
        "captcha": visit.form.get("captcha", "").strip(),
        "terms": "true" if visit.form.get("terms") else "",
    }
    try:
        account = accounts.register(visit.service, values)
    except Problem as problem:
        if not problem.errors:
            raise
        wrong = {error.field: error.message for error in problem.errors}
        return _register_page(visit, following, values, wrong, 422)
    earlier = visit.token
    visit.sign_in(account)
    posted = post_draft(visit, earlier)
    return visit.go(following if following.startswith("/oauth/") else posted or following)


def new_captcha(visit: Visit) -> dict[str, Any]:
    challenge = captchas.issue(visit.service)
    picture, sound = (base64.b64encode(it).decode() for it in (challenge.picture, challenge.sound))
    return {"id": challenge.id, "picture": picture, "sound": sound}


def demo_account(visit: Visit) -> dict[str, str] | None:
    shown = visit.service.settings.shows_demo_help
    return {"email": demo.EMAIL, "password": demo.PASSWORD} if shown else None


def _register_page(
    visit: Visit,
    following: str,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
    status: int = 200,
) -> Response:
    return visit.show(
        "register.html",
        status,
        fields=[rule.as_json() for rule in registration.rules(visit.service.settings.origin)],
        captcha=new_captcha(visit),
        typed={name: value for name, value in typed.items() if name != "password"},
        wrong=wrong,
        next=following,
        draft=draft_of(visit),
    )


def _sign_in_page(
    visit: Visit,
    *,
    asking: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    needs_captcha: bool = False,
) -> Response:
    sent = visit.form or visit.query
    following = local_path(sent.get("next"), "/account")
    after = f"/oauth/authorize?{urlencode(carried)}" if carried else following
    return visit.show(
        "sign_in.html",
        422 if wrong else 200,
        asking=asking,
        action="/oauth/authorize" if carried else "/sign-in",
        carried=carried or {"next": following},
        next=after,
        draft=draft_of(visit),
        wrong=wrong or {},
        typed={"email": visit.form.get("email", "").strip()},
        captcha=new_captcha(visit) if needs_captcha else None,
        demo_account=demo_account(visit),
    )


def _try(
    visit: Visit,
    asking: Mapping[str, str] | None = None,
    carried: Mapping[str, str] | None = None,
) -> Response | None:
    """Sign in by what was typed; the page again when that fails."""
    email, password = visit.form.get("email", "").strip(), visit.form.get("password", "")
    subject, now = email.casefold()[:254], visit.service.now()
    wrong: dict[str, str] = {}
    if not email:
        wrong["email"] = "Enter the address that you registered with."
    if not password:
        wrong["password"] = "Enter your password."  # noqa: S105 - a sentence
    account: Account | None = None
    with visit.service.transaction() as session:
        failures = rate_limits.counted(session, rate_limits.FAILURES_BEFORE_CAPTCHA, subject, now)
        guarded = failures >= rate_limits.FAILURES_BEFORE_CAPTCHA.count
        if not wrong:
            rate_limits.allow(session, rate_limits.SIGN_IN_BY_ADDRESS, _client(visit), now)
            rate_limits.allow(session, rate_limits.SIGN_IN_BY_ACCOUNT, subject, now)
            sent = visit.form.get("captcha", ""), visit.form.get("captcha_id", "")
            if guarded and not captchas.is_right(session, sent[1], sent[0], now):
                wrong["captcha"] = "Type the five characters of this picture."
    if not wrong:
        with visit.service.reading() as session:
            known = accounts.by_email(session, email)
        # Argon2 is slow on purpose, and no transaction waits for it.
        account = known if accounts.has_password(visit.service, known, password[:256]) else None
        with visit.service.transaction() as session:
            if account is None:
                limit = rate_limits.FAILURES_BEFORE_CAPTCHA
                guarded = rate_limits.count_one(session, limit, subject, now) >= limit.count
                wrong["form"] = "The email or the password is wrong."
            else:
                rate_limits.forget(session, rate_limits.FAILURES_BEFORE_CAPTCHA, subject)
    if account is None:
        return _sign_in_page(
            visit, asking=asking, carried=carried, wrong=wrong, needs_captcha=guarded
        )
    earlier = visit.token
    visit.sign_in(account)
    visit.request.state.earlier_token = earlier
    return None


def _finish(visit: Visit) -> str | None:
    return post_draft(visit, visit.request.state.earlier_token)


def _authorize_error(carried: Mapping[str, str]) -> str | None:
    if carried.get("response_type") != "code":
        return "unsupported_response_type"
    if carried.get("code_challenge_method") != "S256" or not oauth.is_challenge(
        carried.get("code_challenge", "")
    ):
        return "invalid_request"
    return None


def _return_code(visit: Visit, carried: Mapping[str, str]) -> Response:
    if visit.account is None:
        return _sign_in_page(visit, carried=carried)
    with visit.service.transaction() as session:
        code = oauth.make_code(
            visit.service,
            session,
            account_id=visit.account.id,
            client_id=carried["client_id"],
            challenge=carried["code_challenge"],
            redirect_uri=carried["redirect_uri"],
        )
    return _return(visit, carried, {"code": code})


def _return(visit: Visit, carried: Mapping[str, str], answer: Mapping[str, str]) -> Response:
    state = {"state": carried["state"]} if "state" in carried else {}
    told = urlencode({**answer, **state, "iss": visit.service.settings.origin})
    return visit.go(f"{carried['redirect_uri']}?{told}")


def _client(visit: Visit) -> str:
    return visit.request.client.host if visit.request.client else "unknown"
