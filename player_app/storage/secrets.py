"""The system's store of secrets, with a deadline; where it fails, memory and the reason."""

from __future__ import annotations

import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import keyring
import keyring.backend
import keyring.core
import keyring.errors

from player_app.core.storage_errors import (
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    KeyringSilent,
)

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

    def is_open(self) -> bool:
        """Whether it would answer without asking the viewer for anything, as far as is known."""


class SystemSecrets:
    """The operating system's store, under one profile's name.

    A call that finds it silent costs the deadline each time: `Secrets` makes none after that.
    """

    def __init__(self, profile: str, deadline_s: float = DEADLINE_S) -> None:
        self._service = f"Verité {profile}"
        self._deadline_s = deadline_s
        self._last = _Question()
        self._was_locked = False

    def get(self, name: str) -> str | None:
        return self._ask(lambda backend, _: backend.get_password(self._service, name))

    def put(self, name: str, value: str) -> None:
        """Keep it, and see that it was kept whole."""
        if len(value) > MOST_CHARACTERS:
            raise ValueError("too long for a store of secrets")

        def put(backend: keyring.backend.KeyringBackend, question: _Question) -> None:
            # asked first: a prompt that stands, or a daemon that hangs, does so before the write
            if backend.get_password(self._service, name) == value or question.given_up:
                return
            backend.set_password(self._service, name, value)
            if backend.get_password(self._service, name) != value:
                backend.delete_password(self._service, name)
                raise keyring.errors.PasswordSetError("it did not keep what it was given")

        self._ask(put)

    def forget(self, name: str) -> None:
        def forget(backend: keyring.backend.KeyringBackend, question: _Question) -> None:
            kept = backend.get_password(self._service, name)
            if kept is not None and not question.given_up:
                backend.delete_password(self._service, name)

        self._ask(forget)

    def is_open(self) -> bool:
        if self._last.pending:
            return False  # perhaps a prompt that still stands
        return self._ask(lambda backend, _: _is_open(backend, was_locked=self._was_locked))

    def _ask(self, act: Callable[[keyring.backend.KeyringBackend, _Question], T]) -> T:
        """On a thread of its own: a prompt or a hung daemon can't be interrupted."""
        answers: list[T] = []
        failures: list[Exception] = []
        question = self._last = _Question()

        def ask() -> None:
            try:
                answers.append(act(_safe_backend(), question))
            except Exception as error:  # noqa: BLE001 - border: backends raise what their systems raise
                failures.append(error)
            question.pending = False

        question.pending = True
        thread = threading.Thread(target=ask, name="keyring", daemon=True)
        thread.start()
        thread.join(self._deadline_s)
        if failures:
            error = _keyring_error(failures[0])
            self._was_locked |= isinstance(error, KeyringLocked)
            raise error from failures[0]
        if not answers:
            question.given_up = True
            raise KeyringSilent(self._service)
        return answers[0]


class _Question:
    """One call of the store; `given_up` once nobody waits for it: then it must change nothing."""

    def __init__(self) -> None:
        self.pending = False
        self.given_up = False


class Secrets:
    """Secrets that last where they can; `reason` says why they last only until the end.

    Once a store has failed it is left alone until `try_again`: at most one call waits for it. What
    changes meanwhile is remembered, and written when it is back.
    """

    def __init__(self, store: SecretStore) -> None:
        self._store = store
        self._memory: dict[str, str | None] = {}
        self._ours: dict[str, set[str | None]] = {}
        self._unsure: set[str] = set()
        self._found: Callable[[str, str], bool] = lambda _name, _value: False
        self._lock = threading.RLock()
        self._trying = threading.Lock()
        self.reason: KeyringError | None = None

    def when_found(self, call: Callable[[str, str], bool]) -> None:
        """Who decides on what a store that is back keeps under a name that was changed unread.

        `call` gets the name and that value; whether it counts, rather than the change.
        """
        self._found = call

    @property
    def passing(self) -> bool:
        return self.reason is not None

    def get(self, name: str) -> str | None:
        if name in self._memory:  # unlocked: what is known is not waited for
            return self._memory[name]
        return self.fresh(name)

    def fresh(self, name: str) -> str | None:
        """As `get`, but what another process may have written since; what was known otherwise."""
        with self._lock, self._passing_by():
            if self.reason is None:
                self._take_over(name, self._store.get(name))
        return self._memory.get(name)

    def put(self, name: str, value: str) -> None:
        self._change(name, value)

    def forget(self, name: str) -> None:
        self._change(name, None)

    def try_again(self, name: str, *, unasked: bool = False) -> None:
        """Ask a store that failed for `name` once more, and give it all that it missed.

        `unasked` is for when no viewer waits: then it is not made to prompt for its password.
        """
        with self._trying, self._passing_by():
            if self.reason is None or (unasked and not self._store.is_open()):
                return
            missed = self._missed()
            read = {each: self._store.get(each) for each in {name, *missed}}
            # unlocked: who decides may keep secrets, and wait for others that do
            theirs = [each for each in missed if self._is_found(each, read[each])]
            with self._lock:
                for each, value in read.items():
                    if each in theirs or each not in self._missed():
                        self._take_over(each, value)
                for each in self._missed():
                    self._write(each, self._memory[each])
                self.reason = None

    def _change(self, name: str, value: str | None) -> None:
        with self._lock, self._passing_by():
            self._memory[name] = value
            if self.reason is None:
                self._write(name, value)

    def _is_found(self, name: str, value: str | None) -> bool:
        """Whether it is somebody else's, and counts."""
        strange = value is not None and value not in self._ours.get(name, ())
        return strange and self._found(name, value or "")

    def _missed(self) -> list[str]:
        """The names that the store is not known to keep as they are here."""
        memory = dict(self._memory)
        return [
            name
            for name, value in memory.items()
            if name in self._unsure or self._ours.get(name) != {value}
        ]

    def _write(self, name: str, value: str | None) -> None:
        # a store that fails here may have kept the value all the same
        self._ours[name] = {*self._ours.get(name, ()), value}
        self._unsure.add(name)
        if value is None:
            self._store.forget(name)
        else:
            self._store.put(name, value)
        self._take_over(name, value)

    def _take_over(self, name: str, value: str | None) -> None:
        self._memory[name], self._ours[name] = value, {value}
        self._unsure.discard(name)

    @contextlib.contextmanager
    def _passing_by(self) -> Iterator[None]:
        try:
            yield
        except KeyringError as error:
            log.info("secrets last until the player closes: %s", type(error).__name__)
            self.reason = error


def _is_open(backend: keyring.backend.KeyringBackend, *, was_locked: bool) -> bool:
    if sys.platform == "linux" and type(backend).__module__ == "keyring.backends.SecretService":
        import secretstorage  # noqa: PLC0415 - exists only there

        with contextlib.closing(secretstorage.dbus_init()) as bus:
            return not secretstorage.Collection(bus).is_locked()
    return not was_locked


def _safe_backend() -> keyring.backend.KeyringBackend:
    """The system's own store; a backend that writes files in clear is no store of secrets."""
    chosen = _chosen_safely()
    if chosen is None:
        # what keyring found at its first call need not be what is there now
        with contextlib.suppress(KeyError):  # where the backend was named, it looked for none
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
