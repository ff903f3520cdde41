"""The command line: `verite [--demo | --service URL] [--profile DIR] [LINK]`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from player_app.environment import protect

INTERRUPTED = 130


def main() -> int:
    environment = protect()
    arguments = _parser().parse_args()

    # after `protect`, which must come before anything that could load libVLC
    from player_app.run import run  # noqa: PLC0415

    try:
        return run(arguments, environment)
    except KeyboardInterrupt:  # before the window takes signals itself
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="verite", description="The documentary player.")
    parser.add_argument("--demo", action="store_true", help="play the bundled service")
    parser.add_argument("--service", default="", metavar="URL", help="ask about this service")
    parser.add_argument("--profile", type=Path, metavar="DIR", help="keep everything here")
    parser.add_argument("link", nargs="?", default="", help="a verite:// link")
    return parser


if __name__ == "__main__":
    sys.exit(main())
