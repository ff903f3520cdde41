"""An HTTP proxy that goes wrong as it is told: one process, commands in, answers out, JSON lines.

`python -m tests.faults.proxy --to PORT` listens on 127.0.0.1 and passes every request on to
127.0.0.1:PORT. It is a process of its own, so that it neither shares our GIL nor stops with us.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import fcntl
import json
import socket
import struct
import sys
import termios
import time
from dataclasses import asdict, replace
from typing import Any

from tests.faults.messages import corrupted, first_byte, header, place_of, told_wrong, without
from tests.faults.strikes import Kind, Reply, Strike

CHUNK_BYTES = 4096
LARGEST_HEAD = 64 * 1024
TRICKLE_S = 0.05
FLUSHED_WITHIN_S = 1.0
LEFT = "left"


class Cut(Exception):
    """The reply ends here, in this way."""


GONE = (Cut, OSError, KeyError, asyncio.IncompleteReadError, asyncio.CancelledError)
"""How a connection's work ends early: by a strike, by the other side, by an outage."""


class Proxy:
    """Its strikes, its log, and every connection that is open."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._strikes: list[Strike] = []
        self._replies: list[Reply] = []
        self._readers: dict[asyncio.StreamWriter, asyncio.StreamReader] = {}
        self._working: set[asyncio.Task[Any]] = set()
        self._server: asyncio.Server | None = None
        self._away: asyncio.Task[None] | None = None
        self._cutting: asyncio.Task[None] | None = None
        self._next = socket.create_server(("127.0.0.1", 0), backlog=0)
        self._has_moved = False
        self.port, self.next_port = 0, self._next.getsockname()[1]

    async def listen(self) -> None:
        """On the port it had, or on a new one."""
        self._server = await asyncio.start_server(
            self._connected, "127.0.0.1", self.port, reuse_address=True, limit=LARGEST_HEAD
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def move(self) -> None:
        """To the other port, until `back`."""
        self._leave()
        self._has_moved = True
        self._server = await asyncio.start_server(
            self._connected, sock=self._next, limit=LARGEST_HEAD
        )

    async def do(self, name: str, said: dict[str, Any]) -> Any:
        """Carry out one command; what it answers."""
        match name:
            case "strike":
                self._strikes.append(Strike(**{**said, "kind": Kind(said["kind"])}))
            case "clear":
                self._strikes.clear()
            case "replies":
                return [asdict(each) for each in self._replies[said["since"] :]]
            case "cut":
                self._cut_all()
            case "outage":
                self._leave()
                if said["seconds"] is not None:
                    self._away = asyncio.create_task(self._come_back(said["seconds"]))
            case "back":
                await self._home()
            case "cut_every":
                self._cutting = asyncio.create_task(self._cut_every(said["seconds"]))
            case "move":
                await self.move()
        return None

    def _leave(self) -> None:
        if self._away is not None:
            self._away.cancel()
        if self._server is not None:
            self._server.close()
            self._server = None
        self._cut_all()

    async def _home(self) -> None:
        if self._has_moved:
            self._leave()
            self._next = socket.create_server(("127.0.0.1", self.next_port), backlog=0)
            self._has_moved = False
        if self._server is None:
            await self.listen()

    async def _come_back(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        if self._server is None:
            await self.listen()

    async def _cut_every(self, seconds: float) -> None:
        while True:
            await asyncio.sleep(seconds)
            self._cut_all()

    def _cut_all(self) -> None:
        while self._readers:
            reset(self._readers.popitem()[0])

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._readers[writer] = reader
        # asyncio itself holds no task whose connection is gone, and may drop it in the middle
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(*GONE):
            while await self._one(reader, writer):
                pass
        self._readers.pop(writer, None)
        with contextlib.suppress(OSError):
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its reply; whether the connection may carry another."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(header(head, "content-length") or 0)
        body = await reader.readexactly(length)
        path = head.split(b" ", 2)[1].decode("latin-1")
        start = first_byte(header(head, "range"))
        number = len(self._replies)
        self._replies.append(Reply(number, time.monotonic(), path, start))
        strike = self._take(path)
        self._note(number, struck=strike.kind if strike else None)
        try:
            await self._answer(number, strike, head + body, writer)
        except Cut as cut:
            is_ours = str(cut) == LEFT and writer not in self._readers
            self._note(number, end="cut" if is_ours else str(cut))
            raise
        except (OSError, KeyError):
            self._note(number, end=LEFT if writer in self._readers else "cut")
            raise
        finally:
            self._note(number, ended_at=time.monotonic())
        self._note(number, end="whole")
        return True

    def _note(self, number: int, **said: Any) -> None:
        self._replies[number] = replace(self._replies[number], **said)

    def _take(self, path: str) -> Strike | None:
        for place, each in enumerate(self._strikes):
            if each.path in path:
                if each.times <= 1:
                    del self._strikes[place]
                else:
                    self._strikes[place] = replace(each, times=each.times - 1)
                return each
        return None

    async def _answer(
        self, number: int, strike: Strike | None, request: bytes, writer: asyncio.StreamWriter
    ) -> None:
        if strike is not None and strike.kind is Kind.STATUS:
            await self._status(number, strike, writer)
            return
        if strike is not None and strike.part is None:
            await self._end(strike.kind, writer)
        reader, up = await asyncio.open_connection("127.0.0.1", self._target_port)
        try:
            up.write(without(request, "connection", b"Connection: close\r\n"))
            head = await reader.readuntil(b"\r\n\r\n")
            await self._pass_on(number, strike, head, reader, writer)
        finally:
            up.close()

    async def _status(self, number: int, strike: Strike, writer: asyncio.StreamWriter) -> None:
        body = strike.body.encode()
        headers = {**strike.headers, "Content-Length": str(len(body))}
        lines = [f"HTTP/1.1 {strike.status} Struck", *(f"{k}: {v}" for k, v in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        self._note(number, status=strike.status, byte=0)
        await writer.drain()

    async def _pass_on(
        self,
        number: int,
        strike: Strike | None,
        head: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        length = int(header(head, "content-length") or 0)
        place = None if strike is None else place_of(strike, length)
        head = without(head, "connection")
        if strike is not None and place is not None:
            head = told_wrong(strike.kind, head, place)
            self._note(number, byte=self._replies[number].start + place)
        self._note(number, status=int(head.split(b" ", 2)[1]))
        writer.write(head)
        sent = 0
        while chunk := await reader.read(CHUNK_BYTES):
            if strike is None or place is None or sent + len(chunk) <= place:
                writer.write(chunk)
            elif strike.kind is Kind.TRICKLE:
                await self._trickle(number, chunk, max(0, place - sent), strike.rate, writer)
            elif strike.kind is Kind.CORRUPT:
                writer.write(corrupted(chunk, place - sent))
            elif strike.kind is Kind.RANGE:
                writer.write(chunk)
            else:
                writer.write(chunk[: max(0, place - sent)])
                await writer.drain()
                self._note(number, sent=place)
                if strike.kind is Kind.SHORT:
                    return
                await self._end(strike.kind, writer)
            await writer.drain()
            sent += len(chunk)
            self._note(number, sent=sent)

    async def _trickle(
        self, number: int, chunk: bytes, whole: int, rate: float, writer: asyncio.StreamWriter
    ) -> None:
        """The chunk's first `whole` bytes as fast as they go, then so few at a time."""
        sent = self._replies[number].sent
        writer.write(chunk[:whole])
        step = max(1, min(CHUNK_BYTES, int(rate * TRICKLE_S)))
        for begin in range(whole, len(chunk), step):
            writer.write(chunk[begin : begin + step])
            await writer.drain()
            self._note(number, sent=sent + min(begin + step, len(chunk)))
            await asyncio.sleep(step / rate)
            if self._readers[writer].at_eof():
                raise Cut(LEFT)

    async def _end(self, kind: Kind, writer: asyncio.StreamWriter) -> None:
        match kind:
            case Kind.RESET:
                await arrived(writer)
                reset(writer)
                raise Cut("reset")
            case Kind.CLOSE:
                raise Cut("closed")
            case _:
                await self._readers[writer].read(1)
                raise Cut(LEFT)


async def arrived(writer: asyncio.StreamWriter) -> None:
    """Wait until the other side's kernel has what was written: a reset would throw it away."""
    connection = writer.get_extra_info("socket")
    until = time.monotonic() + FLUSHED_WITHIN_S
    while time.monotonic() < until:
        # TIOCOUTQ on a TCP socket: bytes that are not acknowledged yet (tcp(7), SIOCOUTQ)
        waiting = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4))
        if not any(waiting) and not writer.transport.get_write_buffer_size():
            return
        await asyncio.sleep(0.001)


def reset(writer: asyncio.StreamWriter) -> None:
    """End a connection by TCP's RST: lingering for no time at all (socket(7), SO_LINGER)."""
    found = writer.get_extra_info("socket")
    with contextlib.suppress(OSError):
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def serve(target_port: int) -> None:
    """Until standard input closes."""
    proxy = Proxy(target_port)
    await proxy.listen()
    reader = asyncio.StreamReader(limit=1 << 20)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    answer([proxy.port, proxy.next_port])
    while line := await reader.readline():
        name, said = json.loads(line)
        answer(await proxy.do(name, said))


def answer(value: Any) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=int, required=True, help="port on 127.0.0.1")
    asyncio.run(serve(parser.parse_args().to))


if __name__ == "__main__":
    main()
