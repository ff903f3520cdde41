"""The demo's packaged films are whole: every size and hash, every key, and the leader's marks."""

from __future__ import annotations

import json
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from tests.edge_code import find_tones, read_frame_number

_STREAMS = Path(__file__).parents[2] / "resources" / "demo" / "streams"
_FILMS = sorted(path.name for path in _STREAMS.iterdir() if path.is_dir())
_LEADER = "picture-start"


def _package(slug: str) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((_STREAMS / slug / "package.json").read_bytes())
    return package


def _rendition(slug: str, rendition_id: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        entry for entry in _package(slug)["renditions"] if entry["id"] == rendition_id
    )
    return found


def _assert_checked(slug: str, entry: dict[str, Any]) -> bytes:
    data: bytes = (_STREAMS / slug / entry["path"]).read_bytes()
    assert (len(data), sha256(data).hexdigest()) == (entry["bytes"], entry["sha256"])
    return data


def _clear(slug: str, rendition_id: str) -> bytes:
    """The rendition as one MP4, decrypted with the IVs that its playlist states."""
    rendition = _rendition(slug, rendition_id)
    key = bytes.fromhex(_package(slug)["content_keys"][rendition["key"]])
    playlist = (_STREAMS / slug / rendition["playlist"]).read_text()
    ivs = [line.partition("IV=0x")[2] for line in playlist.splitlines() if "EXT-X-KEY" in line]
    clear = [_assert_checked(slug, rendition["init"])]
    for segment, iv in zip(rendition["segments"], ivs, strict=True):
        data = (_STREAMS / slug / segment["path"]).read_bytes()
        decryptor = Cipher(algorithms.AES128(key), modes.CBC(bytes.fromhex(iv))).decryptor()
        unpadder = PKCS7(128).unpadder()
        clear.append(unpadder.update(decryptor.update(data)) + unpadder.finalize())
    return b"".join(clear)


def _decoded(slug: str, rendition_id: str, *how: str) -> bytes:
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", "pipe:0", *how, "pipe:1"]
    source = _clear(slug, rendition_id)
    return subprocess.run(command, input=source, stdout=subprocess.PIPE, check=True).stdout


def _pictures(rendition_id: str, *numbers: int) -> npt.NDArray[np.uint8]:
    rendition = _rendition(_LEADER, rendition_id)
    wanted = "+".join(f"eq(n,{number})" for number in numbers)
    how = ["-vf", f"select='{wanted}'", "-fps_mode", "vfr", "-pix_fmt", "gray", "-f", "rawvideo"]
    raw = _decoded(_LEADER, rendition_id, *how)
    shape = (len(numbers), rendition["height"], rendition["width"])
    return np.frombuffer(raw, np.uint8).reshape(shape)


@pytest.mark.parametrize("slug", _FILMS)
def test_every_file_of_a_package_has_the_size_and_hash_it_states(slug: str) -> None:
    package = _package(slug)
    for entry in [*package["captions"], *package["preview"]["sheets"]]:
        _assert_checked(slug, entry)
    for rendition in package["renditions"]:
        _assert_checked(slug, rendition["init"])
        length_ms = sum(segment["duration_ms"] for segment in rendition["segments"])
        assert abs(length_ms - package["length_ms"]) < 200
        for segment in rendition["segments"]:
            data, at = _assert_checked(slug, segment), 0
            assert segment["duration_ms"] <= 6000
            for fragment in segment["fragments"]:
                run = data[at : at + fragment["bytes"]]
                assert len(run) % 16 == 0
                assert sha256(run).hexdigest() == fragment["sha256"]
                at += fragment["bytes"]
            assert at == len(data)
            assert len(segment["fragments"]) >= segment["duration_ms"] // 500


@pytest.mark.parametrize(
    "slug",
    [pytest.param(slug, marks=() if slug == _LEADER else pytest.mark.thorough) for slug in _FILMS],
)
def test_every_rendition_decrypts_with_its_key_and_decodes_without_a_fault(slug: str) -> None:
    package = _package(slug)
    assert {rendition["id"] for rendition in package["renditions"]} >= {"v360", "v720", "a-main"}
    for rendition in package["renditions"]:
        if rendition["id"] == "v720" and slug != _LEADER:
            assert _clear(slug, "v720")[4:8] == b"ftyp"
            continue
        _decoded(slug, rendition["id"], "-f", "null")


@pytest.mark.parametrize("slug", _FILMS)
def test_a_picture_keeps_to_its_bits(slug: str) -> None:
    package = _package(slug)
    for rendition_id, most in (("v720", 350_000), ("v360", 140_000), ("a-main", 64_000)):
        segments = _rendition(slug, rendition_id)["segments"]
        bits = 8 * sum(segment["bytes"] for segment in segments)
        assert bits * 1000 / package["length_ms"] <= most


def test_all_films_together_stay_small() -> None:
    size = sum(path.stat().st_size for path in _STREAMS.rglob("*") if path.is_file())
    assert size <= 25_000_000


@pytest.mark.parametrize("rendition_id", ["v360", pytest.param("v720", marks=pytest.mark.thorough)])
def test_frames_of_the_leader_wear_their_numbers(rendition_id: str) -> None:
    numbers = [0, 1, 95, 96, 601, 850, 1235, 1439]
    pictures = _pictures(rendition_id, *numbers)
    assert [read_frame_number(picture) for picture in pictures] == numbers


def test_a_picture_without_edge_code_has_no_number() -> None:
    picture = _pictures("v360", 96)[0]
    assert read_frame_number(picture[: 360 * 29 // 30]) is None
    assert read_frame_number(np.zeros((360, 640), np.uint8)) is None


def test_the_leaders_tones_start_with_their_frames() -> None:
    raw = _decoded(_LEADER, "a-main", "-f", "s16le", "-ac", "1", "-ar", "48000")
    tones = find_tones(np.frombuffer(raw, np.int16), 48_000)
    assert len(tones) == 6
    assert np.allclose(tones, [5, 15, 25, 35, 45, 55], atol=0.04)


def test_speech_and_music_hold_no_tone() -> None:
    raw = _decoded(_LEADER, "a-main", "-ss", "6", "-t", "8", "-f", "s16le", "-ac", "1")
    assert find_tones(np.frombuffer(raw, np.int16), 48_000) == []
