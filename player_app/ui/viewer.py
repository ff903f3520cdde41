"""Who is watching: the account signed in at present, and who wants to hear when that changes."""

from __future__ import annotations

from collections.abc import Callable

from player_app.core.account import Account


class Viewer:
    """Lives on the Qt thread; None is a viewer who is signed out."""

    def __init__(self) -> None:
        self._account: Account | None = None
        self._watchers: list[Callable[[Account | None], None]] = []

    @property
    def account(self) -> Account | None:
        return self._account

    def watch(self, changed: Callable[[Account | None], None]) -> None:
        self._watchers.append(changed)

    def is_now(self, account: Account | None) -> None:
        """Say who is signed in; watchers hear of it only when it changed."""
        if account != self._account:
            self.has_signed_in(account)

    def has_signed_in(self, account: Account | None) -> None:
        """As `is_now`, but watchers hear of it in any case: it may be the same viewer, again."""
        self._account = account
        for changed in tuple(self._watchers):
            changed(account)
