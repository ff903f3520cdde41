"""The reference service for the bench, in a process of its own, seen through an address of ours.

Prints its port, reads the address it is to be known by, prints `ready`, ends with its input.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from player_app.reference_service import films
from player_app.reference_service.server import loopback_socket, running
from player_app.reference_service.service import Service
from player_app.reference_service.settings import Settings
from player_app.reference_service.studio.package import Track, write_master, write_rendition
from tests.bench.films import SEGMENT_S
from tests.subscription import subscribe

DEMO = Path(__file__).parents[2] / "resources" / "demo"
FILM_ID = "film-01"
SLUG = "picture-start"


def bench_resources(folder: Path, film: Path) -> Path:
    """The demo's files with one film's stream replaced by `film`, encrypted as the others."""
    resources, target = folder / "resources", folder / "resources" / "streams" / SLUG
    target.mkdir(parents=True)
    for name in ("catalogue", "pictures"):
        (resources / name).symlink_to(DEMO / name)
    renditions, keys = [], {}
    tracks: tuple[tuple[str, dict[str, object]], ...] = (
        ("v720", {"kind": "video", "width": 1280, "height": 720, "frame_rate": 24.0}),
        ("a-main", {"kind": "audio", "role": "main", "language": "en", "name": "English"}),
    )
    for name, facts in tracks:
        clear = folder / f"{name}.mp4"
        stream = "v:0" if facts["kind"] == "video" else "a:0"
        command = ["ffmpeg", "-v", "error", "-y", "-i", str(film), "-map", f"0:{stream}"]
        subprocess.run([*command, "-c", "copy", str(clear)], check=True)
        entry, key = write_rendition(target, Track(name, clear, facts), SEGMENT_S)
        renditions.append(entry)
        keys[str(entry["key"])] = key
    write_master(target, renditions)
    length_ms = sum(each["duration_ms"] for each in renditions[0]["segments"])  # type: ignore[attr-defined]
    package = {
        "length_ms": length_ms,
        "renditions": renditions,
        "captions": [],
        "preview": None,
        "chapters": [],
        "content_keys": keys,
    }
    (target / "package.json").write_text(json.dumps(package))
    return resources


@contextlib.contextmanager
def bench_service(
    resources: Path, known_as: Callable[[int], str] | None = None, films_in_all: int = 0
) -> Iterator[str]:
    """The service until the end of the block; `known_as` makes its address of its port."""
    command = [sys.executable, "-m", "tests.bench.service", "--resources", str(resources)]
    process = subprocess.Popen(
        [*command, "--films", str(films_in_all)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the service was started without pipes")
    try:
        port = int(process.stdout.readline())
        address = known_as(port) if known_as else f"http://127.0.0.1:{port}"
        process.stdin.write(f"{address}\n")
        process.stdin.flush()
        if process.stdout.readline().strip() != "ready":
            raise RuntimeError("the service did not start")
        yield address
    finally:
        process.communicate(timeout=30)


def _multiply(service: Service, count: int) -> None:
    """As many films as asked for, each with a synopsis of 2,000 characters."""
    with service.transaction() as session:
        model = dict(films.find(session, "film-07").body)
    text = " ".join(model["synopsis"])
    for start in range(0, count, 500):
        with service.transaction() as session:
            numbers = range(start, min(start + 500, count))
            films.put(session, *(_numbered(model, number, text) for number in numbers))


def _numbered(model: dict[str, Any], number: int, text: str) -> dict[str, Any]:
    name, title = f"many-{number}", f"{model['title']} {number}"
    synopsis = [text[:1000], text[1000:2000]]
    return {**model, "id": name, "slug": name, "title": title, "synopsis": synopsis}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=Path, required=True)
    parser.add_argument("--films", type=int, default=0)
    arguments = parser.parse_args()
    bound = loopback_socket()
    print(bound.getsockname()[1], flush=True)  # noqa: T201 - the parent reads it
    folder = Path(tempfile.mkdtemp(prefix="verite-bench-"))
    settings = Settings(
        origin=sys.stdin.readline().strip(), folder=folder, resources=arguments.resources
    )
    try:
        with running(settings, bound=bound) as service:
            subscribe(service.service)
            _multiply(service.service, arguments.films)
            print("ready", flush=True)  # noqa: T201 - the parent reads it
            sys.stdin.read()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
