"""Registration, the account and its devices."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from player_app.reference_service import (
    accounts,
    captchas,
    devices,
    idempotency,
    rate_limits,
    registration,
)
from player_app.reference_service.accounts import moment
from player_app.reference_service.api.authority import Key, SignedIn, TheService, address_of

router = APIRouter(prefix="/v1")
Text = Annotated[str, Field(max_length=1000)]


class NewAccount(BaseModel):
    username: Text = ""
    display_name: Text = ""
    email: Text = ""
    email_again: Text = ""
    password: Text = ""
    captcha_id: Text = ""
    captcha: Text = ""
    terms: bool = False


class PublicKey(BaseModel):
    kty: Text
    crv: Text
    x: Text


class NewDevice(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=100)]
    platform: Literal["linux", "windows", "macos"]
    public_key: PublicKey
    passing: bool = False


@router.get("/registration")
def registration_form(service: TheService) -> dict[str, Any]:
    return {"fields": [rule.as_json() for rule in registration.rules(service.settings.origin)]}


@router.get("/captcha")
def captcha(service: TheService, request: Request) -> dict[str, Any]:
    with service.transaction() as session:
        rate_limits.allow(session, rate_limits.CAPTCHAS, address_of(request), service.now())
    made = captchas.issue(service)
    return {**made.as_json(), "expires_at": moment(made.expires_at)}


@router.post("/accounts", status_code=201)
def register(
    service: TheService, request: Request, form: NewAccount, key: Key = None
) -> JSONResponse:
    """There is no account yet: a key is scoped to the address that it comes from."""
    address = address_of(request)
    with service.transaction() as session:
        rate_limits.allow(session, rate_limits.REGISTRATIONS, address, service.now())
    values = {**form.model_dump(exclude={"terms"}), "terms": "true" if form.terms else ""}

    def create() -> tuple[int, dict[str, Any]]:
        account = accounts.register(service, values)
        with service.reading() as session:
            return 201, {"account": accounts.account_json(session, account, service.now())}

    return idempotency.once_apart(
        service, scope=f"{address} /v1/accounts", key=key, body=form.model_dump(), create=create
    )


@router.get("/account")
def account(service: TheService, who: SignedIn) -> dict[str, Any]:
    with service.reading() as session:
        return accounts.account_json(session, who, service.now())


@router.get("/devices")
def list_devices(service: TheService, who: SignedIn) -> dict[str, Any]:
    with service.transaction() as session:
        found = devices.of_account(session, who.id, service.now())
        listed = [devices.as_json(device) for device in found]
    return {"limit": service.settings.device_limit, "devices": listed}


@router.post("/devices", status_code=201)
def add_device(service: TheService, who: SignedIn, new: NewDevice, key: Key = None) -> JSONResponse:
    return idempotency.once(
        service,
        account_id=who.id,
        path="/v1/devices",
        key=key,
        body=new.model_dump(),
        create=lambda session: (
            201,
            devices.as_json(devices.add(service, session, who.id, **new.model_dump())),
        ),
    )


@router.delete("/devices/{device_id}", status_code=204)
def remove_device(service: TheService, who: SignedIn, device_id: str) -> Response:
    with service.transaction() as session:
        devices.remove(session, who.id, device_id)
    return Response(status_code=204)
