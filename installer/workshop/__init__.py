"""What stands behind dev.py: setting up, running, testing, checking."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / "build"
