"""The demo's catalogue is whole, and every film of it says what it promises."""

import hashlib
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from player_app.core.catalogue import AudioRole, CaptionKind, OfferKind, Permission
from player_app.core.rental import Terms

DEMO = Path(__file__).parents[2] / "resources" / "demo"
CATALOGUE, PICTURES = DEMO / "catalogue", DEMO / "pictures"
WITH_STREAMS = {
    "picture-start",
    "four-hundred-and-fifty-complaints",
    "the-brass-sea",
    "starling-arithmetic",
    "eight-hundred-thousand-winters",
    "the-last-lamplighter",
}
SUBJECTS = {
    "Arts", "Cities", "Craft", "Health", "History", "Justice",
    "Language", "Music", "Nature", "Politics", "Science", "Sport", "Technology",
}  # fmt: skip
POSTER_AND_BACKDROP = {
    "poster-400.jpg": (400, 600, 35_000),
    "poster-800.jpg": (800, 1200, 110_000),
    "backdrop-960.jpg": (960, 540, 45_000),
    "backdrop-1920.jpg": (1920, 1080, 170_000),
}


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


FILMS = {path.stem: read(path) for path in sorted((CATALOGUE / "films").glob("*.json"))}
INDEX = read(PICTURES / "index.json")
IDS = {film["id"] for film in FILMS.values()}
every_film = pytest.mark.parametrize("film", FILMS.values(), ids=list(FILMS))


def test_there_are_at_least_twenty_four_films_and_each_is_named_once() -> None:
    assert len(FILMS) >= 24
    assert len(IDS) == len(FILMS)
    assert len({film["title"] for film in FILMS.values()}) == len(FILMS)
    assert all(film["slug"] == slug for slug, film in FILMS.items())
    assert [slug for slug, film in FILMS.items() if film["featured"]] == [
        "four-hundred-and-fifty-complaints"
    ]


@every_film
def test_a_film_says_everything_that_a_page_shows(film: dict[str, Any]) -> None:
    assert re.fullmatch(r"film-\d\d", film["id"])
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", film["slug"])
    for name in ("title", "tagline", "summary"):
        assert film[name].strip() == film[name] != ""
    assert 4 <= len(film["synopsis"]) <= 7
    assert all(len(paragraph) > 60 for paragraph in film["synopsis"])
    assert sum(map(len, film["synopsis"])) > 1300
    assert film["directors"]
    assert {*film["directors"]} <= {person["name"] for person in film["people"]}
    assert all(person["role"] for person in film["people"])
    assert film["subjects"]
    assert {*film["subjects"]} <= SUBJECTS
    assert all(re.fullmatch("[A-Z]{2}", country) for country in film["countries"])
    assert all(re.fullmatch("[a-z]{2,3}", language) for language in film["languages"])
    assert 2020 <= film["year"] <= 2026


@every_film
def test_a_film_uses_only_the_contract_s_words(film: dict[str, Any]) -> None:
    for track in film["audio"]:
        AudioRole(track["role"])
    for track in film["captions"]:
        CaptionKind(track["kind"])
    assert {"home", "classroom", "public_screening"} == {*film["rights"]}
    for permission in film["rights"].values():
        Permission(permission)
    for offer in film["offers"]:
        OfferKind(offer["kind"])
        Terms(**offer["terms"])


@every_film
def test_chapters_start_at_nothing_and_stay_in_order_and_inside(film: dict[str, Any]) -> None:
    starts = [chapter["start_ms"] for chapter in film["chapters"]]
    assert starts == sorted({*starts})
    if not film["streams"]:
        assert starts[0] == 0
        assert starts[-1] < film["length_ms"]
        assert 42 * 60_000 <= film["length_ms"] <= 118 * 60_000


@every_film
def test_related_films_are_there_and_are_others(film: dict[str, Any]) -> None:
    assert len(film["related"]) >= 3
    assert {*film["related"]} <= IDS - {film["id"]}


def test_exactly_the_films_with_streams_can_be_bought() -> None:
    assert {slug for slug, film in FILMS.items() if film["streams"]} == WITH_STREAMS
    assert {slug for slug, film in FILMS.items() if film["offers"]} == WITH_STREAMS
    for slug in WITH_STREAMS:
        rental, subscription = FILMS[slug]["offers"]
        assert (rental["kind"], rental["price"]) == (
            "rental",
            {"amount_minor": 100, "currency": "GBP"},
        )
        assert (subscription["id"], subscription["kind"]) == ("offer-subscription", "subscription")


@every_film
def test_a_film_without_streams_says_from_when_it_can_be_seen(film: dict[str, Any]) -> None:
    starts = datetime.fromisoformat(film["availability"]["from"])
    if film["streams"]:
        assert starts <= datetime(2026, 1, 1, tzinfo=UTC)
    else:
        assert starts.year == 2027


@every_film
def test_a_film_has_its_pictures_in_their_sizes_each_with_words(film: dict[str, Any]) -> None:
    for name, (width, height, most_bytes) in POSTER_AND_BACKDROP.items():
        entry = INDEX[f"{film['slug']}/{name}"]
        assert (entry["width"], entry["height"]) == (width, height)
        assert entry["bytes"] <= most_bytes
    pictures = film["pictures"]
    stills = [name for name in INDEX if name.startswith(f"{film['slug']}/still-")]
    assert len(stills) <= len(pictures["stills"])
    assert len(pictures["stills"]) == (4 if film["streams"] else 2)
    for picture in (pictures["poster"], pictures["backdrop"], *pictures["stills"]):
        assert len(picture["alt"]) > 15


def test_the_index_lists_the_folder_as_it_is() -> None:
    files = {path.relative_to(PICTURES).as_posix(): path for path in PICTURES.glob("*/*.jpg")}
    assert {*files} == {*INDEX}
    for name, path in files.items():
        data, entry = path.read_bytes(), INDEX[name]
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["bytes"] == len(data)
        assert re.fullmatch("#[0-9a-f]{6}", entry["colour"])
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.size == (entry["width"], entry["height"])
    assert sum(entry["bytes"] for entry in INDEX.values()) <= 8_000_000


def test_rows_name_films_that_are_there_and_none_twice() -> None:
    rows = read(CATALOGUE / "collections.json")["collections"]
    assert 5 <= len(rows) <= 6
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert row["title"]
        assert row["description"].endswith(".")
        assert len(row["films"]) == len({*row["films"]})
        assert {*row["films"]} <= IDS


def test_comments_are_by_viewers_with_allowed_names_inside_their_film() -> None:
    comments = read(CATALOGUE / "comments.json")["comments"]
    assert len({comment["id"] for comment in comments}) == len(comments)
    talked_about = {comment["film"] for comment in comments}
    assert talked_about < IDS
    assert len(talked_about) >= 8
    for comment in comments:
        assert re.fullmatch("[A-Za-z0-9_]{3,30}", comment["author"]["username"])
        assert re.fullmatch(r"[^\W_]+( [^\W_]+)*", comment["author"]["display_name"])
        assert 0 < len(comment["text"]) <= 4000
        assert datetime.fromisoformat(comment["created_at"]) < datetime(2026, 11, 23, tzinfo=UTC)
        assert (comment["position_ms"] or 0) < 60_000
