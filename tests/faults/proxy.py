"""An HTTP proxy that goes wrong as it is told: one process, commands in, answers out, JSON lines.

`python -m tests.faults.proxy --to PORT` listens on 127.0.0.1 and passes every request on to
127.0.0.1:PORT. It is a process of its own, so that it neither shares our GIL nor stops with us.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import socket
import sys
import time
from dataclasses import asdict, replace
from typing import Any

from tests.faults.messages import first_byte, header
from tests.faults.reply_log import ReplyLog
from tests.faults.strikes import Kind, Strike
from tests.faults.struck_reply import LEFT, Cut, StruckReply
from tests.faults.wire import Connection

LARGEST_HEAD = 64 * 1024
GONE = (Cut, OSError, asyncio.IncompleteReadError, asyncio.CancelledError)
"""How a connection's work ends early: by a strike, by the other side, by an outage."""


class Proxy:
    """Its strikes, its log, and every connection that is open."""

    def __init__(self, target_port: int) -> None:
        self._target_port = target_port
        self._strikes: list[Strike] = []
        self._log = ReplyLog()
        self._open: set[Connection] = set()
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
                return [asdict(each) for each in self._log.since(said["since"])]
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
        while self._open:
            self._open.pop().cut()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client = Connection(reader, writer)
        self._open.add(client)
        # asyncio itself holds no task whose connection is gone, and may drop it in the middle
        task = asyncio.ensure_future(self._serve(client))
        self._working.add(task)
        task.add_done_callback(self._working.discard)

    async def _serve(self, client: Connection) -> None:
        with contextlib.suppress(*GONE):
            while True:
                await self._one(client)
        self._open.discard(client)
        with contextlib.suppress(OSError):
            client.writer.close()

    async def _one(self, client: Connection) -> None:
        """One request and its reply."""
        head = await client.reader.readuntil(b"\r\n\r\n")
        length = int(header(head, "content-length") or 0)
        body = await client.reader.readexactly(length)
        path = head.split(b" ", 2)[1].decode("latin-1")
        noted = self._log.begin(path, first_byte(header(head, "range")))
        strike = self._take(path)
        noted.note(struck=strike.kind if strike else None)
        try:
            await StruckReply(client, strike, noted).answer(head + body, self._target_port)
        except Cut as cut:
            noted.note(end="cut" if client.was_cut and str(cut) == LEFT else str(cut))
            raise
        except OSError:
            noted.note(end="cut" if client.was_cut else LEFT)
            raise
        finally:
            noted.note(ended_at=time.monotonic())
        noted.note(end="whole")

    def _take(self, path: str) -> Strike | None:
        for place, each in enumerate(self._strikes):
            if each.path in path:
                if each.times <= 1:
                    del self._strikes[place]
                else:
                    self._strikes[place] = replace(each, times=each.times - 1)
                return each
        return None


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
