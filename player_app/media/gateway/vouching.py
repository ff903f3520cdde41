"""What may be given out of a file that the service tells no hash of, or none before its end."""

from __future__ import annotations

from player_app.core.errors import BadReply
from player_app.core.stream_errors import DamagedStream, PlaylistError
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.upstream import Body

HELD_BACK_BYTES = 32 * 1024


def expect_same(fetch: Fetch, errand: Errand, body: Body, start: int) -> None:
    """What goes on must be the file that it began with, as far as its size and ETag tell."""
    size = None if body.length is None else start + body.length
    pairs = ((fetch.told_size, size), (fetch.etag, body.etag))
    is_other = any(None not in pair and pair[0] != pair[1] for pair in pairs)
    if start == 0 or is_other:
        fetch.told_size, fetch.etag = size, body.etag
    if fetch.size is None and size is not None and size > fetch.limit:
        raise PlaylistError(f"{fetch.path}: {size} bytes")
    if start > 0 and is_other and not fetch.runs:
        errand.drop_from(fetch, 0)
        raise BadReply(fetch.path, "another file than before")


def let_early_go(fetch: Fetch, errand: Errand) -> None:
    """Free what came before it is checked, but for the end: wrong film never looks complete."""
    with errand.condition:
        end, size = len(fetch.data), expected_size(fetch)
        end = end - HELD_BACK_BYTES if size is None else min(end, size - HELD_BACK_BYTES)
        if fetch.early and end > fetch.checked:
            errand.free(fetch, end)


def expected_size(fetch: Fetch) -> int | None:
    """By the service's list, else by the media host."""
    return fetch.told_size if fetch.size is None else fetch.size


def judge(fetch: Fetch, errand: Errand) -> None:
    """The whole is here: without hashes it must at least look right, or is dropped."""
    if fetch.is_sound is not None and not fetch.is_sound(bytes(fetch.data)):
        errand.drop_from(fetch, 0)
        raise DamagedStream(fetch.path, 1)
