"""Accounts, their forms and captchas, and their devices."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Annotated

from msgspec import Meta, Struct

from player_app.core.account import (
    Account,
    Captcha,
    Device,
    FieldKind,
    FieldRule,
    Link,
    RegistrationForm,
)
from player_app.core.errors import BadReply
from player_app.core.rental import Subscription, Terms
from player_app.service.wire.codec import (
    Address,
    Count,
    Few,
    Id,
    Line,
    Time,
    seconds,
)


class CaptchaReply(Struct):
    id: Id
    picture: Annotated[str, Meta(max_length=2_000_000)]
    sound: Annotated[str, Meta(max_length=8_000_000)]

    def captcha(self) -> Captcha:
        try:
            return Captcha(
                self.id,
                base64.b64decode(self.picture, validate=True),
                base64.b64decode(self.sound, validate=True),
            )
        except binascii.Error as error:
            raise BadReply("captcha", "not base64") from error


class _Link(Struct):
    label: Line
    address: Address


class _Field(Struct):
    name: Id
    kind: FieldKind
    label: Line = ""
    hint: Line = ""
    required: bool = True
    min_length: Count = 0
    max_length: Count = 1000
    pattern: Annotated[str, Meta(max_length=200)] | None = None
    message: Line | None = None
    same_as: Id | None = None
    links: Annotated[list[_Link], Few] = []

    def rule(self) -> FieldRule:
        try:
            pattern = re.compile(self.pattern) if self.pattern else None
        except re.error as error:
            raise BadReply("registration", f"the pattern of {self.name}") from error
        return FieldRule(
            name=self.name,
            kind=self.kind,
            label=self.label or self.name.replace("_", " ").capitalize(),
            hint=self.hint,
            required=self.required,
            min_length=self.min_length,
            max_length=self.max_length,
            pattern=pattern,
            message=self.message or "",
            same_as=self.same_as,
            links=tuple(Link(each.label, each.address) for each in self.links),
        )


class RegistrationReply(Struct):
    fields: Annotated[list[_Field], Meta(min_length=1, max_length=40)]

    def form(self) -> RegistrationForm:
        return RegistrationForm(tuple(each.rule() for each in self.fields))


class SubscriptionReply(Struct):
    id: Id
    state: Line
    since: Time
    terms: Terms
    until: Time | None = None

    def value(self) -> Subscription:
        since, until = int(self.since.timestamp()), seconds(self.until)
        return Subscription(self.id, self.state == "active", since, until, self.terms)


class AccountReply(Struct):
    id: Id
    username: Line
    display_name: Line
    email: Line
    subscription: SubscriptionReply | None = None

    def account(self) -> Account:
        bought = self.subscription.value() if self.subscription else None
        return Account(self.id, self.username, self.display_name, self.email, bought)


class RegisteredReply(Struct):
    account: AccountReply


class DeviceReply(Struct):
    id: Id
    name: Line
    platform: Line
    passing: bool = False
    this: bool = False

    def device(self) -> Device:
        return Device(self.id, self.name, self.platform, self.passing, self.this)
