"""Decrypts segments, AES-128-CBC with PKCS7 over the whole, piece by piece."""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from player_app.core.stream_errors import DamagedStream

BLOCK = 16


class Decryptor:
    """One segment's; a segment in clear has no key and passes as it is."""

    def __init__(self, path: str, key: bytes | None, iv: bytes | None) -> None:
        self._path = path
        self._held = b""
        self._clear = key is None or iv is None
        if key is not None and iv is not None:
            self._cipher = Cipher(algorithms.AES128(key), modes.CBC(iv)).decryptor()

    def update(self, data: bytes) -> bytes:
        """The plain bytes so far, but for the last block, which may be padding."""
        if self._clear or not data:
            return data
        plain = self._held + self._cipher.update(data)
        cut = max(0, len(plain) - BLOCK)
        self._held = plain[cut:]
        return plain[:cut]

    def finish(self) -> bytes:
        """The rest, without its padding."""
        if self._clear:
            return b""
        size = self._held[-1] if self._held else 0
        if not 1 <= size <= BLOCK or self._held[-size:] != bytes([size]) * size:
            raise DamagedStream(self._path, 1)
        return self._held[:-size]
