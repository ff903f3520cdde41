"""What is said of a service that can't be reached, or answers as none should."""

from __future__ import annotations

from player_app.core.errors import (
    BadReply,
    NotOurService,
    NotSecure,
    PlayerTooOld,
    ServiceError,
    ServiceFailing,
    SlowDown,
    Unreachable,
)
from player_app.core.refusals import Refused
from player_app.ui.messages.message import Message
from player_app.ui.messages.refusals import of_refusal
from player_app.ui.messages.signing_in import of_sign_in

_UNREACHABLE = {
    "offline": "This computer seems to have no internet connection.",
    "refused": "{host} is not taking connections just now.",
    "timed-out": "{host} took too long to answer.",
    "cut": "The connection to {host} broke off.",
    "portal": "Another page answered in place of {host}: this network may want you to sign in to "
    "it first, in a browser.",
    "by-choice": "You chose to work offline, so {host} was not asked.",
    "proxy": "The proxy of this network would not let the player through to {host}.",
}


def of_service(error: ServiceError) -> Message:
    match error:
        case NotSecure(host=host):
            return Message(
                "The connection is not safe",
                f"{host} could not prove who it is, so nothing was sent. "
                "Check this computer's date, or try another network.",
                "retry",
            )
        case Unreachable(host=host, why=why):
            sentence = _UNREACHABLE.get(why, "{host} can't be reached.")
            return Message("No connection", sentence.format(host=host), "retry")
        case NotOurService():
            return _of_address(error)
        case PlayerTooOld(needed=needed, ours=ours):
            return Message(
                "This player is too old",
                f"The service needs version {needed} or newer; this is {ours}. Please update "
                "Verité, or use another service until then.",
                "choose-service",
            )
        case ServiceFailing(host=host):
            return Message(
                "The service has a problem",
                f"{host} could not do that just now. It is not your connection.",
                "retry",
            )
        case SlowDown(retry_after_s=seconds):
            return Message("One moment", _wait(seconds), "retry")
        case BadReply():
            return Message(
                "An answer we can't read",
                "The service answered in a way this player does not understand.",
                "retry",
            )
        case Refused():
            return of_refusal(error)
        case _:
            return of_sign_in(error)


def _of_address(error: NotOurService) -> Message:
    match error.why:
        case "not an address":
            return Message(
                "That is no address",
                f"“{error.address}” is no web address. One looks like films.example.org.",
                "choose-service",
            )
        case "only https is safe":
            return Message(
                "That address is not safe",
                f"{error.address} would send your sign-in in the open. A service's address begins "
                "with https.",
                "choose-service",
            )
        case _:
            return Message(
                "No film service there",
                f"{error.address} answers, but not as a documentary service. Please check the "
                "address.",
                "choose-service",
            )


def _wait(seconds: float | None) -> str:
    if seconds is None:
        return "The service asks for a little patience. Please try again soon."
    if seconds < 90:  # noqa: PLR2004 - below this, minutes would be coarse
        return f"The service asks for patience: try again in {max(1, round(seconds))} seconds."
    return f"The service asks for patience: try again in {round(seconds / 60)} minutes."
