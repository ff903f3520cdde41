"""A process of its own that asks the system's store of secrets, and says what came of it."""

from __future__ import annotations

import json
import sys
import time

from player_app.core.storage_errors import KeyringError
from player_app.storage.secrets import SystemSecrets


def run(verb: str, name: str, value: str = "") -> dict[str, object]:
    secrets, begun = SystemSecrets("errand"), time.monotonic()
    said: dict[str, object] = {"value": None, "error": None}
    try:
        match verb:
            case "put":
                secrets.put(name, value)
            case "get":
                said["value"] = secrets.get(name)
            case "forget":
                secrets.forget(name)
            case "is-open":
                said["value"] = secrets.is_open()
    except KeyringError as error:
        said["error"] = type(error).__name__
    return {**said, "took_s": time.monotonic() - begun}


if __name__ == "__main__":
    print(json.dumps(run(*sys.argv[1:])))  # noqa: T201 - whoever started it reads this
