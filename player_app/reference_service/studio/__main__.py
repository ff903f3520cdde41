"""`python -m player_app.reference_service.studio films|pictures [SLUG …]`: the demo's files."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path

_DEMO = Path(__file__).parents[3] / "resources" / "demo"


def main() -> None:
    parser = argparse.ArgumentParser(prog="studio", description="Makes the demo's files.")
    parser.add_argument("what", choices=["films", "pictures"])
    parser.add_argument("slugs", nargs="*", help="which ones; none means all")
    parser.add_argument("--look", help="only draw stills at these seconds: 1,2.5,30")
    parser.add_argument("--stills", action="store_true", help="only save the films' stills")
    parser.add_argument("--to", type=Path, default=_DEMO, help="where to write")
    chosen = parser.parse_intermixed_args()
    if chosen.what == "pictures":
        pictures = import_module("player_app.reference_service.studio.pictures")
        pictures.make(tuple(chosen.slugs))
        return
    make = import_module("player_app.reference_service.studio.make")
    films = import_module("player_app.reference_service.studio.films")
    for slug in chosen.slugs or films.SLUGS:
        film = films.film(slug)
        if chosen.look:
            for second in chosen.look.split(","):
                picture = make.still(film, float(second), 1280)
                picture.save(chosen.to / f"{slug}-{float(second):06.2f}.png")
            continue
        make.write_stills(film, chosen.to / "pictures" / slug)
        if not chosen.stills:
            make.write_film(film, chosen.to / "streams" / slug)


if __name__ == "__main__":
    main()
