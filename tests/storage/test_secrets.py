"""Secrets in a real gnome-keyring, and every way in which it fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import pytest

from player_app.core.storage_errors import KeyringLocked, KeyringMissing, KeyringSilent
from player_app.storage.secrets import Secrets, SystemSecrets
from tests.fakes.keyring import MemoryKeyring
from tests.storage.private_keyring import PrivateKeyring, private_keyring
from tests.waiting import until

pytestmark = [
    pytest.mark.promise(15),
]
SECRET = "a-secret-that-no-file-may-show"


@pytest.fixture
def gnome(home: Path) -> Iterator[PrivateKeyring]:
    with private_keyring(home) as started:
        yield started


def shown_on_disk(folder: Path) -> list[Path]:
    files = [each for each in folder.rglob("*") if each.is_file()]
    return [each for each in files if SECRET.encode() in each.read_bytes()]


def test_what_one_process_keeps_another_finds_and_no_file_shows(
    gnome: PrivateKeyring, home: Path
) -> None:
    gnome.unlock("pw")
    assert gnome.errand("put", "sign-in", SECRET)["error"] is None
    assert gnome.errand("get", "sign-in")["value"] == SECRET
    assert gnome.errand("get", "another")["value"] is None
    assert gnome.errand("forget", "sign-in")["error"] is None
    assert gnome.errand("get", "sign-in")["value"] is None
    assert shown_on_disk(home) == []


def test_a_hung_keyring_is_given_up_within_its_deadline(gnome: PrivateKeyring) -> None:
    gnome.unlock("pw")
    gnome.hang()
    said = gnome.errand("get", "sign-in")
    assert said["error"] == "KeyringSilent"
    assert isinstance(said["took_s"], float)
    assert said["took_s"] < 5.5


def test_a_killed_keyring_is_a_missing_one(gnome: PrivateKeyring) -> None:
    gnome.unlock("pw")
    gnome.errand("put", "sign-in", SECRET)
    gnome.kill()
    said = gnome.errand("get", "sign-in")
    assert said["error"] == "KeyringMissing"


def test_a_bus_without_a_keyring_and_no_bus_at_all_are_a_missing_one(
    gnome: PrivateKeyring,
) -> None:
    assert gnome.errand("put", "sign-in", SECRET)["error"] == "KeyringMissing"
    gnome.variables["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"
    assert gnome.errand("put", "sign-in", SECRET)["error"] == "KeyringMissing"


def test_a_keyring_of_another_password_is_not_opened(gnome: PrivateKeyring) -> None:
    gnome.unlock("pw")
    gnome.errand("put", "sign-in", SECRET)
    gnome.kill()
    gnome.unlock("another")
    said = gnome.errand("get", "sign-in")
    assert said["error"] in ("KeyringLocked", "KeyringMissing", "KeyringSilent")


class OddBackend(keyring.backend.KeyringBackend):
    """Stands where the system's would; `get` and `put` as a test says."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[str, str] = {}
        self.keeps = 10_000
        self.raises: Exception | None = None
        self.released = threading.Event()
        self.hangs = False
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._act()
        return self.kept.get(service + username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._act()
        self.kept[service + username] = password[: self.keeps]

    def delete_password(self, service: str, username: str) -> None:
        self._act()
        del self.kept[service + username]

    def _act(self) -> None:
        self.asked += 1
        if self.hangs:
            self.released.wait(20)
        if self.raises is not None:
            raise self.raises


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Iterator[OddBackend]:
    backend = OddBackend()
    monkeypatch.setattr(OddBackend, "__module__", "keyring.backends.SecretService")
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    yield backend
    backend.released.set()


def test_a_value_that_was_cut_is_not_taken_for_kept_and_taken_out(odd: OddBackend) -> None:
    odd.keeps = 10
    with pytest.raises(KeyringMissing, match="did not keep what it was given"):
        SystemSecrets("p").put("sign-in", SECRET)
    assert odd.kept == {}


def test_what_nobody_waits_for_any_more_is_not_written_when_the_keyring_wakes(
    odd: OddBackend,
) -> None:
    odd.kept["Verité pdevice"] = "as it was"
    odd.hangs = True
    secrets = SystemSecrets("p", deadline_s=0.1)
    with pytest.raises(KeyringSilent):
        secrets.put("sign-in", SECRET)
    with pytest.raises(KeyringSilent):
        secrets.forget("device")
    assert not secrets.is_open()
    odd.hangs = False
    odd.released.set()
    until(lambda: not asking(), "the questions to end")
    assert odd.kept == {"Verité pdevice": "as it was"}


def asking() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name == "keyring"]


def test_a_locked_keyring_is_known_for_one_before_it_is_asked(gnome: PrivateKeyring) -> None:
    gnome.prompt("never")
    gnome.unlock("pw")
    assert gnome.errand("put", "sign-in", SECRET)["error"] is None
    assert gnome.errand("is-open", "")["value"] is True
    gnome.lock()
    said = gnome.errand("is-open", "")
    assert (said["value"], said["error"]) == (False, None)


def test_a_locked_keyring_says_so(odd: OddBackend) -> None:
    odd.raises = keyring.errors.KeyringLocked("the prompt was dismissed")
    with pytest.raises(KeyringLocked):
        SystemSecrets("p").get("sign-in")


def test_whatever_a_backend_raises_is_a_missing_keyring(odd: OddBackend) -> None:
    odd.raises = RuntimeError("of its own")
    with pytest.raises(KeyringMissing):
        SystemSecrets("p").get("sign-in")


def test_a_silent_keyring_is_asked_only_once(odd: OddBackend) -> None:
    odd.hangs = True
    secrets = Secrets(SystemSecrets("p", deadline_s=0.1))
    for name in ("sign-in", "device", "sign-in"):
        assert secrets.get(name) is None
    secrets.put("sign-in", SECRET)
    assert isinstance(secrets.reason, KeyringSilent)
    assert odd.asked == 1


def test_a_backend_that_writes_files_in_clear_is_no_store_of_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    with pytest.raises(KeyringMissing):
        SystemSecrets("p").put("sign-in", SECRET)


def test_when_the_store_fails_secrets_last_in_memory_with_the_reason() -> None:
    store = MemoryKeyring()
    secrets = Secrets(store)
    secrets.put("a", "kept")
    store.failing = KeyringLocked("meanwhile")
    secrets.put("b", "passing")
    assert secrets.passing
    assert isinstance(secrets.reason, KeyringLocked)
    assert (secrets.get("a"), secrets.get("b")) == ("kept", "passing")
    assert store.values == {"a": "kept"}


def test_asking_whether_secrets_pass_never_waits_for_the_keyring(odd: OddBackend) -> None:
    odd.hangs = True
    secrets = Secrets(SystemSecrets("p", deadline_s=1.0))
    asking = threading.Thread(target=secrets.get, args=("sign-in",), name="asking")
    asking.start()
    begun = time.monotonic()
    assert not secrets.passing
    assert time.monotonic() - begun < 0.1
    asking.join(10)
    assert secrets.passing
