"""What is kept of a licence, opened again: verified as on the day it came, without the service."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from player_app.core.licence import Licence, Permit, Purpose
from player_app.core.rental import earliest
from player_app.core.stream import Rendition, SegmentList
from player_app.core.stream_errors import KeptLicenceUnusable, LicenceError, PlaylistError
from player_app.features.licences import Answer
from player_app.sealing import DeviceKey, Expected, open_licence
from player_app.storage.licences import KeptLicence


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a kept licence must be for: the account at its service, and this computer."""

    issuer: str
    account_id: str
    device_id: str
    key: DeviceKey


def opened_licence(kept: KeptLicence, holder: Holder) -> Licence:
    """With what the service has said of it since; raises `KeptLicenceUnusable`."""
    expected = Expected(
        issuer=holder.issuer,
        account_id=holder.account_id,
        device_id=holder.device_id,
        film_id=kept.film_id,
        purpose=Purpose.OFFLINE,
        now=None,
    )
    try:
        licence = open_licence(kept.token, (kept.signed_by,), holder.key, expected)
    except LicenceError as error:
        raise KeptLicenceUnusable(str(error)) from error
    if (licence.id, licence.segments_sha256) != (kept.licence_id, kept.list_sha256):
        raise KeptLicenceUnusable("of another licence, or of another list")
    started_at = earliest(licence.started_at, kept.started_at)
    return replace(licence, started_at=started_at, revoked=kept.revoked)


def opened_permit(
    kept: KeptLicence, holder: Holder, lists: Callable[[str], SegmentList | None]
) -> Permit:
    """With the one of `lists` that has its SHA-256; raises `KeptLicenceUnusable`."""
    licence, listed = opened_licence(kept, holder), None
    if kept.list_sha256 is not None:
        listed = lists(kept.list_sha256)
        if listed is None:
            raise KeptLicenceUnusable("its list is gone")
    permit = Permit(
        licence, kept.media_address, kept.media_expires_at, listed, only_video=kept.video_id
    )
    return permit.narrowed()


def picture_of(permit: Permit, wanted: str | None, has: Callable[[str], bool]) -> str:
    """Which picture of a film to keep: the wanted one, else the one that most is here of.

    Raises `PlaylistError` where there is none, `KeptLicenceUnusable` where it can't be told.
    """
    if permit.segment_list is None:
        if wanted is None:
            raise KeptLicenceUnusable("which picture it was can't be told")
        return wanted
    videos = permit.segment_list.videos()
    if not videos:
        raise PlaylistError("a film without a picture")

    def here(video: Rendition) -> int:
        return sum(each.sha256 is not None and has(each.sha256) for each in video.segments)

    ids = [each.id for each in videos]
    return wanted if wanted is not None and wanted in ids else max(videos, key=here).id


def kept_of(answer: Answer, video_id: str, asked_at: int) -> KeptLicence:
    """All of an answer that is kept; the list is kept beside it."""
    permit = answer.permit
    return KeptLicence(
        film_id=permit.licence.film_id,
        licence_id=permit.licence.id,
        token=answer.token,
        signed_by=answer.signed_by,
        media_address=permit.media_address,
        media_expires_at=permit.media_expires_at,
        list_sha256=permit.licence.segments_sha256,
        video_id=video_id,
        asked_at=asked_at,
    )


def noted(kept: KeptLicence, started_at: int | None, revoked: str | None) -> KeptLicence:
    """With what the service has said since, also of what is coming."""
    coming = None if kept.coming is None else noted(kept.coming, started_at, revoked)
    known = earliest(kept.started_at, started_at)
    return replace(kept, started_at=known, revoked=revoked, coming=coming)
