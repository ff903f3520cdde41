"""The fault proxy does what its log says that it did."""

from __future__ import annotations

import http.client
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.faults.control import FaultProxy, fault_proxy
from tests.faults.faults import BY_NAME
from tests.faults.link import Link, slow_link
from tests.faults.strikes import Kind, Reply, Strike
from tests.media.host import Host, serving
from tests.waiting import until

FILE = random.Random(7).randbytes(50_000)  # noqa: S311 - it keeps no secret
PATH = "/media/grant-1/v360/00003.m4s"
NAME = "v360/00003.m4s"
SOON_S = 0.3


@dataclass(frozen=True, slots=True)
class Got:
    """What a client got, and how that ended: whole, reset, cut short, or silent."""

    end: str
    status: int = 0
    body: bytes = b""
    told_bytes: int = 0
    told_range: str = ""


def fetch(origin: str, start: int = 0, quiet_s: float = 5.0) -> Got:
    """Ask once; nothing for `quiet_s` counts as silence."""
    address = urlsplit(origin)
    client = http.client.HTTPConnection(str(address.hostname), address.port, timeout=quiet_s)
    body, status, told, told_range = bytearray(), 0, 0, ""
    try:
        client.request("GET", PATH, headers={"Range": f"bytes={start}-"} if start else {})
        reply = client.getresponse()
        status, told = reply.status, int(reply.headers["Content-Length"])
        told_range = reply.headers.get("Content-Range", "")
        while piece := reply.read1(4096):
            body += piece
        end = "whole" if len(body) == told else "cut short"
    except http.client.RemoteDisconnected:
        end = "cut short"
    except ConnectionResetError:
        end = "reset"
    except ConnectionRefusedError:
        end = "refused"
    except TimeoutError:
        end = "silent"
    finally:
        client.close()
    return Got(end, status, bytes(body), told, told_range)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    (tmp_path / "v360").mkdir()
    (tmp_path / NAME).write_bytes(FILE)
    with serving(tmp_path) as found:
        yield found


@pytest.fixture
def proxy(host: Host) -> Iterator[FaultProxy]:
    with fault_proxy(host.server_port) as found:
        yield found


def logged(proxy: FaultProxy) -> Reply:
    """The last reply, once it is over."""
    until(lambda: proxy.replies()[-1].ended_at, "the reply to be over")
    return proxy.replies()[-1]


@pytest.mark.parametrize("start", [0, 20_000])
@pytest.mark.parametrize(
    ("kind", "end"),
    [(Kind.RESET, "reset"), (Kind.CLOSE, "cut short"), (Kind.STALL, "silent")],
)
def test_a_reply_breaks_off_at_the_byte_of_the_log(
    kind: Kind, end: str, start: int, chance: random.Random, proxy: FaultProxy
) -> None:
    proxy.strike(Strike(kind, NAME, chance.random()))
    got = fetch(proxy.origin, start, quiet_s=SOON_S)
    reply = logged(proxy)
    assert reply.byte is not None
    assert (got.end, got.body) == (end, FILE[start : reply.byte])
    assert (reply.struck, reply.start, reply.sent) == (kind, start, reply.byte - start)
    assert reply.end == {"reset": "reset", "cut short": "closed", "silent": "left"}[end]


@pytest.mark.parametrize(
    ("kind", "end"),
    [(Kind.RESET, "reset"), (Kind.CLOSE, "cut short"), (Kind.STALL, "silent")],
)
def test_without_a_part_nothing_of_the_reply_comes(kind: Kind, end: str, proxy: FaultProxy) -> None:
    proxy.strike(Strike(kind, NAME, None))
    got = fetch(proxy.origin, quiet_s=SOON_S)
    assert (got.end, got.status) == (end, 0)
    assert logged(proxy).byte is None


def test_from_the_byte_of_the_log_on_a_reply_trickles(
    chance: random.Random, proxy: FaultProxy
) -> None:
    proxy.strike(Strike(Kind.TRICKLE, NAME, chance.uniform(0.1, 0.9), rate=5.0))
    got = fetch(proxy.origin, quiet_s=0.1)
    reply = proxy.replies()[-1]
    assert reply.byte is not None
    assert reply.byte <= len(got.body) <= reply.byte + 1
    assert got.body == FILE[: len(got.body)]


@pytest.mark.parametrize("start", [0, 20_000])
def test_the_byte_of_the_log_is_the_only_one_that_is_wrong(
    start: int, chance: random.Random, proxy: FaultProxy
) -> None:
    proxy.strike(Strike(Kind.CORRUPT, NAME, chance.random()))
    got = fetch(proxy.origin, start)
    assert got.end == "whole"
    wrong = [at for at, byte in enumerate(got.body, start) if byte != FILE[at]]
    assert wrong == [logged(proxy).byte]


def test_a_short_reply_says_that_it_is_whole(chance: random.Random, proxy: FaultProxy) -> None:
    proxy.strike(Strike(Kind.SHORT, NAME, chance.uniform(0.1, 0.9)))
    got = fetch(proxy.origin)
    assert (got.end, got.told_bytes, got.body) == (
        "whole",
        logged(proxy).byte,
        FILE[: logged(proxy).byte],
    )


def test_another_range_is_told_than_was_asked_for(proxy: FaultProxy) -> None:
    proxy.strike(Strike(Kind.RANGE, NAME))
    got = fetch(proxy.origin, 20_000)
    assert got.status == 206
    assert not got.told_range.startswith("bytes 20000-")
    assert logged(proxy).byte == 20_000


def test_another_status_comes_with_its_headers_and_nothing_of_the_file(proxy: FaultProxy) -> None:
    proxy.strike(Strike(Kind.STATUS, NAME, status=503, body="later"))
    got = fetch(proxy.origin)
    assert (got.status, got.body) == (503, b"later")
    assert logged(proxy).status == 503


def test_so_many_replies_go_wrong_as_were_asked_for_and_no_others(proxy: FaultProxy) -> None:
    proxy.strike(Strike(Kind.STATUS, NAME, times=2))
    proxy.strike(Strike(Kind.STATUS, "another file", times=9))
    assert [fetch(proxy.origin).status for _ in range(3)] == [503, 503, 200]
    assert [each.struck for each in proxy.replies()] == [Kind.STATUS, Kind.STATUS, None]


def test_the_same_seed_strikes_the_same_bytes(chance: random.Random, proxy: FaultProxy) -> None:
    seed = chance.getrandbits(32)
    for each in (BY_NAME["reset-within-the-body"], BY_NAME["truncated"]):
        bytes_struck = []
        for _again in range(2):
            each.begin(Here(proxy), random.Random(seed))  # noqa: S311 - it keeps no secret
            fetch(proxy.origin)
            bytes_struck.append(logged(proxy).byte)
            proxy.clear()
        assert bytes_struck[0] == bytes_struck[1] is not None


def test_an_outage_resets_what_is_open_and_refuses_what_is_new(proxy: FaultProxy) -> None:
    with open_connection(proxy) as connection:
        proxy.outage()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert fetch(proxy.origin).end == "refused"
    proxy.back()
    assert fetch(proxy.origin).body == FILE


def test_an_outage_ends_by_itself(proxy: FaultProxy) -> None:
    begun = time.monotonic()
    proxy.outage(SOON_S)
    assert fetch(proxy.origin).end == "refused"
    until(lambda: fetch(proxy.origin).end == "whole", "the proxy to be back")
    assert time.monotonic() - begun >= SOON_S


def test_after_a_move_only_the_next_address_answers_until_it_is_back(proxy: FaultProxy) -> None:
    home = proxy.origin
    with open_connection(proxy) as connection:
        proxy.move()
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert proxy.origin == proxy.next_origin != home
    assert fetch(home).end == "refused"
    assert fetch(proxy.origin).body == FILE
    proxy.back()
    assert proxy.origin == home
    assert fetch(home).body == FILE


def test_connections_are_cut_again_and_again(proxy: FaultProxy) -> None:
    proxy.strike(Strike(Kind.STALL, NAME, 0.5, times=3))
    proxy.cut_every(SOON_S)
    assert [fetch(proxy.origin).end for _ in range(3)] == ["reset"] * 3
    assert [each.end for each in proxy.replies()] == ["cut"] * 3
    ended = [each.ended_at for each in proxy.replies()]
    assert all(after - before >= SOON_S * 0.9 for before, after in pairwise(ended))


def test_a_fault_strikes_its_byte_over_a_slow_link_too(host: Host, chance: random.Random) -> None:
    link = Link(rtt_ms=60, rate_bps=1_000_000)
    with slow_link(host.server_port, link) as port, fault_proxy(port) as proxy:
        proxy.strike(Strike(Kind.CLOSE, NAME, chance.uniform(0.5, 0.9)))
        begun = time.monotonic()
        got = fetch(proxy.origin)
        took_s = time.monotonic() - begun
        byte = logged(proxy).byte
        assert byte is not None
        assert got.body == FILE[:byte]
        assert took_s >= byte * 8 / link.rate_bps + 2 * link.one_way_s


class Here:
    """What faults strike here."""

    struck = NAME
    process_id = 0

    def __init__(self, proxy: FaultProxy) -> None:
        self.proxy = proxy

    def moved(self) -> None:
        self.proxy.move()


@contextmanager
def open_connection(proxy: FaultProxy) -> Iterator[socket.socket]:
    """One that the proxy has seen a request on, and answers no further."""
    proxy.strike(Strike(Kind.STALL, NAME, None))
    address = urlsplit(proxy.origin)
    with socket.create_connection((address.hostname, address.port), timeout=5) as connection:
        connection.sendall(f"GET {PATH} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        until(proxy.replies, "the request to be there")
        yield connection
