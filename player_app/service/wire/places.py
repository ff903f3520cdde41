"""The places of an account: its devices, the licences that each holds, and when one began."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from player_app.core.account import Device
from player_app.core.licence import Purpose
from player_app.service.wire.account import DeviceReply
from player_app.service.wire.codec import Count, Few, Id, Line, Time


@dataclass(frozen=True, slots=True)
class HeldLicence:
    """A licence that takes a place at present. Times are whole seconds since 1970, UTC."""

    id: str
    film_id: str
    device_id: str
    device_name: str
    purpose: Purpose
    subscription: bool
    issued_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Devices:
    """The account's devices, oldest first; `limit` is how many lasting ones it may have."""

    limit: int
    devices: tuple[Device, ...]


class _Source(StrEnum):
    RENTAL = "rental"
    SUBSCRIPTION = "subscription"


class _Held(Struct):
    id: Id
    film: Id
    device: Id
    purpose: Purpose
    source: _Source
    issued_at: Time
    expires_at: Time
    device_name: Line = ""

    def value(self) -> HeldLicence:
        return HeldLicence(
            id=self.id,
            film_id=self.film,
            device_id=self.device,
            device_name=self.device_name,
            purpose=self.purpose,
            subscription=self.source is _Source.SUBSCRIPTION,
            issued_at=int(self.issued_at.timestamp()),
            expires_at=int(self.expires_at.timestamp()),
        )


class LicencesReply(Struct):
    licences: Annotated[list[_Held], Meta(max_length=10_000)]

    def values(self) -> tuple[HeldLicence, ...]:
        return tuple(each.value() for each in self.licences)


class DevicesReply(Struct):
    limit: Count
    devices: Annotated[list[DeviceReply], Few]

    def value(self) -> Devices:
        return Devices(self.limit, tuple(each.device() for each in self.devices))


class StartReply(Struct):
    started_at: Time

    def seconds(self) -> int:
        return int(self.started_at.timestamp())
