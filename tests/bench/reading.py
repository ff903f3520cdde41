"""What the gateway gives out of a film that is here, read as quickly as it comes."""

from __future__ import annotations

import http.client
import os
import re
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from player_app.app import App

MB = 1_000_000
FILM_BPS = 8_000_000
"""A film of so many bit/s is the one whose share of a core is asked for."""


def read_through(app: App, film: str) -> tuple[float, float]:
    """Seconds for 50 MB, and the share of a core that a film of 8 Mbit/s takes."""
    from player_app.core.stream import Taste, preferred_audio  # noqa: PLC0415 - after protect
    from player_app.media.gateway.sessions import Permission  # noqa: PLC0415 - after protect

    permit = app._offline.licensing.permits.permit(film)
    listed = permit.segment_list
    assert listed is not None
    permission = Permission(
        permit=permit,
        video=listed.videos()[0],
        audio=preferred_audio(listed.audios(), Taste()),
        renew=lambda: permit,
        may_go_out=lambda: None,
        origins=app._offline._taking.origins(),
    )
    gateway = app._offline._taking._gateway
    session = gateway.session(permission)
    session.prepare(0)
    address = urlsplit(gateway.serve(session))
    assert address.hostname is not None
    connection = http.client.HTTPConnection(address.hostname, address.port)
    folder = address.path.rpartition("/")[0]
    names = re.findall(r"^\d+\.m4s$", _got(connection, address.path).decode(), re.MULTILINE)
    cpu_before, begun = os.times(), time.monotonic()
    size = sum(len(_got(connection, f"{folder}/{name}")) for name in names)
    took_s, cpu_after = time.monotonic() - begun, os.times()
    gateway.abort(session)
    spent_s = cpu_after.user + cpu_after.system - cpu_before.user - cpu_before.system
    return took_s * 50 * MB / size, spent_s / (size * 8 / FILM_BPS)


def _got(connection: http.client.HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    reply = connection.getresponse()
    assert reply.status == http.client.OK, reply.status
    return reply.read()
