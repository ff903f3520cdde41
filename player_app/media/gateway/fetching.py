"""One file or segment on its way from a media host: checked run by run, waited for, begun again."""

from __future__ import annotations

import random
import time
from hashlib import sha256

from player_app.core.errors import BadReply, Stopped, Unreachable, VeriteError
from player_app.core.refusals import Refused
from player_app.core.stream_errors import DamagedStream, PlaylistError
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.patience import (
    End,
    Renew,
    Tries,
    Verdict,
    Wait,
    verdict,
    verdict_on_renewal,
)
from player_app.media.gateway.upstream import Body
from player_app.media.gateway.vouching import expect_same, expected_size, judge, let_early_go

CHUNK_BYTES = 64 * 1024
RANGE_NOT_SATISFIABLE = 416


def carry(fetch: Fetch, errand: Errand) -> None:
    """Bring it all, however long that takes; ends with `done`, a `cause`, or when left."""
    tries = Tries()
    while True:
        before, address = len(fetch.data), errand.address_of(fetch.path)
        try:
            _pull(fetch, errand, address)
        except VeriteError as error:
            damaged = isinstance(error, DamagedStream)
            tries = tries.failed(had_progress=len(fetch.data) > before, was_wrong=damaged)
            seen = DamagedStream(fetch.path, tries.wrong_checksums) if damaged else error
            fetch.from_the_top = fetch.from_the_top or _knows_no_middle(error)
            if errand.is_over or fetch.left:
                return
            follows = verdict(seen, tries, random.random)
            if isinstance(follows, Renew):
                tries = tries.renewed()
            if not _goes_on(fetch, errand, address, seen, follows):
                return
        else:
            errand.settle(fetch, None)
            return


def _knows_no_middle(error: VeriteError) -> bool:
    is_beyond = isinstance(error, Refused) and error.status == RANGE_NOT_SATISFIABLE
    return is_beyond or isinstance(error, BadReply)


def _goes_on(
    fetch: Fetch, errand: Errand, address: str, seen: VeriteError, follows: Verdict
) -> bool:
    """Do what follows on a failure; whether there is another try."""
    failures = 0
    while not isinstance(follows, End):
        errand.trouble(fetch, seen)
        if isinstance(follows, Wait) and follows.elsewhere:
            errand.look_elsewhere(address)
        if not errand.rest(fetch, follows.seconds):
            return False
        failure = errand.renew(address) if isinstance(follows, Renew) else None
        if failure is None:
            return True
        failures += 1
        seen, follows = failure, verdict_on_renewal(failure, failures, random.random)
    errand.settle(fetch, follows.cause)
    return False


def _pull(fetch: Fetch, errand: Errand, address: str) -> None:
    start = len(fetch.data)
    begun = time.monotonic()
    try:
        skipped = start if fetch.from_the_top else 0
        body = errand.open(fetch, address, start - skipped)
        try:
            _expect_length(fetch, body, start - skipped)
            expect_same(fetch, errand, body, start - skipped)
            _skip(fetch, body, skipped)
            _read(fetch, errand, body)
        finally:
            body.close()
    except Stopped as stopped:
        if fetch.kicked:
            raise Unreachable(errand.host_of(address), "timed-out") from stopped
        raise
    finally:
        errand.closed(fetch)
    expected = expected_size(fetch)
    if expected is not None and len(fetch.data) < expected:
        raise Unreachable(errand.host_of(address), "cut")
    judge(fetch, errand)
    errand.link.measured(len(fetch.data) - start, time.monotonic() - begun)


def _read(fetch: Fetch, errand: Errand, body: Body) -> None:
    while fetch.size is None or len(fetch.data) < fetch.size:
        left = fetch.limit - len(fetch.data) + 1 if fetch.size is None else None
        wanted = CHUNK_BYTES if fetch.size is None else fetch.size - len(fetch.data)
        piece = body.read(min(CHUNK_BYTES, wanted))
        if not piece:
            break
        if left is not None and len(piece) >= left:
            raise PlaylistError(f"{fetch.path}: larger than {fetch.limit} bytes")
        errand.arrived(fetch, piece)
        _check(fetch, errand)
        let_early_go(fetch, errand)


def _skip(fetch: Fetch, body: Body, left: int) -> None:
    """Pass over what is here already, where a host can't go on in the middle."""
    while left:
        piece = body.read(min(CHUNK_BYTES, left))
        if not piece:
            raise BadReply(fetch.path, "shorter than before")
        left -= len(piece)
        fetch.came(len(piece))


def _expect_length(fetch: Fetch, body: Body, start: int) -> None:
    if fetch.size is not None and body.length not in (None, fetch.size - start):
        raise BadReply(fetch.path, f"{body.length} bytes instead of {fetch.size - start}")


def _check(fetch: Fetch, errand: Errand) -> None:
    """Give free the runs that are whole and right; a wrong one is dropped and asked for again."""
    end = 0
    for run in fetch.runs:
        begin, end = end, end + run.bytes
        if end <= fetch.checked:
            continue
        if end > len(fetch.data):
            return
        if sha256(memoryview(fetch.data)[begin:end]).hexdigest() != run.sha256:
            errand.drop_from(fetch, begin)
            raise DamagedStream(fetch.path, 1)
        errand.free(fetch, end)
