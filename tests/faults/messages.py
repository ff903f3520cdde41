"""HTTP messages as bytes: what a strike reads in them, and makes of them."""

from __future__ import annotations

from tests.faults.strikes import Kind, Strike


def header(head: bytes, name: str) -> str | None:
    for line in head.split(b"\r\n")[1:]:
        key, _, value = line.partition(b":")
        if key.strip().lower() == name.encode():
            return value.strip().decode("latin-1")
    return None


def without(message: bytes, name: str, instead: bytes = b"") -> bytes:
    """The message without a header, or with another line in its place."""
    head, _, body = message.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    kept = [each for each in lines if not each.lower().startswith(name.encode() + b":")]
    return b"\r\n".join([first, *kept]) + b"\r\n" + instead + b"\r\n" + body


def first_byte(asked: str | None) -> int:
    return int((asked or "bytes=0-").removeprefix("bytes=").partition("-")[0] or 0)


def place_of(strike: Strike, length: int) -> int:
    """Which byte of the body is struck; a wrong range is wrong from the first on."""
    if strike.kind is Kind.RANGE:
        return 0
    return min(length - 1, int(length * (strike.part or 0.0)))


def told_wrong(kind: Kind, head: bytes, place: int) -> bytes:
    """The head of a reply that says something wrong about its body."""
    if kind is Kind.SHORT:
        return without(head, "content-length", f"Content-Length: {place}\r\n".encode())
    if kind is Kind.RANGE:
        length = int(header(head, "content-length") or 0)
        wrong = f"Content-Range: bytes 7-{length + 6}/{length + 7}\r\n".encode()
        partial = b"HTTP/1.1 206 Partial Content\r\n" + head.partition(b"\r\n")[2]
        return without(partial, "content-range", wrong)
    return head


def corrupted(chunk: bytes, place: int) -> bytes:
    if not 0 <= place < len(chunk):
        return chunk
    return chunk[:place] + bytes([chunk[place] ^ 1]) + chunk[place + 1 :]
