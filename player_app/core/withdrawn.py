"""A film that the service shows no more, and that somebody still has."""

from __future__ import annotations

from dataclasses import replace

from player_app.core.catalogue import Film, Permission, Rights

UNKNOWN_TITLE = "A film that the service no longer shows"


def withdrawn(film: Film) -> Film:
    """As it was last told of: there is nothing of it to buy any more."""
    return replace(film, offers=(), featured=False)


def stand_in(film_id: str) -> Film:
    """For a film of which nothing is known here but that it may be played."""
    ask = Permission.ASK
    return Film(
        id=film_id,
        slug=film_id,
        title=UNKNOWN_TITLE,
        original_title=None,
        year=0,
        length_ms=0,
        countries=(),
        languages=(),
        directors=(),
        people=(),
        subjects=(),
        advisory=None,
        tagline="",
        summary="",
        synopsis=(),
        poster=None,
        backdrop=None,
        stills=(),
        trailer=None,
        audio=(),
        captions=(),
        chapters=(),
        rights=Rights(home=ask, classroom=ask, public_screening=ask, address=None),
        offers=(),
        available_from=None,
        available_until=None,
        streams=True,
        featured=False,
        related=(),
    )
