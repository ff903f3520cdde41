"""Permits for packaged test films, as a verified licence would give them."""

from __future__ import annotations

from typing import Any

from player_app.core.catalogue import AudioRole, CaptionKind
from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.rental import MidFilm, SecondClock, Terms
from player_app.core.stream import (
    CaptionFile,
    CheckedFile,
    Fragment,
    PreviewSheets,
    Rendition,
    RenditionKind,
    Segment,
    SegmentList,
)
from player_app.media.gateway.sessions import Permission

TERMS = Terms(2_592_000, 172_800, SecondClock.PLAY, MidFilm.FINISH, False, 2, 604_800)


def permit(package: dict[str, Any], address: str) -> Permit:
    keys = {key_id: bytes.fromhex(key) for key_id, key in package["content_keys"].items()}
    licence = Licence(
        id="lic-1",
        issuer="http://127.0.0.1",
        account_id="acc-1",
        device_id="dev-1",
        film_id="film-1",
        purpose=Purpose.STREAM,
        subscription=False,
        terms=TERMS,
        issued_at=0,
        expires_at=4_000_000_000,
        purchased_at=0,
        started_at=None,
        not_after=None,
        segments_sha256="00" * 32,
        keys=keys,
    )
    return Permit(licence, address, 4_000_000_000, segment_list(package))


def permission(package: dict[str, Any], host: Any, height: int = 360) -> Permission:
    def fresh() -> Permit:
        return permit(package, host.address)

    first = fresh()
    found = first.segment_list
    assert found is not None
    video = next(each for each in found.videos() if each.height == height)
    return Permission(first, video, found.audios()[0], fresh, lambda: None, (host.origin,))


def segment_list(package: dict[str, Any]) -> SegmentList:
    return SegmentList(
        length_ms=package["length_ms"],
        renditions=tuple(_rendition(each) for each in package["renditions"]),
        captions=tuple(
            CaptionFile(_file(each), each["language"], CaptionKind(each["kind"]), each["name"])
            for each in package["captions"]
        ),
        preview=_preview(package["preview"]),
    )


def _rendition(found: dict[str, Any]) -> Rendition:
    return Rendition(
        id=found["id"],
        kind=RenditionKind(found["kind"]),
        bandwidth=found["bandwidth"],
        codecs=found["codecs"],
        key_id=found["key"],
        playlist=found["playlist"],
        init=_file(found["init"]),
        segments=tuple(
            Segment(
                each["path"],
                each["duration_ms"],
                each["bytes"],
                each["sha256"],
                tuple(Fragment(run["bytes"], run["sha256"]) for run in each["fragments"]),
            )
            for each in found["segments"]
        ),
        width=found.get("width"),
        height=found.get("height"),
        frame_rate=found.get("frame_rate"),
        role=AudioRole(found["role"]) if "role" in found else None,
        language=found.get("language"),
        name=found.get("name"),
    )


def _preview(found: dict[str, Any] | None) -> PreviewSheets | None:
    if found is None:
        return None
    sheets = tuple(_file(each) for each in found["sheets"])
    sizes = {name: value for name, value in found.items() if name != "sheets"}
    return PreviewSheets(sheets=sheets, **sizes)


def _file(found: dict[str, Any]) -> CheckedFile:
    return CheckedFile(found["path"], found["bytes"], found["sha256"])
