"""A real HTTPS server on loopback whose certificate proves nothing, each in its own way."""

from __future__ import annotations

import contextlib
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import socket
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.service.site import Site

NOW = datetime.now(UTC)
YEAR = timedelta(days=365)
HERE = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))


@dataclass(frozen=True, slots=True)
class Claims:
    """What a certificate says: for whom, until when."""

    name: x509.GeneralName
    until: datetime


Certify = Callable[[], Claims]


def self_signed() -> Claims:
    return Claims(HERE, NOW + YEAR)


def expired() -> Claims:
    return Claims(HERE, NOW - timedelta(days=1))


def for_another_name() -> Claims:
    return Claims(x509.DNSName("films.example.org"), NOW + YEAR)


class SecureSite(Site):
    """`shaken` counts the connections that a handshake was tried on."""

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__()
        self.address = self.address.replace("http:", "https:")
        self.shaken = 0
        self._context = context

    def get_request(self) -> tuple[socket, Any]:
        connection, peer = super().get_request()
        self.shaken += 1
        return self._context.wrap_socket(connection, server_side=True), peer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A player that hangs up is what the tests are about."""


@contextlib.contextmanager
def secure_site(folder: Path, claims: Claims) -> Iterator[SecureSite]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(folder, claims))
    site = SecureSite(context)
    thread = threading.Thread(target=site.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        thread.join()
        site.server_close()


def _certificate(folder: Path, claims: Claims) -> Path:
    """The key and its certificate, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "films")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 2 * YEAR)
        .not_valid_after(claims.until)
        .add_extension(x509.SubjectAlternativeName([claims.name]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path
