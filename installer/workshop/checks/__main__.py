"""Run inside the virtual environment: the project's own checks, a line each, 1 if one fails."""

from __future__ import annotations

import sys

from installer.workshop import ROOT
from installer.workshop.checks.licences import licence_defects
from installer.workshop.checks.lock import lock_defects
from installer.workshop.checks.npm_lock import npm_lock_defects
from installer.workshop.checks.qml import qml_defects

CHECKS = {
    "lock": lock_defects,
    "npm lock": npm_lock_defects,
    "licences": licence_defects,
    "qmllint": qml_defects,
}


def main() -> int:
    failed = False
    for name, check in CHECKS.items():
        defects = list(check(ROOT))
        failed = failed or bool(defects)
        print(f"{name}: {'ok' if not defects else f'{len(defects)} wrong'}", flush=True)
        for defect in defects:
            print(f"  {defect}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
