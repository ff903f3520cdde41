"""What a verite:// link asks for; a link never changes the service by itself."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

LONGEST_LINK = 2_000


@dataclass(frozen=True, slots=True)
class Link:
    """`host` is the service that the link speaks of; `film` the slug of a film, or ""."""

    host: str
    film: str


def read_link(text: str) -> Link | None:
    """`verite://host/films/slug`, or None for anything else."""
    if len(text) > LONGEST_LINK:
        return None
    try:
        parts = urlsplit(text.strip())
        host = parts.netloc
    except ValueError:
        return None
    if parts.scheme != "verite" or not host or "@" in host:
        return None
    match parts.path.strip("/").split("/"):
        case ["films", slug] if slug:
            return Link(host, slug)
        case _:
            return Link(host, "")
