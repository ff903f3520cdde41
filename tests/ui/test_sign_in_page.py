"""The form to sign in with, used with the keys."""

from __future__ import annotations

from collections.abc import Callable

from player_app.core.sign_in_errors import WrongPassword
from player_app.ui.application import Window
from tests.journeys.screen import Screen
from tests.screenshots.scenes import in_form
from tests.ui.answers import Answers
from tests.ui.stage import Stage


def test_a_wrong_password_leads_back_to_the_password(
    open_window: Callable[[Stage], Window],
) -> None:
    stage = Stage(Answers())
    window = open_window(stage)
    screen = Screen(window.root)
    in_form(stage)

    def focused(name: str) -> bool:
        return screen.item(name).isAncestorOf(window.root.activeFocusItem())

    screen.until(lambda: focused("signInEmail"), "the email's focus")

    stage.answers.sign_in_error = WrongPassword()
    stage.sign_in.signIn("rosa@example.org", "not the password", "")

    screen.until(lambda: focused("signInPassword"), "the password's focus")
