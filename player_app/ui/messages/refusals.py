"""What is said of a request that the service understood and refused."""

from __future__ import annotations

from player_app.core.refusals import (
    AlreadyHeld,
    DeviceLimit,
    FormRejected,
    HeldElsewhere,
    NoRight,
    NotAvailable,
    NotFound,
    PlacesTaken,
    Refused,
)
from player_app.ui.messages.message import Message


def of_refusal(error: Refused) -> Message:
    match error:
        case FormRejected():
            return Message(
                "Please look again", "Some of the form needs another look; see the fields in red."
            )
        case NoRight():
            return Message(
                "Not rented yet",
                "Neither a rental nor a subscription of yours covers this film.",
                "rent",
            )
        case DeviceLimit():
            return Message(
                "All device places are taken",
                "Your account already plays on as many devices as it may. "
                "The service's help says how to give one of their places back; then try again.",
                "help",
            )
        case NotAvailable():
            return Message(
                "Not to be seen yet", "The service does not show this film at present.", "films"
            )
        case AlreadyHeld(detail=detail):
            return Message(
                "You have this already", f"{detail or 'It is yours.'} Nothing was taken.", "rent"
            )
        case PlacesTaken(detail=detail):
            return Message(
                "Offline on as many devices as it may",
                detail
                or "This film is taken offline on all the devices that its terms allow. "
                "Remove the download on one of them, then try again.",
                "retry",
            )
        case HeldElsewhere(detail=detail):
            return Message(
                "In use on another device",
                detail
                or "The terms of this film let it be played on the other device alone for now. "
                "Stop it there, or remove the download there, then try again.",
                "retry",
            )
        case NotFound():
            return Message(
                "Not there any more", "The service no longer knows what you asked for.", "films"
            )
        case Refused(detail=detail):
            return Message(
                "The service said no",
                detail or "The service refused that, without saying why.",
                "help",
            )
