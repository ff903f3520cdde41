"""While a film streams or lies here, and after: no picture or sound in clear on disk, no secret.

The real application plays through the real libVLC, in folders of its own; every file in them is
searched, those that are open though deleted too.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from player_app.reference_service.demo import PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.server import RunningService
from player_app.resources import resource
from tests.app_process import app_process
from tests.plugins.promises import Promise
from tests.secrecy.plain_film import PlainFilm, content_keys, plain_segments
from tests.secrecy.searching import files_below, found_in
from tests.storage.private_keyring import PrivateKeyring, private_keyring
from tests.waiting import until

FILM = "picture-start"
FOLDER = resource("demo") / "streams" / FILM
PLAYED_MS = 2_500


@pytest.fixture(scope="module")
def segments() -> list[bytes]:
    return list(plain_segments(FOLDER))


@dataclass
class Searched:
    """What to look for, where, and how much was looked through."""

    film: PlainFilm
    folders: list[Path]
    secrets: dict[str, bytes]
    files: int = 0

    def hits(self, extra: list[Path]) -> list[str]:
        files = [*files_below(self.folders), *extra]
        self.files += len(files)
        found = found_in(files, self.secrets)
        for file in files:
            try:
                data = file.read_bytes()
            except (FileNotFoundError, PermissionError):
                continue
            found += [f"{what} in {file}" for what in self.film.found_in(data)]
        return found


def open_files(process: int) -> list[Path]:
    """Regular files that a process holds open, wherever they are, deleted or not."""
    held = []
    for descriptor in Path(f"/proc/{process}/fd").iterdir():
        try:
            target = str(descriptor.readlink())
        except FileNotFoundError:
            continue
        if target.startswith("/") and descriptor.is_file():
            held.append(descriptor)
    return held


@contextmanager
def taking(profile: Path, address: str, keyring: PrivateKeyring) -> Iterator[subprocess.Popen[str]]:
    """A player that is at the service, or without an address at no service."""
    told = (str(profile), address, FILM)
    with app_process("tests.secrecy.taking_process", *told, variables=keyring.variables) as process:
        yield process


def done(process: subprocess.Popen[str], word: str) -> Any:
    """What came of it."""
    said = asked(process, word)
    assert process.stderr is not None
    assert said, process.stderr.read()
    return json.loads(said)


@contextmanager
def watching(
    profile: Path, service: RunningService, keyring: PrivateKeyring
) -> Iterator[subprocess.Popen[str]]:
    told = (str(profile), service.address, FILM)
    with app_process(
        "tests.secrecy.watching_process", *told, variables=keyring.variables
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        said = process.stdout.readline()
        assert said == "playing\n", said + process.stderr.read()
        until(lambda: int(asked(process, "position")) > PLAYED_MS, "the film to go on", 30)
        yield process


def asked(process: subprocess.Popen[str], word: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    print(word, file=process.stdin, flush=True)
    return process.stdout.readline()


@pytest.mark.thorough
@pytest.mark.promise(16)
def test_a_streamed_film_leaves_nothing_of_itself_and_no_key(
    tmp_path: Path,
    home: Path,
    service: RunningService,
    segments: list[bytes],
    promise: Promise,
) -> None:
    film = PlainFilm(segments, promise.count(smoke=4, full=40))
    with private_keyring(home) as keyring:
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        keyring.variables["TMPDIR"] = str(temporary)
        runtime = Path(keyring.variables["XDG_RUNTIME_DIR"])
        keyring.unlock("pw")
        searched = Searched(
            film,
            [tmp_path / "profile", temporary, home, runtime],
            {"password": PASSWORD.encode(), **content_keys(FOLDER)},
        )
        for end in ("kill", "quit"):
            with watching(tmp_path / "profile", service, keyring) as process:
                told = json.loads(asked(process, "secrets"))
                searched.secrets |= {
                    f"{name} {end}": bytes.fromhex(value) for name, value in told.items()
                }
                assert searched.hits(open_files(process.pid)) == []
                if end == "quit":
                    asked(process, "quit")
                    assert process.wait(10) == 0
                else:
                    process.kill()
                    process.wait()
            assert searched.hits([]) == []
        assert (tmp_path / "profile" / "verite.sqlite3").stat().st_size > 0
        assert (tmp_path / "profile" / "logs" / "verite.log").exists()
    assert len(film.windows) > 3 * len(segments)
    promise.tried(searched.files)


@pytest.mark.promise(16)
def test_a_film_that_is_taken_along_leaves_nothing_of_itself_and_no_key(
    tmp_path: Path,
    *,
    home: Path,
    service: RunningService,
    hooks: TestHooks,
    segments: list[bytes],
    promise: Promise,
) -> None:
    film, profile = PlainFilm(segments, promise.count(smoke=4, full=40)), tmp_path / "profile"
    with private_keyring(home) as keyring:
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        keyring.variables["TMPDIR"] = str(temporary)
        runtime = Path(keyring.variables["XDG_RUNTIME_DIR"])
        keyring.unlock("pw")
        searched = Searched(
            film,
            [profile, temporary, home, runtime],
            {"password": PASSWORD.encode(), **content_keys(FOLDER)},
        )

        def expect_nothing(process: subprocess.Popen[str], when: str) -> None:
            told = done(process, "secrets")
            searched.secrets |= {f"{name} {when}": bytes.fromhex(told[name]) for name in told}
            assert searched.hits(open_files(process.pid)) == []

        with taking(profile, service.address, keyring) as process:
            taken_bytes = done(process, "take")
            expect_nothing(process, "taken")
            process.kill()
            process.wait()
        assert searched.hits([]) == []
        assert_lies_in(profile / "segments", taken_bytes)
        answered = len(hooks.requests)
        with taking(profile, "", keyring) as process:
            assert done(process, "check") == ["None"]
            expect_nothing(process, "checked")
            assert done(process, "play") > 0
            expect_nothing(process, "played")
            asked(process, "quit")
            assert process.wait(10) == 0
        assert searched.hits([]) == []
        assert len(hooks.requests) == answered
    assert any(name.startswith("session token") for name in searched.secrets)
    promise.tried(searched.files)


def assert_lies_in(folder: Path, taken_bytes: int) -> None:
    """All of the film is among what was searched; its captions lie there in clear, as they may."""
    files = [file for file in files_below([folder]) if "index.sqlite3" not in file.name]
    assert sum(file.stat().st_size for file in files) >= taken_bytes
    captions = (FOLDER / "captions/en.vtt").read_bytes()
    assert any(file.read_bytes() == captions for file in files)


@pytest.mark.parametrize(
    "name", ["film", "fragment", "key", "hex", "base64", "url", "claims", "ts"]
)
def test_the_search_finds_what_it_looks_for(
    tmp_path: Path, segments: list[bytes], name: str
) -> None:
    key = os.urandom(16)
    film = PlainFilm(segments, 40)
    middle = len(segments[0]) // 2
    written = {
        "film": segments[0][middle - 2_000 : middle + 2_001],
        "fragment": segments[0][:100],
        "key": b"x" + key + b"y",
        "hex": b"key=" + key.hex().encode(),
        "base64": base64.b64encode(b"12345" + key + b"6"),
        "url": base64.urlsafe_b64encode(b"1234" + key),
        "claims": base64.urlsafe_b64encode(f'{{"keys":"{key.hex()}"}}'.encode()),
        "ts": (b"\x47\x40" + bytes(186)) * 6,
    }[name]
    (tmp_path / "in").mkdir()
    (tmp_path / "in/clear").write_bytes(bytes(5) + written)
    searched = Searched(film, [tmp_path / "in"], {"key": key})
    assert searched.hits([])
    (tmp_path / "in/clear").write_bytes(os.urandom(100_000))
    assert searched.hits([]) == []
