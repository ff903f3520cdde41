"""The demo's films, one file each, and the list of them."""

from __future__ import annotations

from importlib import import_module

from player_app.reference_service.studio.film import Film

SLUGS = (
    "picture-start",
    "four-hundred-and-fifty-complaints",
    "the-brass-sea",
    "starling-arithmetic",
    "eight-hundred-thousand-winters",
    "the-last-lamplighter",
)


def film(slug: str) -> Film:
    """The film of that slug, ready to be drawn."""
    if slug not in SLUGS:
        raise ValueError(f"there is no film “{slug}”")
    made: Film = import_module(f"{__name__}.{slug.replace('-', '_')}").film()
    return made
