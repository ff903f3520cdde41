"""Files: media behind a grant, pictures for everybody; Range, ETag and HEAD by Starlette."""

from __future__ import annotations

import re

from fastapi import APIRouter
from fastapi.responses import FileResponse

from player_app.reference_service import films, media
from player_app.reference_service.api.authority import TheService
from player_app.reference_service.problems import Problem

router = APIRouter()
_SLUG = re.compile(r"[a-z0-9-]{1,100}")
_PICTURE = re.compile(r"[a-z0-9-]{1,60}\.jpg")


@router.head("/media/{grant}/{film_id}/{path:path}", include_in_schema=False)
@router.get("/media/{grant}/{film_id}/{path:path}")
def media_file(service: TheService, grant: str, film_id: str, path: str) -> FileResponse:
    media.check(service.keys, grant, film_id, service.now())
    with service.reading() as session:
        slug = films.slug_of(session, film_id)
    file = media.file_below(service.settings.resources / "streams" / slug, path)
    return FileResponse(file, media_type=media.TYPES[file.suffix])


@router.head("/pictures/{slug}/{name}", include_in_schema=False)
@router.get("/pictures/{slug}/{name}")
def picture(service: TheService, slug: str, name: str) -> FileResponse:
    file = service.settings.resources / "pictures" / slug / name
    if not (_SLUG.fullmatch(slug) and _PICTURE.fullmatch(name) and file.is_file()):
        raise Problem("not-found", "There is no such picture.")
    return FileResponse(
        file, media_type="image/jpeg", headers={"Cache-Control": "public, max-age=86400"}
    )
