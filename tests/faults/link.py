"""A slow link: a TCP proxy with a round-trip time and one rate shared by all its connections.

Each direction has its own rate, as a line does. A connection pays one round trip before its first
byte goes on (TCP's handshake, RFC 9293 §3.5) and half of one for each byte each way. Slow start is
not modelled: the link is kinder to short connections than a real one.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

CHUNK_BYTES = 4096
IN_FLIGHT_CHUNKS = 128


@dataclass(frozen=True, slots=True)
class Link:
    """Round-trip time in milliseconds, rate in bit/s for each direction."""

    rtt_ms: float
    rate_bps: float

    @property
    def one_way_s(self) -> float:
        return self.rtt_ms / 2000


class Line:
    """One direction of a link: says when a chunk has left the sender's end."""

    def __init__(self, rate_bps: float) -> None:
        self._rate_bps = rate_bps
        self._free_at = 0.0

    def reserve(self, size_bytes: int, now: float) -> float:
        """Take the line for a chunk; the time (s) at which its last bit is on it."""
        self._free_at = max(self._free_at, now) + size_bytes * 8 / self._rate_bps
        return self._free_at


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: Line, link: Link
) -> None:
    """Carry one direction of a connection until its end."""
    clock = asyncio.get_running_loop().time
    under_way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(IN_FLIGHT_CHUNKS)

    async def take() -> None:
        while chunk := await reader.read(CHUNK_BYTES):
            due = line.reserve(len(chunk), clock()) + link.one_way_s
            await under_way.put((due, chunk))
        await under_way.put((0.0, b""))

    async def deliver() -> None:
        while True:
            due, chunk = await under_way.get()
            await asyncio.sleep(max(0.0, due - clock()))
            if not chunk:
                break
            writer.write(chunk)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()

    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(take())
            both.create_task(deliver())
    except* OSError:
        writer.close()


async def serve(link: Link, target_port: int) -> None:
    """Run the link to 127.0.0.1:`target_port`, print its own port, until standard input closes."""
    up, down = Line(link.rate_bps), Line(link.rate_bps)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(link.rtt_ms / 1000)
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", target_port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(
            _carry(reader, far_writer, up, link), _carry(far_reader, writer, down, link)
        )
        far_writer.close()
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await asyncio.to_thread(sys.stdin.read)


@contextlib.contextmanager
def slow_link(target_port: int, link: Link) -> Iterator[int]:
    """A link in a process of its own (it must not share our GIL); gives its port."""
    command = [sys.executable, "-m", "tests.faults.link", "--to", str(target_port)]
    command += ["--rtt-ms", str(link.rtt_ms), "--rate-bps", str(link.rate_bps)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the link was started without pipes")
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(timeout=5)
        process.stdout.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, required=True, help="port on 127.0.0.1")
    parser.add_argument("--rtt-ms", type=float, default=80)
    parser.add_argument("--rate-bps", type=float, default=20_000_000)
    arguments = parser.parse_args()
    asyncio.run(serve(Link(arguments.rtt_ms, arguments.rate_bps), arguments.to))


if __name__ == "__main__":
    main()
