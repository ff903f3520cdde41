"""Everything that a whole visit logs, searched for everything that it must not tell."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import threading
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from player_app.core.errors import VeriteError
from player_app.core.sign_in_errors import WrongPassword
from player_app.log import RedactingFormatter, redacted
from player_app.reference_service.demo import EMAIL, PASSWORD
from player_app.reference_service.hooks import TestHooks
from player_app.reference_service.visitor import pay
from tests.fakes.browser import RecordingBrowser
from tests.features.coming_back import come_back
from tests.features.conftest import NewPlayer
from tests.features.test_browser_sign_in import consent
from tests.plugins.logs import Expect

pytestmark = pytest.mark.promise(23)
WRONG = "not that quiet a cinema"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log as the player writes it, of every level; without the service's own."""
    text, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(text), root.level
    handler.setFormatter(RedactingFormatter("%(name)s %(message)s"))
    handler.addFilter(lambda record: not record.name.startswith("uvicorn"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield text
    root.setLevel(level)
    root.removeHandler(handler)


def test_a_visit_with_mishaps_leaves_no_secret_in_the_log(
    new_player: NewPlayer, hooks: TestHooks, written: io.StringIO, expect_log: Expect
) -> None:
    expect_log("uvicorn.error: Exception in ASGI application")
    expect_log("^ERROR test: ")
    returns: list[str] = []

    def visit(address: str) -> None:
        if "/checkout/" in address:
            pay(address)
        else:
            returns.append(consent(address))
            come_back(returns[0])

    player = new_player(browser=RecordingBrowser(visit))
    log = logging.getLogger("test")
    try:
        player.desk.sign_in(EMAIL, WRONG, None)
    except WrongPassword:
        log.exception("said")
    player.desk.sign_in_in_browser(threading.Event(), lambda address: log.info("%s", address))
    player.browse.refresh()
    film = next(card.film for card in player.browse.home().rows[-1].cards if card.film.streams)
    offer = next(offer.id for offer in film.offers if offer.kind == "rental")
    pending = player.checkouts.begin(film.id, offer)
    player.checkouts.wait(pending, threading.Event())
    permit = player.licences.permit(film.id)
    first = json.loads(player.secrets.get("sign-in") or "")
    for path, status in (("/media/", 500), ("/oauth/token", 503)):
        hooks.fail_next(path, status)
    player.clock.ahead_s = 700
    for act in (
        lambda: player.transport.open(permit.media_address),
        lambda: player.transport.open(permit.media_address.replace("127.0.0.1", "127.0.0.2")),
        lambda: player.connection.client().account(),
        lambda: player.transport.send("GET", pending.address or ""),
    ):
        try:
            act()
        except VeriteError:
            log.exception("failed")
    log.error("%r %r %r", permit.licence, pending, player.desk.device_key())
    hooks.cut_next("/oauth/token", bytes_sent=20)
    player.connection.client().account()
    second = json.loads(player.secrets.get("sign-in") or "")
    player.desk.sign_out()
    player.browser.close()

    device = player.desk.device_key()
    code = returns[0].partition("code=")[2].partition("&")[0]
    must_not_tell = {
        "password": PASSWORD,
        "wrong password": WRONG,
        "code": code,
        "state": returns[0].partition("state=")[2].partition("&")[0],
        "device key": device.private["d"],
        "grant": permit.media_address.split("/media/")[1].split("/")[0].split(".")[-1],
        "checkout": (pending.address or "").rpartition("/")[2],
        **{f"{name} {n}": kept[name] for n, kept in enumerate((first, second))
           for name in ("access", "refresh")},
        **{f"content key {name}": key.hex() for name, key in permit.licence.keys.items()},
    }  # fmt: skip
    text = written.getvalue()
    assert "failed" in text
    assert all(must_not_tell.values())
    assert [name for name, secret in must_not_tell.items() if secret in text] == []


SECRET = "HIDDEN-ONE"
TOKEN, KEY, SEALED = (
    "Aa0-_" * 8 + "xyz",
    bytes(range(16)).hex(),
    b64encode(bytes(range(32))).decode(),
)
LINES = (
    "GET http://h/media/99.k.HIDDEN-ONE/film/a.m4s",
    "Authorization: Bearer HIDDEN-ONE",
    "Authorization: Basic HIDDEN-ONE",
    "{'Authorization': 'Bearer HIDDEN-ONE'}",
    "[(b'authorization', b'Bearer HIDDEN-ONE')]",
    "Cookie: session=HIDDEN-ONE",
    "Set-Cookie: session=HIDDEN-ONE; HttpOnly",
    "http://h/checkout/HIDDEN-ONE-OF-A-CHECKOUT-LINK",
    "http://127.0.0.1:1/signed-in?code=HIDDEN-ONE&state=HIDDEN-ONE",
    "redirect_uri=http%3A%2F%2F127.0.0.1%2Fsigned-in%3Fcode%3DHIDDEN-ONE%26state%3DHIDDEN-ONE",
    "[('code', 'HIDDEN-ONE'), ('state', 'HIDDEN-ONE')]",
    '{"access_token": "HIDDEN-ONE", "refresh_token": "HIDDEN-ONE"}',
    "{'refresh': 'HIDDEN-ONE', 'access': 'HIDDEN-ONE'}",
    "code_verifier=HIDDEN-ONE code_challenge=shown",
    "client_secret=HIDDEN-ONE",
    "password: 'HIDDEN-ONE'",
    "PASSWORD=HIDDEN-ONE",
    "new_password=HIDDEN-ONE",
    "password=a quiet HIDDEN-ONE cinema",
    r"{'password': 'it\'s HIDDEN-ONE', 'x': 1}",
    r'{"password": "a \" HIDDEN-ONE"}',
    "eyJhbGciOiJFZDI1NTE5In0.HIDDEN-ONE.HIDDEN-ONE",
    "eyJhbGciOiJFQ0RIIn0.HIDDEN-ONE.HIDDEN-ONE.HIDDEN-ONE.HIDDEN-ONE",
    "https://viewer:HIDDEN-ONE@proxy.example:8080/",
    "https://HIDDEN-ONE@proxy.example/",
    "https://viewer:a@HIDDEN-ONE@proxy.example/",
    "https://viewer:a/HIDDEN-ONE@proxy.example/",
    "captcha=HIDDEN-ONE&captcha_id=1",
    "Idempotency-Key: HIDDEN-ONE",
    "idempotency_key='HIDDEN-ONE' nonce='HIDDEN-ONE'",
    "https://cdn.example/a.m4s?Policy=HIDDEN-ONE&Signature=HIDDEN-ONE&Key-Pair-Id=HIDDEN-ONE",
    "https://cdn.example/a.m4s?X-Amz-Signature=HIDDEN-ONE",
    """body b'{"access_token":"HIDDEN-ONE"}'""",
    "-----BEGIN PRIVATE KEY-----\nHIDDEN-ONE\n-----END PRIVATE KEY-----",
    "cvc=HIDDEN-ONE",
    r"kept '{\"refresh\":\"HIDDEN-ONE\", \"access\": \"HIDDEN-ONE\"}'",
    "[('password', 'HIDDEN-ONE'), ('refresh_token', 'HIDDEN-ONE')]",
)
BY_ITSELF = (
    TOKEN,
    KEY,
    SEALED,
    "4242424242424242",
    "4000 0000 0000 0002",
    "4242-4242-4242-4242",
)
HARMLESS = (
    "GET http://127.0.0.1:8123/v1/films?cursor=12 status_code=404",
    "exit code: 3",
    "acc-0123456789abcdef0123456789abcdef signed in at 1795461145",
    'File "/usr/lib/python3.11/site-packages/PySide6/Some.py", line 3, in a_long_name',
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "secrets last until the player closes: KeyringSilent",
    "http://h:80/x mail a@b",
)


@pytest.mark.parametrize("line", LINES)
def test_a_line_is_redacted(line: str) -> None:
    assert SECRET not in redacted(line)


@pytest.mark.parametrize("secret", BY_ITSELF)
@pytest.mark.parametrize(
    "around",
    [
        "said {} here",
        "http://127.0.0.1:4321/{}/p/0.m4s",
        "HTTPConnectionPool(host='h', port=1): Max retries exceeded with url: /{}/x (Caused by y)",
        "QNetworkReply: error opening http://127.0.0.1:1/{}",
        "[00007f3c] http access error: cannot read /{}/v/0.m4s",
        "('{}',)",
    ],
)
def test_what_looks_like_a_secret_is_hidden_wherever_it_stands(around: str, secret: str) -> None:
    assert secret not in redacted(around.format(secret))


CUT_AT = 20_000


@pytest.mark.parametrize(
    "line",
    [
        "password='HIDDEN-ONE and more words'",
        "{'refresh': 'HIDDEN-ONE-of-a-token'}",
        "body b'HIDDEN-ONE and more of a body'",
        "eyJhbGciOiJFZDI1NTE5In0.HIDDEN-ONE.HIDDEN-ONE",
        f"said HIDDEN-ONE-{TOKEN}",
    ],
)
@pytest.mark.parametrize("left", range(1, 48, 3))
def test_a_secret_across_the_place_where_a_long_line_is_cut_is_hidden(line: str, left: int) -> None:
    end = line.index(SECRET) + len(SECRET) + left
    filled = " ".join(["word"] * CUT_AT)[: CUT_AT - end - 1] + " " + line + " more" * 100
    written = RedactingFormatter().format(logging.makeLogRecord({"msg": filled}))
    assert SECRET not in written
    assert written.endswith("[cut]")


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_no_secret_can_be_read(line: str) -> None:
    assert redacted(line) == line


@pytest.mark.parametrize(
    "part", ["a", "password", "://", "b'", "eyJ", "Aa1", "1 ", "-----BEGIN KEY", "token-", "x=" * 9]
)
def test_a_long_line_holds_nobody_up(part: str) -> None:
    formatter, begun = RedactingFormatter(), time.perf_counter()
    record = logging.LogRecord("x", logging.INFO, "", 0, part * (200_000 // len(part)), None, None)
    formatter.format(record)
    assert time.perf_counter() - begun < 1


def test_what_nobody_catches_is_logged_without_its_secrets(tmp_path: Path) -> None:
    program = f"""
import gc, logging, requests, sys, threading
from pathlib import Path
from player_app import log
log.set_up(Path(sys.argv[1]))

def fails():
    raise RuntimeError("in a thread {TOKEN}")

class Left:
    def __del__(self):
        raise RuntimeError("in a finaliser {TOKEN}")

thread = threading.Thread(target=fails)
thread.start()
thread.join()
left = Left()
del left
try:
    requests.get("http://viewer:{SECRET}@127.0.0.1:1/{TOKEN}/v/0.m4s?token={SECRET}", timeout=1)
except requests.RequestException:
    logging.getLogger("x").exception("asked with %r", {{"Authorization": "Bearer {SECRET}"}})
raise RuntimeError("at the end {TOKEN}")
"""
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    text = (tmp_path / "verite.log").read_text(encoding="utf-8")
    for said in ("in a thread", "in a finaliser", "at the end", "Max retries exceeded"):
        assert said in text
    assert SECRET not in text
    assert TOKEN not in text
    assert done.returncode == 1
    assert done.stderr == ""


def test_nobody_else_may_read_the_log_after_a_rotation_either(tmp_path: Path) -> None:
    program = """
import logging, sys
from pathlib import Path
from player_app import log
log.MOST_BYTES = 1000
log.set_up(Path(sys.argv[1]))
for number in range(100):
    logging.warning("line %d of many", number)
"""
    subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=True, umask=0o022
    )
    logs = sorted(tmp_path.glob("verite.log*"))
    assert len(logs) > 2
    assert {each.stat().st_mode & 0o777 for each in logs} == {0o600}
