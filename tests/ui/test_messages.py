"""Every error that a viewer can meet has a sentence of its own."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

from player_app import core
from player_app.core import errors, refusals, sign_in_errors, storage_errors, stream_errors
from player_app.ui.messages.errors import message_for
from player_app.ui.messages.message import ACTION_LABELS

UNFORESEEN = message_for(RuntimeError("a bug"))
VALUES = {
    errors.Unreachable: ("films.example.org", "timed-out"),
    errors.NotSecure: ("films.example.org", "certificate"),
    errors.NotOurService: ("https://films.example.org", "no discovery"),
    errors.PlayerTooOld: ("2.0", "0.1"),
    errors.ServiceFailing: ("films.example.org", 502),
    errors.SlowDown: (30.0,),
    errors.BadReply: ("GET /v1/films", "no cursor"),
    refusals.FormRejected: ({"email": "It is taken."},),
    sign_in_errors.SignInAbandoned: ("closed",),
    stream_errors.UnsupportedStream: ("SAMPLE-AES",),
    stream_errors.DamagedStream: ("v720/3.m4s", 3),
    stream_errors.RentalOver: ("finished",),
    stream_errors.EngineMissing: ("3.0.18", None),
    storage_errors.DiskFull: (500_000_000, 20_000_000),
    storage_errors.FolderUnusable: ("/mnt/films", "read-only"),
    storage_errors.FolderGone: ("/mnt/films",),
    storage_errors.DatabaseDamaged: ("verite.sqlite3.damaged-1", "all"),
    storage_errors.DatabaseTooNew: (9, 3),
    storage_errors.ProfileHeld: ("/home/rosa/.local/share/verite",),
}


for each in iter_modules(core.__path__, f"{core.__name__}."):
    import_module(each.name)  # a family of errors that nobody speaks of yet counts, too


def every_error(root: type[Exception]) -> Iterator[type[Exception]]:
    for kind in root.__subclasses__():
        if kind.__module__.startswith(f"{core.__name__}."):
            yield kind
            yield from every_error(kind)


def example(kind: type[Exception]) -> Exception:
    if issubclass(kind, refusals.Refused) and kind not in VALUES:
        return kind(409, "conflict", "It is so.")
    return kind(*VALUES.get(kind, ()))


@pytest.mark.parametrize("kind", list(every_error(errors.VeriteError)), ids=lambda k: k.__name__)
def test_an_error_has_a_title_a_sentence_and_a_known_action(kind: type[Exception]) -> None:
    message = message_for(example(kind))

    assert message.title
    assert message.text.endswith(".")
    assert message.action in ACTION_LABELS
    assert message != UNFORESEEN


def test_leaves_differ_in_what_the_viewer_reads() -> None:
    leaves = [kind for kind in every_error(errors.VeriteError) if not kind.__subclasses__()]
    told = [message_for(example(kind)) for kind in leaves]

    assert len({(message.title, message.text) for message in told}) == len(leaves)


def test_a_mistake_of_the_player_has_a_sentence_too() -> None:
    assert UNFORESEEN.action == "retry"


def test_a_licence_of_another_time_is_put_down_to_this_computers_clock() -> None:
    message = message_for(stream_errors.LicenceUntimely("out of date"))

    assert "clock" in message.title
    assert "Set the clock right, then try again." in message.text


def test_a_refusal_says_what_the_service_said() -> None:
    refused = refusals.Refused(409, "conflict", "You have this film already.")

    assert message_for(refused).text == "You have this film already."
