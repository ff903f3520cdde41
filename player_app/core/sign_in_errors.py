"""Why nobody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from player_app.core.errors import ServiceError

if TYPE_CHECKING:
    from player_app.core.account import Captcha


class SignInError(ServiceError):
    """Signing in did not work."""


class SignedOut(SignInError):
    """There is no sign-in, or the service ended it; only the latter says so by `by_service`."""

    def __init__(self, why: str = "", *, by_service: bool = False) -> None:
        super().__init__(why)
        self.by_service = by_service


class WrongPassword(SignInError):
    """Email and password do not match."""


class CaptchaNeeded(SignInError):
    """The service wants a captcha with the next try: this one, if it sent one."""

    def __init__(self, captcha: Captcha | None = None) -> None:
        super().__init__("captcha needed")
        self.captcha = captcha


class BrowserNeeded(SignInError):
    """The service wants this sign-in to happen in the browser."""


class SignInAbandoned(SignInError):
    """The browser never came back, or came back with a refusal."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
