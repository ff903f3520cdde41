"""The command line: `verite [--demo | --service URL] [--profile DIR] [LINK]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from player_app.environment import protect


def main() -> int:
    environment = protect()
    arguments = _parser().parse_args()

    # after `protect`, which must come before anything that could load libVLC
    from player_app.run import run  # noqa: PLC0415

    return run(arguments, environment)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verite", description="The documentary player.")
    parser.add_argument("--demo", action="store_true", help="play the bundled service")
    parser.add_argument("--service", default="", metavar="URL", help="ask about this service")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep everything here")
    parser.add_argument("--self-test", action="store_true", help="do the main job and end")
    parser.add_argument("link", nargs="?", default="", help="a verite:// link")
    return parser


if __name__ == "__main__":
    sys.exit(main())
