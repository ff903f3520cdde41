"""The one door for people who work on Verité; `python3 dev.py` lists what is behind it."""

from __future__ import annotations

import sys

if sys.version_info < (3, 11):
    sys.exit("Verité needs Python 3.11 or newer; this one is " + sys.version.split()[0])

from installer.workshop.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
