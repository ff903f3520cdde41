"""A client's connection to the fault proxy, and how TCP lets it end."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import socket
import struct
import termios
import time
from dataclasses import dataclass

FLUSHED_WITHIN_S = 1.0


@dataclass(eq=False, slots=True)
class Connection:
    """`was_cut` tells an outage's end of it from the client's own."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    was_cut: bool = False

    def cut(self) -> None:
        self.was_cut = True
        self.reset()

    def reset(self) -> None:
        """End it by TCP's RST: lingering for no time at all (socket(7), SO_LINGER)."""
        found = self.writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    async def arrived(self) -> None:
        """Wait until the client's kernel has what was written: a reset would throw it away."""
        connection = self.writer.get_extra_info("socket")
        until = time.monotonic() + FLUSHED_WITHIN_S
        while time.monotonic() < until:
            # TIOCOUTQ on a TCP socket: bytes that are not acknowledged yet (tcp(7), SIOCOUTQ)
            waiting = fcntl.ioctl(connection.fileno(), termios.TIOCOUTQ, bytes(4))
            if not any(waiting) and not self.writer.transport.get_write_buffer_size():
                return
            await asyncio.sleep(0.001)
