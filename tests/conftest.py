"""What every test stands on: no network, no state, no silence about warnings, threads or timers."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

pytest_plugins = [
    "tests.plugins.chromium",
    "tests.plugins.films",
    "tests.plugins.loopback",
    "tests.plugins.home",
    "tests.plugins.lanes",
    "tests.plugins.leaks",
    "tests.plugins.logs",
    "tests.plugins.secrecy",
    "tests.plugins.promises",
    "tests.plugins.qt",
    "tests.plugins.screen",
]
