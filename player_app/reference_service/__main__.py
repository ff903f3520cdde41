"""Runs the demo's service until standard input closes: `python -m player_app.reference_service`."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from player_app.reference_service.server import loopback_socket, running
from player_app.reference_service.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(prog="player_app.reference_service", description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="database and keys lie here")
    parser.add_argument("--resources", type=Path, required=True, help="the demo's files")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 takes a free one")
    arguments = parser.parse_args()
    settings = Settings(
        origin="", folder=arguments.folder, resources=arguments.resources, shows_demo_help=True
    )
    with running(settings, bound=loopback_socket(arguments.port)) as service:
        sys.stdout.write(f"listening on {service.address}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            sys.stdin.read()


if __name__ == "__main__":
    main()
