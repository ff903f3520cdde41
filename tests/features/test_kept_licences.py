"""What is kept of a licence opens for whom and what it was signed, whoever wrote it there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from player_app.core.licence import Purpose
from player_app.core.storage_errors import FolderGone
from player_app.core.stream_errors import KeptLicenceUnusable
from player_app.features.kept_licences import Holder, opened_licence, opened_permit
from player_app.features.kept_lists import KeptLists
from player_app.sealing import sha256_of
from player_app.service.wire.licence import segment_list_of
from player_app.storage.licences import KeptLicence
from player_app.storage.segments.store import open_segments
from tests.forgery import (
    BY_TIME_ALONE,
    CONTENT_KEYS,
    DEVICE,
    EXPECTED,
    NOW,
    OTHER_DEVICE,
    OTHER_KEY,
    PUBLISHED,
    claims,
    forged,
    signed,
)

FORGED = forged(Purpose.OFFLINE)
LIST = json.dumps(
    {
        "length_ms": 1000,
        "renditions": [
            {
                "id": each,
                "kind": "video" if each.startswith("v") else "audio",
                "bandwidth": 1000,
                "codecs": "avc1",
                "playlist": f"{each}/index.m3u8",
                "segments": [{"path": f"{each}/0.m4s", "duration_ms": 1000}],
            }
            for each in ("v360", "v720", "a-main")
        ],
    }
)
RIGHT = signed(claims(purpose="offline", segments_sha256=sha256_of(LIST)))
HOLDER = Holder(EXPECTED.issuer, EXPECTED.account_id, EXPECTED.device_id, DEVICE)


def kept(token: str = RIGHT) -> KeptLicence:
    return KeptLicence(
        film_id=EXPECTED.film_id,
        licence_id="lic-1",
        token=token,
        signed_by=PUBLISHED[0],
        media_address="http://127.0.0.1/media/film-1/master.m3u8",
        media_expires_at=NOW,
        list_sha256=sha256_of(LIST),
        video_id="v360",
        asked_at=NOW,
    )


def test_the_right_one_opens_with_what_the_service_has_said_since() -> None:
    licence = opened_licence(kept(), HOLDER)
    assert {each: key.hex() for each, key in licence.keys.items()} == CONTENT_KEYS
    assert (licence.started_at, licence.revoked) == (None, None)
    since = replace(kept(), started_at=NOW - 3, revoked="refunded")
    licence = opened_licence(since, HOLDER)
    assert (licence.started_at, licence.revoked) == (NOW - 3, "refunded")
    assert licence.grant().revoked == "refunded"


def test_only_the_picture_that_was_taken_may_be_shown_with_every_sound() -> None:
    permit = opened_permit(kept(), HOLDER, {sha256_of(LIST): segment_list_of(LIST)}.get)
    assert permit.segment_list is not None
    assert [each.id for each in permit.segment_list.renditions] == ["v360", "a-main"]


def test_a_film_that_its_service_does_not_list_keeps_its_picture_by_name() -> None:
    token = signed(claims(purpose="offline", segments_sha256=None))
    permit = opened_permit(replace(kept(token), list_sha256=None), HOLDER, lambda _: None)
    assert (permit.segment_list, permit.only_video) == (None, "v360")


@pytest.mark.promise(20)
@pytest.mark.parametrize("case", sorted(FORGED.keys() - set(BY_TIME_ALONE)))
def test_a_forged_licence_that_is_kept_is_refused(case: str) -> None:
    one = replace(kept(FORGED[case]), list_sha256="0" * 64)
    with pytest.raises(KeptLicenceUnusable):
        opened_licence(one, HOLDER)


@pytest.mark.parametrize("case", BY_TIME_ALONE)
def test_the_time_of_a_kept_licence_is_no_part_of_its_signature(case: str) -> None:
    one = replace(kept(FORGED[case]), list_sha256="0" * 64)
    assert opened_licence(one, HOLDER).grant().renew_by == opened_licence(one, HOLDER).expires_at


@pytest.mark.promise(20)
@pytest.mark.parametrize(
    "other",
    [
        replace(HOLDER, issuer="https://other.example"),
        replace(HOLDER, account_id="acc-2"),
        replace(HOLDER, device_id="dev-2"),
        replace(HOLDER, key=OTHER_DEVICE),
    ],
    ids=["service", "account", "device", "secret"],
)
def test_somebody_elses_licence_that_is_kept_is_refused(other: Holder) -> None:
    with pytest.raises(KeptLicenceUnusable):
        opened_licence(kept(), other)


@pytest.mark.promise(20)
def test_a_kept_licence_is_no_other_films_and_no_stream() -> None:
    with pytest.raises(KeptLicenceUnusable):
        opened_licence(replace(kept(), film_id="film-2"), HOLDER)
    with pytest.raises(KeptLicenceUnusable):
        opened_licence(kept(signed(claims(segments_sha256=sha256_of(LIST)))), HOLDER)


@pytest.mark.promise(20)
def test_a_kept_licence_opens_by_the_key_it_was_signed_by_alone() -> None:
    public = {name: str(value) for name, value in OTHER_KEY.as_dict(private=False).items()}
    for key in (public | {"kid": "k1"}, public | {"kid": "k2"}, {}):
        with pytest.raises(KeptLicenceUnusable):
            opened_licence(replace(kept(), signed_by=key), HOLDER)


@pytest.mark.promise(20)
def test_another_list_than_the_licences_or_none_is_refused() -> None:
    other = LIST.replace("v360/0.m4s", "v360/1.m4s")
    known = {sha256_of(each): segment_list_of(each) for each in (LIST, other)}
    for one in (
        replace(kept(), list_sha256=sha256_of(other)),
        replace(kept(), list_sha256=None),
        replace(kept(), licence_id="lic-2"),
    ):
        with pytest.raises(KeptLicenceUnusable):
            opened_permit(one, HOLDER, known.get)
    with pytest.raises(KeptLicenceUnusable):
        opened_permit(kept(), HOLDER, lambda _: None)


def test_lists_lie_among_the_segments_until_they_are_let_go(tmp_path: Path) -> None:
    segments, _ = open_segments(tmp_path, device="this one")
    lists, name = KeptLists(segments), sha256_of(LIST)
    assert not lists.has_all_of(kept())
    lists.hold("rosa", kept())
    lists.keep(name, LIST)
    segments.put("something", b"cached")
    segments.trim(0)
    assert not segments.has("something")
    assert lists.has_all_of(kept())
    assert lists.listed(name) == segment_list_of(LIST)
    assert lists.listed(name) is lists.listed(name)
    broken = "{}"
    lists.keep(sha256_of(broken), broken)
    assert lists.listed(sha256_of(broken)) is None
    lists.let_go("rosa", kept().film_id)
    assert lists.listed(name) is None
    segments.close()


def test_a_list_on_a_disk_that_is_away_is_not_called_gone(tmp_path: Path) -> None:
    segments, _ = open_segments(tmp_path / "films", device="this one")
    lists, name = KeptLists(segments), sha256_of(LIST)
    lists.hold("rosa", kept())
    lists.keep(name, LIST)
    (tmp_path / "films").rename(tmp_path / "away")
    with pytest.raises(FolderGone):
        lists.listed(name)
    (tmp_path / "away").rename(tmp_path / "films")
    assert lists.listed(name) == segment_list_of(LIST)
    segments.close()
