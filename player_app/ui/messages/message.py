"""What the viewer reads: a sentence, and the one action that helps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A title, a sentence, and the one action that helps ("" where none does).

    Actions: retry, refresh, sign-in, choose-service, rent, films, help, go-online, close.
    """

    title: str
    text: str
    action: str = ""


ACTION_LABELS = {
    "": "",
    "retry": "Try again",
    "sign-in": "Sign in",
    "choose-service": "Choose a service",
    "rent": "See how to watch it",
    "refresh": "Fetch them now",
    "films": "See other films",
    "help": "Get help",
    "go-online": "Go online",
    "close": "Close Verité",
}
