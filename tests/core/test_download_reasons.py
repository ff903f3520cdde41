"""An error that stops a download can be told again after a restart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from player_app import core
from player_app.core import errors, refusals, sign_in_errors, storage_errors, stream_errors
from player_app.core.download_reasons import (
    ENDS_BY_ITSELF,
    LONGEST_FACT,
    METERED,
    OF_THE_WAY,
    Reason,
    error_of,
    reason_of,
)
from player_app.core.errors import VeriteError
from player_app.ui.messages.errors import message_for

REFUSED = (409, "conflict", "It is so.")
STOPPING: tuple[VeriteError, ...] = (
    errors.Unreachable("films.example.org", "timed-out"),
    errors.NotSecure("films.example.org", "certificate"),
    errors.ServiceFailing("films.example.org", 502, 3.0),
    errors.SlowDown(None),
    errors.NotOurService("https://films.example.org", "no discovery"),
    errors.PlayerTooOld("2.0", "0.1"),
    errors.BadReply("licence", "no keys"),
    refusals.NoRight(*REFUSED),
    refusals.DeviceLimit(*REFUSED),
    refusals.PlacesTaken(*REFUSED),
    refusals.HeldElsewhere(*REFUSED),
    refusals.NotAvailable(*REFUSED),
    refusals.NotFound(*REFUSED),
    refusals.Refused(*REFUSED),
    sign_in_errors.SignedOut(),
    stream_errors.LicenceError("another device"),
    stream_errors.LicenceUntimely("out of date"),
    stream_errors.KeptLicenceUnusable("sealed with another secret"),
    stream_errors.PlaylistError("no segments"),
    stream_errors.UnsupportedStream("SAMPLE-AES"),
    stream_errors.NotForOffline("film-1"),
    stream_errors.PackagedAnew("film-1"),
    stream_errors.DamagedStream("v720/3.m4s", 3),
    stream_errors.RentalOver("finished"),
    storage_errors.DiskFull(500_000_000, 20_000_000),
    storage_errors.FolderUnusable("/mnt/films", "read-only"),
    storage_errors.FolderGone("/mnt/films"),
    storage_errors.DatabaseDamaged(None),
    storage_errors.KeyringMissing(),
    storage_errors.KeyringLocked(),
    storage_errors.KeyringSilent(),
    storage_errors.OfflineNeedsKeyring(),
    storage_errors.OfflineNeedsKeyring(storage_errors.KeyringLocked()),
    storage_errors.OfflineNeedsKeyring(storage_errors.KeyringSilent()),
    storage_errors.StorageError(),
)


def name_of(error: VeriteError) -> str:
    return type(error).__name__


@pytest.mark.parametrize("error", STOPPING, ids=name_of)
def test_a_reason_says_the_same_as_its_error(error: VeriteError) -> None:
    again = error_of(reason_of(error))

    assert again is not None
    assert message_for(again) == message_for(error)


NEVER_STOP_A_DOWNLOAD = {
    "AlreadyHeld",  # of buying
    "FormRejected",  # of registering and writing
    "WrongPassword",
    "CaptchaNeeded",
    "BrowserNeeded",
    "SignInAbandoned",
    "CaptionError",  # of showing a film
    "EngineMissing",
    "DatabaseTooNew",  # the player does not get so far
    "ProfileHeld",  # nor here
    "Stopped",  # is no reason
}


def leaves(root: type[VeriteError]) -> Iterator[type[VeriteError]]:
    for kind in root.__subclasses__():
        yield from leaves(kind)
    if not root.__subclasses__() and root.__module__.startswith(core.__name__):
        yield root


def test_every_error_that_may_stop_a_download_is_tried_here() -> None:
    tried = {type(error).__name__ for error in STOPPING} | NEVER_STOP_A_DOWNLOAD

    assert [kind.__name__ for kind in leaves(VeriteError) if kind.__name__ not in tried] == []


def test_words_that_are_waited_for_are_words_of_errors_or_the_network_that_counts() -> None:
    for word in (ENDS_BY_ITSELF | OF_THE_WAY) - {METERED}:
        assert word in {reason_of(each).word for each in STOPPING}
    assert error_of(Reason(METERED)) is None


@pytest.mark.parametrize(
    "reason",
    [
        Reason("no-room", ("much", "little")),
        Reason("no-room", (1,)),
        Reason("no-room"),
        Reason("folder", ("/", "gone", 3)),
        Reason("of a newer player", (1,)),
        Reason("of a newer player"),
    ],
    ids=str,
)
def test_facts_that_do_not_fit_their_word_make_no_error(reason: Reason) -> None:
    assert error_of(reason) is None


def test_what_a_service_says_of_a_refusal_is_kept_up_to_a_length() -> None:
    reason = reason_of(refusals.Refused(409, "conflict", "long " * 1000))

    assert len(str(reason.facts[2])) == LONGEST_FACT
