"""What is said of a sign-in that is not kept here, or not wholly taken away."""

from __future__ import annotations

from player_app.core.storage_errors import KeyringError
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import Message

RESTING = Message(
    "Sign in again",
    "This computer's store for secrets has no sign-in of yours, such as after Verité's folder was "
    "copied here. All that is yours is still here: sign in, and your films play again.",
    "sign-in",
)


def left_in_store(error: KeyringError) -> str:
    """What to say after a sign-out that could not take the sign-in out of the store."""
    return (
        f"{message_for(error).title}. You are signed out and the service is told to end the "
        "sign-in. What is left of it here is removed when the store answers again."
    )


def left_on_disk(error: Exception) -> str:
    """What to say after a sign-out that could not put out of sight what was the viewer's."""
    message = message_for(error)
    return (
        f"{message.title}. {message.text} So what is yours is still shown on this computer: sign "
        "in and out once more when that is mended."
    )


def passing_text(error: KeyringError) -> str:
    """Why this computer is a passing device, and what that means."""
    message = message_for(error)
    return f"{message.title}. {message.text} This computer is a passing device."
