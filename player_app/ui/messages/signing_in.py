"""What is said where nobody is signed in."""

from __future__ import annotations

from player_app.core.errors import ServiceError
from player_app.core.sign_in_errors import (
    BrowserNeeded,
    CaptchaNeeded,
    SignedOut,
    SignInAbandoned,
    WrongPassword,
)
from player_app.ui.messages.message import Message


def of_sign_in(error: ServiceError) -> Message:
    match error:
        case SignedOut():
            return Message("You are signed out", "Please sign in to go on.", "sign-in")
        case WrongPassword():
            return Message(
                "That did not match", "Email and password do not belong together. Please try again."
            )
        case CaptchaNeeded():
            return Message(
                "One more thing", "After a few tries, please also type the five characters below."
            )
        case BrowserNeeded():
            return Message(
                "Please use the browser",
                "The service wants this sign-in to happen in the browser.",
                "sign-in",
            )
        case SignInAbandoned():
            return Message("Not signed in", "The browser did not finish signing you in.", "sign-in")
        case _:
            return Message("Sign-in did not work", "Please try again.", "sign-in")
