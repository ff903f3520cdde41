"""The system's store of secrets, with a deadline; where it fails, memory and the reason."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import keyring
import keyring.backend
import keyring.core
import keyring.errors

from player_app.core.errors import KeyringError, KeyringLocked, KeyringMissing, KeyringSilent

log = logging.getLogger(__name__)
T = TypeVar("T")

DEADLINE_S = 5.0
MOST_CHARACTERS = 999
"""Windows cuts values off at about 1,280."""

SAFE_BACKENDS = ("SecretService", "kwallet", "macOS", "Windows", "libsecret")


class SecretStore(Protocol):
    """A place for small secrets; everything raises a `KeyringError`."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None: ...

    def forget(self, name: str) -> None: ...


class SystemSecrets:
    """The operating system's store, under one profile's name.

    A call that finds it silent costs the deadline each time: `Secrets` makes none after that.
    """

    def __init__(self, profile: str, deadline_s: float = DEADLINE_S) -> None:
        self._service = f"Verité {profile}"
        self._deadline_s = deadline_s

    def get(self, name: str) -> str | None:
        return self._ask(lambda backend: backend.get_password(self._service, name))

    def put(self, name: str, value: str) -> None:
        """Keep it, and see that it was kept whole."""
        if len(value) > MOST_CHARACTERS:
            raise ValueError("too long for a store of secrets")

        def put(backend: keyring.backend.KeyringBackend) -> None:
            backend.set_password(self._service, name, value)
            if backend.get_password(self._service, name) != value:
                backend.delete_password(self._service, name)
                raise keyring.errors.PasswordSetError("it did not keep what it was given")

        self._ask(put)

    def forget(self, name: str) -> None:
        def forget(backend: keyring.backend.KeyringBackend) -> None:
            if backend.get_password(self._service, name) is not None:
                backend.delete_password(self._service, name)

        self._ask(forget)

    def _ask(self, question: Callable[[keyring.backend.KeyringBackend], T]) -> T:
        """On a thread of its own: a prompt or a hung daemon can't be interrupted."""
        answers: list[T] = []
        failures: list[Exception] = []

        def ask() -> None:
            try:
                answers.append(question(_safe_backend()))
            except Exception as error:  # noqa: BLE001 - border: backends raise what their systems raise
                failures.append(error)

        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self._deadline_s)
        if failures:
            raise _keyring_error(failures[0]) from failures[0]
        if not answers:
            raise KeyringSilent(self._service)
        return answers[0]


class Secrets:
    """Secrets that last where they can; `reason` says why they last only until the end.

    Once a store has failed it is left alone until `try_again`: at most one call waits for it.
    """

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._memory: dict[str, str | None] = {}
        self._lock = threading.RLock()
        self.reason: KeyringError | None = None

    @property
    def passing(self) -> bool:
        return self.reason is not None

    def get(self, name: str) -> str | None:
        with self._lock:
            return self._memory[name] if name in self._memory else self.fresh(name)

    def fresh(self, name: str) -> str | None:
        """As `get`, but what another process may have written since; what was known otherwise."""
        with self._lock, self._passing_by():
            if self.reason is None:
                self._memory[name] = self._store.get(name)
        return self._memory.get(name)

    def put(self, name: str, value: str) -> None:
        with self._lock, self._passing_by():
            self._memory[name] = value
            if self.reason is None:
                self._store.put(name, value)

    def forget(self, name: str) -> None:
        with self._lock, self._passing_by():
            self._memory[name] = None
            if self.reason is None:
                self._store.forget(name)

    def try_again(self, name: str) -> None:
        """Ask a store that failed once more; where it serves, what it keeps is what counts."""
        with self._lock:
            if self.reason is None:
                return
            try:
                found = self._store.get(name)
            except KeyringError as error:
                self.reason = error
            else:
                self.reason, self._memory = None, {name: found}

    @contextlib.contextmanager
    def _passing_by(self) -> Iterator[None]:
        try:
            yield
        except KeyringError as error:
            log.info("secrets last until the player closes: %s", type(error).__name__)
            self.reason = error


def _safe_backend() -> keyring.backend.KeyringBackend:
    """The system's own store; a backend that writes files in clear is no store of secrets."""
    chosen = _chosen_safely()
    if chosen is None:
        # what keyring found at its first call need not be what is there now
        keyring.backend.get_all_keyring.reset()
        keyring.core.init_backend()
        chosen = _chosen_safely()
    if chosen is None:
        raise keyring.errors.NoKeyringError("no safe store of secrets")
    return chosen


def _chosen_safely() -> keyring.backend.KeyringBackend | None:
    chosen = keyring.get_keyring()
    inside = getattr(chosen, "backends", [chosen])
    for backend in inside:
        module = type(backend).__module__.rpartition(".")[2]
        if module in SAFE_BACKENDS:
            return backend  # type: ignore[no-any-return]
    return None


def _keyring_error(error: Exception) -> KeyringError:
    if isinstance(error, keyring.errors.KeyringLocked):
        return KeyringLocked(str(error))
    return KeyringMissing(str(error))
