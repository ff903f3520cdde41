"""One reply on its way through the fault proxy, and what a strike makes of it."""

from __future__ import annotations

import asyncio

from tests.faults.messages import corrupted, header, place_of, told_wrong, without
from tests.faults.reply_log import Entry
from tests.faults.strikes import Kind, Strike
from tests.faults.wire import Connection

CHUNK_BYTES = 4096
TRICKLE_S = 0.05
LEFT = "left"


class Cut(Exception):
    """The reply ends here, in this way."""


class StruckReply:
    """`noted` is its place in the log; a `strike` of None lets it go by whole."""

    def __init__(self, client: Connection, strike: Strike | None, noted: Entry) -> None:
        self._client = client
        self._writer = client.writer
        self._strike = strike
        self._noted = noted

    async def answer(self, request: bytes, target_port: int) -> None:
        strike = self._strike
        if strike is not None and strike.kind is Kind.STATUS:
            await self._status(strike)
            return
        if strike is not None and strike.part is None:
            await self._end(strike.kind)
        reader, up = await asyncio.open_connection("127.0.0.1", target_port)
        try:
            up.write(without(request, "connection", b"Connection: close\r\n"))
            head = await reader.readuntil(b"\r\n\r\n")
            await self._pass_on(head, reader)
        finally:
            up.close()

    async def _status(self, strike: Strike) -> None:
        body = strike.body.encode()
        headers = {**strike.headers, "Content-Length": str(len(body))}
        lines = [f"HTTP/1.1 {strike.status} Struck", *(f"{k}: {v}" for k, v in headers.items())]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        self._noted.note(status=strike.status, byte=0)
        await self._writer.drain()

    async def _pass_on(self, head: bytes, reader: asyncio.StreamReader) -> None:
        strike, writer = self._strike, self._writer
        length = int(header(head, "content-length") or 0)
        place = None if strike is None else place_of(strike, length)
        head = without(head, "connection")
        if strike is not None and place is not None:
            head = told_wrong(strike.kind, head, place)
            self._noted.note(byte=self._noted.reply.start + place)
        self._noted.note(status=int(head.split(b" ", 2)[1]))
        writer.write(head)
        sent = 0
        while chunk := await reader.read(CHUNK_BYTES):
            if strike is None or place is None or sent + len(chunk) <= place:
                writer.write(chunk)
            elif strike.kind is Kind.TRICKLE:
                await self._trickle(chunk, max(0, place - sent), strike.rate)
            elif strike.kind is Kind.CORRUPT:
                writer.write(corrupted(chunk, place - sent))
            elif strike.kind is Kind.RANGE:
                writer.write(chunk)
            else:
                writer.write(chunk[: max(0, place - sent)])
                await writer.drain()
                self._noted.note(sent=place)
                if strike.kind is Kind.SHORT:
                    return
                await self._end(strike.kind)
            await writer.drain()
            sent += len(chunk)
            self._noted.note(sent=sent)

    async def _trickle(self, chunk: bytes, whole: int, rate: float) -> None:
        """The chunk's first `whole` bytes as fast as they go, then so few at a time."""
        sent = self._noted.reply.sent
        self._writer.write(chunk[:whole])
        step = max(1, min(CHUNK_BYTES, int(rate * TRICKLE_S)))
        for begin in range(whole, len(chunk), step):
            self._writer.write(chunk[begin : begin + step])
            await self._writer.drain()
            self._noted.note(sent=sent + min(begin + step, len(chunk)))
            await asyncio.sleep(step / rate)
            if self._client.reader.at_eof():
                raise Cut(LEFT)

    async def _end(self, kind: Kind) -> None:
        match kind:
            case Kind.RESET:
                await self._client.arrived()
                self._client.reset()
                raise Cut("reset")
            case Kind.CLOSE:
                raise Cut("closed")
            case _:
                await self._client.reader.read(1)
                raise Cut(LEFT)
