"""What a service understood and refused: forms, films and purchases it says no to."""

from __future__ import annotations

from collections.abc import Mapping

from player_app.core.errors import ServiceError


class Refused(ServiceError):
    """A request that the service understood and refused: RFC 9457 `type` and `detail`."""

    def __init__(self, status: int, problem: str, detail: str = "") -> None:
        super().__init__(f"HTTP {status} {problem}: {detail}")
        self.status = status
        self.problem = problem
        self.detail = detail


class FormRejected(Refused):
    """A form with mistakes: field name to the service's message."""

    def __init__(self, messages: Mapping[str, str]) -> None:
        super().__init__(422, "invalid", ", ".join(messages))
        self.messages = dict(messages)


class NoRight(Refused):
    """Neither a rental nor a subscription covers the film."""


class DeviceLimit(Refused):
    """Every place for devices is taken."""


class NotAvailable(Refused):
    """The film has no streams (yet)."""


class AlreadyHeld(Refused):
    """The account has what was to be bought; nothing was begun."""


class PlacesTaken(Refused):
    """The film is offline on as many devices as its terms allow."""


class HeldElsewhere(Refused):
    """Another device has the film offline, and its terms let it be played there alone."""


class NotFound(Refused):
    """404 or 410."""
