"""The one match from an error to its message."""

from __future__ import annotations

import sys

from player_app.core.errors import ServiceError, Stopped
from player_app.core.storage_errors import StorageError
from player_app.core.stream_errors import LicenceError, MediaError
from player_app.ui.messages.message import Message
from player_app.ui.messages.service import of_service
from player_app.ui.messages.storage import of_storage
from player_app.ui.messages.streams import of_stream


def message_for(error: Exception, system: str = sys.platform) -> Message:
    """The sentence and the way on for an error; some ways on are a system's own."""
    match error:
        case ServiceError():
            return of_service(error)
        case StorageError():
            return of_storage(error, system)
        case MediaError() | LicenceError():
            return of_stream(error, system)
        case Stopped():
            return Message("Stopped", "That was stopped before it was done.", "retry")
        case _:
            return Message(
                "Something unforeseen happened",
                "The player made a mistake. Nothing of yours is lost; please try again.",
                "retry",
            )
