"""The service's own keys for licences and media addresses: made once, kept in its folder."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from joserfc.jwk import OKPKey


@dataclass(frozen=True, slots=True)
class Keys:
    """`media` maps a key id to 32 bytes: the first signs, the others are still accepted.

    `links` makes checkout links and `replies` seals kept replies, so that a copy of the database
    opens no checkout; `notices` is shared with the `test` payment provider.
    """

    licence: OKPKey = field(repr=False)
    media: dict[str, bytes] = field(repr=False)
    links: bytes = field(repr=False)
    replies: bytes = field(repr=False)
    notices: bytes = field(repr=False)

    def public_jwks(self) -> dict[str, list[dict[str, str]]]:
        """The licence key as anybody may know it (RFC 7517)."""
        public = {
            key: str(value)
            for key, value in self.licence.as_dict(private=False).items()
            if key in ("kty", "crv", "x", "kid")
        }
        return {"keys": [{**public, "use": "sig", "alg": "Ed25519"}]}


def load_or_make(folder: Path) -> Keys:
    """The folder's keys; made at the first call."""
    file = folder / "keys.json"
    if not file.exists():
        licence = OKPKey.generate_key("Ed25519", {"kid": secrets.token_hex(4)})
        media = {secrets.token_hex(4): secrets.token_hex(32)}
        made = {"licence": licence.as_dict(private=True), "media": media}
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            json.dump(made, out)
    kept = json.loads(file.read_text())
    secret = kept["licence"]["d"].encode()
    return Keys(
        OKPKey.import_key(kept["licence"]),
        {name: bytes.fromhex(value) for name, value in kept["media"].items()},
        _derived(secret, b"verite checkout link v1"),
        _derived(secret, b"verite kept reply v1"),
        _derived(secret, b"verite payment notice v1"),
    )


def _derived(secret: bytes, label: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=label).derive(secret)
