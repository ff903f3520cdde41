"""The JSON of docs/service.md, bounded and checked, into values of the core; only here."""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, field

from player_app.core.account import (
    Account,
    Captcha,
    Device,
    FieldKind,
    FieldRule,
    Link,
    RegistrationForm,
)
from player_app.core.catalogue import (
    AudioRole,
    AudioTrack,
    CaptionKind,
    CaptionTrack,
    Chapter,
    Collection,
    Film,
    Money,
    Offer,
    Permission,
    Person,
    Picture,
    Trailer,
)
from player_app.core.catalogue import (
    Rights as ShowingRights,
)
from player_app.core.checkout import Checkout, CheckoutState
from player_app.core.comments import Comment
from player_app.core.discovery import Endpoints, Service
from player_app.core.errors import (
    BadReply,
    BrowserNeeded,
    CaptchaNeeded,
    DeviceLimit,
    FormRejected,
    LicenceError,
    NoRight,
    NotAvailable,
    NotFound,
    Refused,
    ServiceError,
    SignedOut,
)
from player_app.core.rental import Rental, RentalState, Subscription, Terms
from player_app.core.rights import Rights
from player_app.core.stream import (
    CaptionFile,
    CheckedFile,
    PreviewSheets,
    Rendition,
    RenditionKind,
    Segment,
    SegmentList,
)

log = logging.getLogger(__name__)
T = TypeVar("T")

Id = Annotated[str, Meta(min_length=1, max_length=128, pattern=r"^[A-Za-z0-9._~-]+$")]
Line = Annotated[str, Meta(max_length=500)]
Text = Annotated[str, Meta(max_length=20_000)]
Address = Annotated[str, Meta(max_length=2_000, pattern=r"^https?://[^\s]+$")]
Few = Meta(max_length=200)
Time = Annotated[datetime, Meta(tz=True)]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Path = Annotated[
    str,
    Meta(max_length=200, pattern=r"^[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$"),
]


def decode(what: str, body: bytes | str, kind: type[T]) -> T:
    """The body as this kind; `BadReply` where it isn't."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadReply(what, str(error)[:200]) from error


def encode(value: object) -> bytes:
    return msgspec.json.encode(value)


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


class _Jwks(Struct):
    keys: Annotated[list[dict[str, Any]], Meta(max_length=20)]


class DiscoveryReply(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    version: int
    issuer: Address
    api: Address
    client_id: Id
    jwks: _Jwks
    pages: Annotated[dict[Id, Address], Few]
    media_origins: Annotated[list[Address], Few]
    least_player_version: Annotated[str, Meta(max_length=30, pattern=r"^\d+(\.\d+){0,3}$")] = "0"
    features: Annotated[list[Line], Few] = []

    def service(self, address: str, endpoints: Endpoints) -> Service:
        texts = [
            {name: value for name, value in key.items() if isinstance(value, str)}
            for key in self.jwks.keys
        ]
        return Service(
            name=self.name,
            address=address,
            api=self.api.rstrip("/"),
            client_id=self.client_id,
            endpoints=endpoints,
            licence_keys=tuple(texts),
            pages=self.pages,
            media_origins=tuple(each.rstrip("/") for each in self.media_origins),
            least_player_version=self.least_player_version,
            features=frozenset(self.features),
        )


class MetadataReply(Struct):
    issuer: Address
    authorization_endpoint: Address
    token_endpoint: Address
    revocation_endpoint: Address | None = None
    code_challenge_methods_supported: Annotated[list[Line], Few] = []
    authorization_response_iss_parameter_supported: bool = False
    authorization_challenge_endpoint: Address | None = None


class TokenReply(Struct):
    access_token: Annotated[str, Meta(min_length=1, max_length=8_000)]
    token_type: Line
    refresh_token: Annotated[str, Meta(min_length=1, max_length=900)]
    expires_in: Annotated[int, Meta(ge=1, le=86_400)] = 600


class ChallengeReply(Struct):
    authorization_code: Annotated[str, Meta(min_length=1, max_length=2_000)]


class KeptTokens(Struct):
    """The sign-in as it is kept among the secrets."""

    service: str
    refresh: str
    access: str = ""
    expires_at: int = 0


class CaptchaReply(Struct):
    id: Id
    picture: Annotated[str, Meta(max_length=2_000_000)]
    sound: Annotated[str, Meta(max_length=8_000_000)]

    def captcha(self) -> Captcha:
        try:
            return Captcha(
                self.id,
                base64.b64decode(self.picture, validate=True),
                base64.b64decode(self.sound, validate=True),
            )
        except binascii.Error as error:
            raise BadReply("captcha", "not base64") from error


class _Link(Struct):
    label: Line
    address: Address


class _Field(Struct):
    name: Id
    kind: FieldKind
    label: Line = ""
    hint: Line = ""
    required: bool = True
    min_length: Count = 0
    max_length: Count = 1000
    pattern: Annotated[str, Meta(max_length=200)] | None = None
    message: Line | None = None
    same_as: Id | None = None
    links: Annotated[list[_Link], Few] = []

    def rule(self) -> FieldRule:
        try:
            pattern = re.compile(self.pattern) if self.pattern else None
        except re.error as error:
            raise BadReply("registration", f"the pattern of {self.name}") from error
        return FieldRule(
            name=self.name,
            kind=self.kind,
            label=self.label or self.name.replace("_", " ").capitalize(),
            hint=self.hint,
            required=self.required,
            min_length=self.min_length,
            max_length=self.max_length,
            pattern=pattern,
            message=self.message or "",
            same_as=self.same_as,
            links=tuple(Link(each.label, each.address) for each in self.links),
        )


class RegistrationReply(Struct):
    fields: Annotated[list[_Field], Meta(min_length=1, max_length=40)]

    def form(self) -> RegistrationForm:
        return RegistrationForm(tuple(each.rule() for each in self.fields))


class _Subscription(Struct):
    id: Id
    state: Line
    since: Time
    terms: Terms
    until: Time | None = None

    def value(self) -> Subscription:
        since, until = int(self.since.timestamp()), _seconds(self.until)
        return Subscription(self.id, self.state == "active", since, until, self.terms)


class AccountReply(Struct):
    id: Id
    username: Line
    display_name: Line
    email: Line
    subscription: _Subscription | None = None

    def account(self) -> Account:
        bought = self.subscription.value() if self.subscription else None
        return Account(self.id, self.username, self.display_name, self.email, bought)


class RegisteredReply(Struct):
    account: AccountReply


class DeviceReply(Struct):
    id: Id
    name: Line
    platform: Line
    passing: bool = False
    this: bool = False

    def device(self) -> Device:
        return Device(self.id, self.name, self.platform, self.passing, self.this)


class _Pictures(Struct):
    poster: Picture | None = None
    backdrop: Picture | None = None
    stills: Annotated[list[Picture], Few] = []


class _Availability(Struct):
    until: Time | None = None
    start: Time | None = field(default=None, name="from")


_NOT_SAID = ShowingRights(Permission.YES, Permission.ASK, Permission.ASK, None)


class _Film(Struct):
    id: Id
    slug: Id
    title: Line
    year: Annotated[int, Meta(ge=1800, le=3000)]
    length_ms: Annotated[int, Meta(ge=0, le=10**9)] = 0
    original_title: Line | None = None
    countries: Annotated[tuple[Line, ...], Few] = ()
    languages: Annotated[tuple[Line, ...], Few] = ()
    directors: Annotated[tuple[Line, ...], Few] = ()
    people: Annotated[tuple[Person, ...], Few] = ()
    subjects: Annotated[tuple[Line, ...], Few] = ()
    advisory: Line | None = None
    tagline: Line = ""
    summary: Text = ""
    synopsis: Annotated[tuple[Text, ...], Few] = ()
    pictures: _Pictures = field(default_factory=_Pictures)
    trailer: Trailer | None = None
    audio: Annotated[tuple[AudioTrack, ...], Few] = ()
    captions: Annotated[tuple[CaptionTrack, ...], Few] = ()
    chapters: Annotated[tuple[Chapter, ...], Few] = ()
    rights: ShowingRights = _NOT_SAID
    offers: Annotated[tuple[Offer, ...], Few] = ()
    availability: _Availability = field(default_factory=_Availability)
    streams: bool = False
    featured: bool = False
    related: Annotated[tuple[Id, ...], Few] = ()

    def film(self) -> Film:
        return Film(
            id=self.id,
            slug=self.slug,
            title=self.title,
            original_title=self.original_title,
            year=self.year,
            length_ms=self.length_ms,
            countries=self.countries,
            languages=self.languages,
            directors=self.directors,
            people=self.people,
            subjects=self.subjects,
            advisory=self.advisory,
            tagline=self.tagline,
            summary=self.summary,
            synopsis=self.synopsis,
            poster=_checked(self.pictures.poster),
            backdrop=_checked(self.pictures.backdrop),
            stills=tuple(each for each in map(_checked, self.pictures.stills) if each),
            trailer=self.trailer,
            audio=self.audio,
            captions=self.captions,
            chapters=self.chapters,
            rights=self.rights,
            offers=self.offers,
            available_from=self.availability.start,
            available_until=self.availability.until,
            streams=self.streams,
            featured=self.featured,
            related=self.related,
        )


_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"https?://\S{1,2000}")


def _checked(picture: Picture | None) -> Picture | None:
    """The picture with those of its files that can be fetched and checked, smallest first."""
    if picture is None:
        return None
    files = tuple(
        sorted(
            (
                each
                for each in picture.files[:20]
                if _SHA256.fullmatch(each.sha256) and _ADDRESS.fullmatch(each.address)
            ),
            key=lambda each: each.width,
        )
    )
    colour = picture.colour if _COLOUR.fullmatch(picture.colour) else "#202328"
    return Picture(picture.alt[:1000], colour, files)


@dataclass(frozen=True, slots=True)
class FilmsPage:
    """One page of the change feed."""

    films: tuple[Film, ...]
    removed: tuple[str, ...]
    cursor: str
    more: bool


_films = msgspec.json.Decoder(_Film)


def _film_of(raw: msgspec.Raw) -> Film | None:
    """One film that breaks the contract is left out; it must not cost the viewer the others."""
    try:
        return _films.decode(raw).film()
    except (msgspec.MsgspecError, ValueError) as error:
        log.info("a film of the catalogue breaks the contract: %s", str(error)[:200])
        return None


class FilmsReply(Struct):
    films: Annotated[list[msgspec.Raw], Meta(max_length=2_000)]
    cursor: Annotated[str, Meta(max_length=500)]
    removed: Annotated[tuple[Id, ...], Meta(max_length=100_000)] = ()
    more: bool = False

    def page(self) -> FilmsPage:
        films = tuple(film for film in map(_film_of, self.films) if film is not None)
        return FilmsPage(films, self.removed, self.cursor, self.more)


class _Collection(Struct):
    id: Id
    title: Line
    description: Text = ""
    films: Annotated[tuple[Id, ...], Meta(max_length=1_000)] = ()


class CollectionsReply(Struct):
    collections: Annotated[list[_Collection], Few]

    def values(self) -> tuple[Collection, ...]:
        return tuple(
            Collection(each.id, each.title, each.description, each.films)
            for each in self.collections
        )


class WatchlistReply(Struct):
    films: Annotated[tuple[Id, ...], Meta(max_length=10_000)]


class _Author(Struct):
    username: Line
    display_name: Line


class CommentReply(Struct):
    id: Id
    film: Id
    author: _Author
    text: Annotated[str, Meta(max_length=4_000)]
    created_at: Time
    position_ms: Count | None = None
    mine: bool = False

    def comment(self) -> Comment:
        return Comment(
            id=self.id,
            film_id=self.film,
            username=self.author.username,
            display_name=self.author.display_name,
            text=self.text,
            position_ms=self.position_ms,
            created_at=self.created_at,
            mine=self.mine,
        )


@dataclass(frozen=True, slots=True)
class CommentsPage:
    comments: tuple[Comment, ...]
    cursor: str | None
    total: int


class CommentsReply(Struct):
    comments: Annotated[list[CommentReply], Meta(max_length=500)]
    total: Count
    cursor: Annotated[str, Meta(max_length=500)] | None = None

    def page(self) -> CommentsPage:
        return CommentsPage(
            tuple(each.comment() for each in self.comments), self.cursor, self.total
        )


class CheckoutReply(Struct):
    id: Id
    state: CheckoutState
    offer: Id
    price: Money
    expires_at: Time
    film: Id | None = None
    address: Address | None = None
    reason: Line | None = None

    def checkout(self) -> Checkout:
        return Checkout(
            id=self.id,
            state=self.state,
            film_id=self.film,
            offer_id=self.offer,
            price=self.price,
            address=self.address,
            expires_at=int(self.expires_at.timestamp()),
            reason=self.reason,
        )


class _Rental(Struct):
    id: Id
    film: Id
    offer: Id
    terms: Terms
    purchased_at: Time
    state: RentalState
    started_at: Time | None = None
    not_after: Time | None = None

    def rental(self) -> Rental:
        return Rental(
            id=self.id,
            film_id=self.film,
            offer_id=self.offer,
            terms=self.terms,
            purchased_at=int(self.purchased_at.timestamp()),
            started_at=_seconds(self.started_at),
            not_after=_seconds(self.not_after),
            state=self.state,
        )


class RightsReply(Struct):
    rentals: Annotated[list[_Rental], Meta(max_length=10_000)]
    server_time: Time
    subscription: _Subscription | None = None

    def rights(self) -> Rights:
        bought = self.subscription.value() if self.subscription else None
        rentals = tuple(each.rental() for each in self.rentals)
        return Rights(rentals, bought, int(self.server_time.timestamp()))


class _Media(Struct):
    address: Address
    expires_at: Time


class LicenceReply(Struct):
    licence: Annotated[str, Meta(max_length=16_384)]
    media: _Media
    segment_list: Annotated[str, Meta(max_length=16_000_000)] | None = None

    @property
    def media_address(self) -> str:
        return self.media.address

    @property
    def media_expires_at(self) -> int:
        return int(self.media.expires_at.timestamp())


class _File(Struct):
    path: Path
    bytes: Annotated[int, Meta(ge=1, le=2**30)]
    sha256: Hash

    def file(self) -> CheckedFile:
        return CheckedFile(self.path, self.bytes, self.sha256)


class _Rendition(Struct):
    id: Id
    kind: RenditionKind
    bandwidth: Annotated[int, Meta(ge=1, le=10**9)]
    codecs: Line
    playlist: Path
    segments: Annotated[tuple[Segment, ...], Meta(min_length=1, max_length=20_000)]
    key: Annotated[str, Meta(pattern=r"^[0-9a-fA-F]{32}$")] | None = None
    init: _File | None = None
    width: Annotated[int, Meta(ge=1, le=16_384)] | None = None
    height: Annotated[int, Meta(ge=1, le=16_384)] | None = None
    frame_rate: Annotated[float, Meta(gt=0, le=300)] | None = None
    role: AudioRole | None = None
    language: Line | None = None
    name: Line | None = None

    def rendition(self) -> Rendition:
        for segment in self.segments:
            _check_segment(segment)
        return Rendition(
            id=self.id,
            kind=self.kind,
            bandwidth=self.bandwidth,
            codecs=self.codecs,
            key_id=self.key,
            playlist=self.playlist,
            init=self.init.file() if self.init else None,
            segments=self.segments,
            width=self.width,
            height=self.height,
            frame_rate=self.frame_rate,
            role=self.role,
            language=self.language,
            name=self.name,
        )


class _Caption(_File):
    language: Line
    kind: CaptionKind
    name: Line = ""


class _Preview(Struct):
    interval_ms: Annotated[int, Meta(ge=1)]
    tile_width: Annotated[int, Meta(ge=1, le=2_000)]
    tile_height: Annotated[int, Meta(ge=1, le=2_000)]
    columns: Annotated[int, Meta(ge=1, le=100)]
    rows: Annotated[int, Meta(ge=1, le=100)]
    sheets: Annotated[list[_File], Meta(max_length=1_000)]


class _SegmentList(Struct):
    length_ms: Annotated[int, Meta(ge=1, le=10**9)]
    renditions: Annotated[list[_Rendition], Meta(min_length=1, max_length=100)]
    captions: Annotated[list[_Caption], Few] = []
    preview: _Preview | None = None


_PATH = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_BLOCK_BYTES = 16
_MOST_SEGMENT_BYTES = 2**30


def _check_segment(segment: Segment) -> None:
    runs = segment.fragments
    sound = (
        _PATH.fullmatch(segment.path)
        and _SHA256.fullmatch(segment.sha256)
        and 0 < segment.bytes <= _MOST_SEGMENT_BYTES
        and segment.duration_ms > 0
        and all(run.bytes > 0 and run.bytes % _BLOCK_BYTES == 0 for run in runs)
        and all(_SHA256.fullmatch(run.sha256) for run in runs)
        and (not runs or sum(run.bytes for run in runs) == segment.bytes)
    )
    if not sound:
        raise BadReply("segment list", "a segment that can't be")


def segment_list_of(text: str) -> SegmentList:
    found = decode("segment list", text, _SegmentList)
    shown = found.preview
    return SegmentList(
        length_ms=found.length_ms,
        renditions=tuple(each.rendition() for each in found.renditions),
        captions=tuple(
            CaptionFile(each.file(), each.language, each.kind, each.name) for each in found.captions
        ),
        preview=PreviewSheets(
            interval_ms=shown.interval_ms,
            tile_width=shown.tile_width,
            tile_height=shown.tile_height,
            columns=shown.columns,
            rows=shown.rows,
            sheets=tuple(each.file() for each in shown.sheets),
        )
        if shown
        else None,
    )


class _Mistake(Struct):
    field: Annotated[str, Meta(max_length=100)]
    message: Line = ""
    code: Line = ""


class _Problem(Struct):
    type: Line = ""
    detail: Text = ""
    title: Line = ""
    error: Line = ""
    error_description: Line = ""
    errors: Annotated[list[_Mistake], Few] = []
    captcha: CaptchaReply | None = None


_LEAVES: Mapping[str, type[Refused]] = {
    "no-right": NoRight,
    "device-limit": DeviceLimit,
    "not-available": NotAvailable,
    "not-found": NotFound,
    "gone": NotFound,
}


def refusal(status: int, body: bytes) -> ServiceError | LicenceError:
    """The error that a 4xx stands for: RFC 9457, or OAuth's own form."""
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        problem = _Problem()
    match problem.error:
        case "insufficient_authorization":
            return CaptchaNeeded(problem.captcha.captcha() if problem.captcha else None)
        case "redirect_to_web":
            return BrowserNeeded()
    name = problem.error or problem.type.removeprefix("urn:verite:problem:")
    detail = problem.detail or problem.error_description
    if name == "invalid" and problem.errors:
        return FormRejected({each.field: each.message or each.code for each in problem.errors})
    if status == 401:  # noqa: PLR2004
        return SignedOut(name)
    if status in (404, 410) and name not in _LEAVES:
        return NotFound(status, name or "not-found", detail)
    return _LEAVES.get(name, Refused)(status, name or "about:blank", detail)
