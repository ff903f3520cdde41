"""The feed of films, comments, licences and media, over real HTTP."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from joserfc import jwe, jws
from joserfc.jwk import OKPKey

from player_app.reference_service import films, media
from tests.reference_service.caller import Caller


def test_the_feed_tells_what_changed_since(caller: Caller) -> None:
    whole = caller.get("/v1/films").json()
    assert len(whole["films"]) >= 24
    assert not whole["more"]
    with caller.service.transaction() as session:
        body = dict(films.find(session, "film-07").body, tagline="New words.")
        films.put(session, body)
        films.remove(session, "film-08")
    change = caller.get(f"/v1/films?cursor={whole['cursor']}").json()
    assert [film["tagline"] for film in change["films"]] == ["New words."]
    assert change["removed"] == ["film-08"]
    nothing = caller.get(f"/v1/films?cursor={change['cursor']}").json()
    assert (nothing["films"], nothing["removed"]) == ([], [])


def test_the_feed_comes_in_pages_and_every_film_once(onlooker: Caller) -> None:
    seen: list[str] = []
    cursor, more = "", True
    while more:
        page = onlooker.get(f"/v1/films?cursor={cursor}&limit=5").json()
        seen += [film["id"] for film in page["films"]]
        cursor, more = page["cursor"], page["more"]
    assert len(seen) == len(set(seen)) >= 24


def test_the_feed_is_compressed_and_tagged(onlooker: Caller) -> None:
    reply = onlooker.get("/v1/films")
    assert reply.headers["Content-Encoding"] == "gzip"
    again = onlooker.get("/v1/films", headers={"If-None-Match": reply.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("cursor", ["-1", "x", "9" * 30, "1e3"])
def test_a_strange_cursor_is_refused(onlooker: Caller, cursor: str) -> None:
    assert onlooker.get("/v1/films", params={"cursor": cursor}).status_code == 422


def test_a_comment_is_posted_once_and_read_newest_first(viewer: Caller) -> None:
    for _ in range(2):
        reply = viewer.post(
            "/v1/films/film-01/comments",
            json={"text": "<b>Good</b>"},
            headers={"Idempotency-Key": "c-1"},
        )
        assert reply.status_code == 201
    viewer.post("/v1/films/film-01/comments", json={"text": "Newer.", "position_ms": 5000})
    page = viewer.get("/v1/films/film-01/comments?limit=2").json()
    assert [each["text"] for each in page["comments"]] == ["Newer.", "<b>Good</b>"]
    assert page["comments"][0]["mine"]
    viewer.delete(f"/v1/comments/{page['comments'][0]['id']}")
    assert viewer.get("/v1/films/film-01/comments").json()["total"] == page["total"] - 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_comment_has_its_bounds(viewer: Caller, text: str) -> None:
    assert viewer.post("/v1/films/film-01/comments", json={"text": text}).status_code == 422


def test_a_body_over_the_limit_is_refused(onlooker: Caller) -> None:
    reply = onlooker.post("/v1/accounts", data=b"x" * 300_000)
    assert reply.status_code == 413


def _licence(viewer: Caller) -> dict[str, Any]:
    viewer.pay(viewer.check_out().json()["id"])
    device = viewer.add_device().json()["id"]
    reply = viewer.post("/v1/films/film-01/licence", json={"device": device, "purpose": "stream"})
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


@pytest.mark.promise(20)
def test_a_licence_is_signed_bound_to_the_device_and_opens_the_film(viewer: Caller) -> None:
    reply = _licence(viewer)
    (public,) = viewer.get("/.well-known/verite").json()["jwks"]["keys"]
    signed = jws.deserialize_compact(
        reply["licence"], OKPKey.import_key(public), algorithms=["Ed25519"]
    )
    assert signed.headers()["typ"] == "verite-licence+jwt"
    claims = json.loads(signed.payload)
    assert claims["cnf"]["jkt"] == viewer.device_key.thumbprint()
    assert claims["film"] == "film-01"
    listed = reply["segment_list"].encode()
    assert claims["segments_sha256"] == hashlib.sha256(listed).hexdigest()
    sealed = jwe.decrypt_compact(
        claims["keys"], viewer.device_key, algorithms=["ECDH-ES+A256KW", "A256GCM"]
    )
    keys = json.loads(sealed.plaintext or b"{}")
    rendition = json.loads(reply["segment_list"])["renditions"][0]
    segment = rendition["segments"][0]
    base = reply["media"]["address"].rsplit("/", 1)[0]
    ciphertext = viewer.get(f"{base}/{segment['path']}").content
    assert hashlib.sha256(ciphertext).hexdigest() == segment["sha256"]
    playlist = viewer.get(f"{base}/{rendition['playlist']}").text
    vector = bytes.fromhex(playlist.split("IV=0x", 1)[1][:32])
    cipher = Cipher(algorithms.AES(bytes.fromhex(keys[rendition["key"]])), modes.CBC(vector))
    decryptor, unpadder = cipher.decryptor(), padding.PKCS7(128).unpadder()
    plain = unpadder.update(decryptor.update(ciphertext) + decryptor.finalize())
    assert plain[4:8] in (b"styp", b"moof", b"sidx", b"prft")


def test_without_a_right_there_is_no_licence(viewer: Caller) -> None:
    device = viewer.add_device().json()["id"]
    reply = viewer.post("/v1/films/film-01/licence", json={"device": device, "purpose": "stream"})
    assert reply.json()["type"] == "urn:verite:problem:no-right"


def test_media_answers_ranges_tags_and_head(viewer: Caller) -> None:
    address = _licence(viewer)["media"]["address"]
    base = address.rsplit("/", 1)[0]
    whole = viewer.get(f"{base}/v360/00000.m4s")
    part = viewer.get(f"{base}/v360/00000.m4s", headers={"Range": "bytes=16-47"})
    assert (part.status_code, part.content) == (206, whole.content[16:48])
    assert part.headers["ETag"] == whole.headers["ETag"]
    assert whole.headers["Accept-Ranges"] == "bytes"
    head = viewer.http.head(f"{base}/v360/00000.m4s", timeout=10)
    assert int(head.headers["Content-Length"]) == len(whole.content)


def test_what_is_hashed_and_asked_for_by_ranges_is_never_compressed(viewer: Caller) -> None:
    base = _licence(viewer)["media"]["address"].rsplit("/", 1)[0]
    whole = viewer.get(f"{base}/v360/index.m3u8")
    part = viewer.get(f"{base}/v360/index.m3u8", headers={"Range": "bytes=0-1499"})
    assert "Content-Encoding" not in whole.headers
    assert "Content-Encoding" not in part.headers
    assert part.content == whole.content[:1500]


def test_a_start_told_with_the_licence_request_is_in_the_licence(viewer: Caller) -> None:
    viewer.pay(viewer.check_out().json()["id"])
    device = viewer.add_device().json()["id"]
    body = {"device": device, "purpose": "offline", "started_at": "2020-01-01T00:00:00Z"}
    reply = viewer.post("/v1/films/film-01/licence", json=body)
    claims = json.loads(jws.extract_compact(reply.json()["licence"].encode()).payload)
    assert claims["started_at"] == claims["purchased_at"]
    (rental,) = viewer.get("/v1/rights").json()["rentals"]
    assert rental["started_at"] == rental["purchased_at"]


def test_the_published_description_says_problems(onlooker: Caller) -> None:
    description = onlooker.get("/openapi.json").json()
    for operations in description["paths"].values():
        for operation in operations.values():
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            assert "422" not in operation["responses"]


@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "../picture-start/package.json",
        "%2e%2e/picture-start/master.m3u8",
        "v360/../package.json",
        "..%2f..%2fcatalogue%2fcollections.json",
        "v360//00000.m4s",
        "chapters.json",
    ],
)
def test_nothing_but_the_films_files_is_served(onlooker: Caller, path: str) -> None:
    service = onlooker.service
    grant = media.sign(service.keys, "film-01", service.now() + 60)
    base = f"{onlooker.address}/media/{grant}/film-01"
    assert onlooker.get(f"{base}/master.m3u8").status_code == 200
    request = onlooker.http.prepare_request(requests.Request("GET", base))
    request.url = f"{base}/{path}"
    assert onlooker.http.send(request, timeout=10).status_code in (403, 404)


def test_a_grant_is_for_its_film_its_time_and_our_key(viewer: Caller) -> None:
    address = _licence(viewer)["media"]["address"]
    assert viewer.get(address).status_code == 200
    assert viewer.get(address.replace("film-01", "film-02")).status_code == 403
    exp, kid, sig = address.split("/media/")[1].split("/")[0].split(".")
    later = address.replace(exp, str(int(exp) + 1))
    assert viewer.get(later).status_code == 403
    assert viewer.get(address.replace(sig, "A" * 43)).status_code == 403
    assert viewer.get(address.replace(f".{kid}.", ".ffffffff.")).status_code == 403
    viewer.hooks.ahead_s = 6 * 3600
    assert viewer.get(address).status_code == 403


def test_a_grant_of_the_key_before_is_still_good(viewer: Caller) -> None:
    keys = viewer.service.keys
    old = media.sign(keys, "film-01", viewer.service.now() + 60)
    before = dict(keys.media)
    keys.media.clear()
    keys.media.update({"00ff": bytes(32), **before})
    assert media.sign(keys, "film-01", 1).split(".")[1] == "00ff"
    assert viewer.get(f"/media/{old}/film-01/master.m3u8").status_code == 200


def test_pictures_are_what_the_catalogue_says(onlooker: Caller) -> None:
    film = onlooker.get("/v1/films?limit=1").json()["films"][0]
    for file in film["pictures"]["poster"]["files"]:
        content = onlooker.get(file["address"]).content
        assert len(content) == file["bytes"]
        assert hashlib.sha256(content).hexdigest() == file["sha256"]


def test_hooks_are_no_route(onlooker: Caller) -> None:
    for path in ("/hooks", "/test", "/v1/test/captcha", "/captcha_answer"):
        assert onlooker.get(path).status_code == 404


def test_a_comment_can_be_reported(viewer: Caller) -> None:
    comment = viewer.get("/v1/films/film-01/comments").json()["comments"][0]["id"]
    assert (
        viewer.post(f"/v1/comments/{comment}/report", json={"reason": "cruel"}).status_code == 202
    )
    assert viewer.post("/v1/comments/com-none/report", json={}).status_code == 404
