"""One file or segment on its way from a media host: checked run by run, waited for, begun again."""

from __future__ import annotations

import random
import time
from hashlib import sha256

from player_app.core.errors import BadReply, DamagedStream, Stopped, Unreachable, VeriteError
from player_app.media.gateway.errand import Errand, Fetch
from player_app.media.gateway.patience import End, Renew, Tries, verdict
from player_app.media.gateway.upstream import Body

CHUNK_BYTES = 64 * 1024


def carry(fetch: Fetch, errand: Errand) -> None:
    """Bring it all, however long that takes; ends with `done`, a `cause`, or when left."""
    failures = wrong = 0
    while True:
        before, address = len(fetch.data), errand.address_of(fetch.path)
        try:
            _pull(fetch, errand, address)
        except VeriteError as error:
            damaged = isinstance(error, DamagedStream)
            wrong += damaged
            failures = 1 if len(fetch.data) > before else failures + 1
            seen = DamagedStream(fetch.path, wrong) if damaged else error
            if errand.is_over or fetch.left:
                return
            match verdict(seen, Tries(failures, wrong), random.random):
                case End(cause):
                    errand.settle(fetch, cause)
                    return
                case Renew(seconds):
                    errand.trouble(fetch, seen)
                    if not errand.rest(fetch, seconds):
                        return
                    failure = errand.renew(address)
                    if failure is not None:
                        errand.settle(fetch, failure)
                        return
                case wait:
                    errand.trouble(fetch, seen)
                    if not errand.rest(fetch, wait.seconds):
                        return
        else:
            errand.settle(fetch, None)
            return


def _pull(fetch: Fetch, errand: Errand, address: str) -> None:
    start = len(fetch.data)
    begun = time.monotonic()
    body = errand.open(fetch, address, start)
    try:
        _expect_length(fetch, body, start)
        while fetch.size is None or len(fetch.data) < fetch.size:
            left = fetch.limit - len(fetch.data) + 1 if fetch.size is None else None
            wanted = CHUNK_BYTES if fetch.size is None else fetch.size - len(fetch.data)
            try:
                piece = body.read(min(CHUNK_BYTES, wanted))
            except Stopped as stopped:
                if fetch.kicked:
                    raise Unreachable(errand.host_of(address), "timed-out") from stopped
                raise
            if not piece:
                break
            if left is not None and len(piece) >= left:
                raise BadReply(fetch.path, f"larger than {fetch.limit} bytes")
            errand.arrived(fetch, piece)
            _check(fetch, errand)
        if fetch.size is not None and len(fetch.data) < fetch.size:
            raise Unreachable(errand.host_of(address), "cut")
    finally:
        body.close()
        fetch.body = None
    errand.link.measured(len(fetch.data) - start, time.monotonic() - begun)


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
