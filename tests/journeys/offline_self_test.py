"""The demo's offline self-test: the real player without a network, after its time, and back.

`python -m tests.journeys.offline_self_test`; exit code 0 only if every step was seen to work. The
player is a new process in every stage, and its secrets lie in a real gnome-keyring.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.journeys import elsewhere
from tests.journeys.hooked_service import HookedService, hooked_service
from tests.journeys.steps import Steps
from tests.storage.private_keyring import private_keyring

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "build" / "offline-logs"
"""What the players logged, after a stage that was broken."""
STAGE_S = 240.0
LATER_S = 8 * 86_400
"""Beyond a rental's two days, and the seven that a licence of a subscription lasts."""

BREAKS = {
    "part": "damage a part of the rented film before it is to play without a network",
    "clock": "leave the clock where it is when the rental is to be over",
    "licence": "have the service refuse licences when it is back",
}


class Broken(Exception):
    """A stage or a step came to nothing; its text is for the person at the keyboard."""


@dataclass(frozen=True)
class Walk:
    """`folder` is what lasts from stage to stage, `variables` what every player is told."""

    folder: Path
    variables: Mapping[str, str]
    steps: Steps
    broken: str | None

    def all(self) -> None:
        with hooked_service(folder=self.folder / "service") as service:
            self.steps.done(f"the bundled service answers at {service.address}")
            address = service.address
            self._stage("rent", "rosa", address, service)
            self._stage("subscribe", "noor", address, service)
            self._tell_what_was_fetched(service.pieces())
        self.steps.done("the service was stopped")
        if self.broken == "part":
            self._damage_a_part()
        later_s = 0 if self.broken == "clock" else LATER_S
        self._stage("travel", "rosa", address)
        self._stage("expired", "rosa", address, ahead_s=later_s)
        self._stage("lapsed", "noor", address, ahead_s=LATER_S)
        with hooked_service(
            "/v1/films/film-01/licence" if self.broken == "licence" else None,
            folder=self.folder / "service",
            port=urlsplit(address).port or 0,
            ahead_s=LATER_S,
        ) as service:
            self.steps.done(
                f"the service is back, and so is its clock: {LATER_S // 86_400} days on"
            )
            self._stage("rent-again", "rosa", address, service, ahead_s=LATER_S)
            self._stage("renew", "noor", address, service, ahead_s=LATER_S)
            if pieces := service.pieces():
                raise Broken(f"{len(pieces)} parts were fetched again: {' '.join(pieces)}")
            self.steps.done("0 parts of films were fetched since the service is back")
        self._stage("watch-again", "rosa", address)

    def keep_logs(self) -> None:
        shutil.rmtree(LOGS, ignore_errors=True)
        for profile in self.folder.glob("*/profile"):
            shutil.copytree(profile / "logs", LOGS / profile.parent.name)

    def _stage(
        self,
        name: str,
        who: str,
        address: str,
        service: HookedService | None = None,
        *,
        ahead_s: int = 0,
    ) -> None:
        """In a process of its own; where there is no service, there is no network either."""
        on_day = f", {ahead_s // 86_400} days on" if ahead_s else ""
        print(f"{name}: {who}{'' if service else ', no network'}{on_day}", flush=True)  # noqa: T201
        command = [sys.executable, "-m", "tests.journeys.offline_stage"]
        command += [name, who, str(self.folder), address]
        pipes: tuple[int, ...] = ()
        if service is not None:
            pipes = service.pipes
            command += ["--pipes", *map(str, pipes)]
        command = elsewhere.ahead(command, ahead_s)
        if service is None:
            command = elsewhere.without_network(command)
        with subprocess.Popen(command, cwd=ROOT, env=self.variables, pass_fds=pipes) as process:
            try:
                code = process.wait(STAGE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise Broken(f"«{name}» did not end within {STAGE_S:.0f} s") from None
        if code != 0:
            raise Broken(f"«{name}» ended with {code}")

    def _tell_what_was_fetched(self, pieces: list[str]) -> None:
        """A page that makes a film ready may ask for some of what its download asks for, too."""
        twice = sum(times > 1 for times in Counter(pieces).values())
        self.steps.done(f"{len(set(pieces))} parts of films were fetched, {twice} of them twice")

    def _damage_a_part(self) -> None:
        stored = (self.folder / "rosa/profile/segments").rglob("*")
        files = [each for each in stored if each.is_file()]
        largest = max(files, key=lambda each: each.stat().st_size)
        largest.write_bytes(b"another thing")
        self.steps.done(f"a part of the film was damaged: {largest.name}")


def main() -> int:
    begun = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--break", dest="broken", choices=BREAKS, help=str(BREAKS))
    broken = parser.parse_args().broken
    steps = Steps()
    if missing := elsewhere.what_is_missing():
        print(f"BROKEN before the first step: {missing}")  # noqa: T201
        return 1
    try:
        with (
            tempfile.TemporaryDirectory(prefix="verite-offline-") as folder,
            private_keyring(Path(folder)) as keyring,
        ):
            keyring.unlock("keyring password")
            steps.done("a gnome-keyring of its own is open")
            walk = Walk(Path(folder), keyring.variables, steps, broken)
            try:
                walk.all()
            except Broken:
                walk.keep_logs()
                raise
    except Broken as failure:
        print(f"BROKEN after «{steps.last}»: {failure}")  # noqa: T201
        return 1
    print(f"Offline works; {time.monotonic() - begun:.1f} s in all.")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
