"""Every film's art, by slug."""

from __future__ import annotations

from player_app.reference_service.studio.pictures import (
    crowds,
    depths,
    grounds,
    machines,
    objects,
    skies,
)
from player_app.reference_service.studio.pictures.sheet import Art

GALLERY: dict[str, Art] = {
    **machines.ART,
    **skies.ART,
    **depths.ART,
    **grounds.ART,
    **crowds.ART,
    **objects.ART,
}
