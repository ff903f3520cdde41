"""Every film's art, by slug."""

from __future__ import annotations

from player_app.reference_service.studio.pictures import (
    buildings,
    crowds,
    depths,
    grounds,
    living,
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
    **buildings.ART,
    **living.ART,
    **crowds.ART,
    **objects.ART,
}
