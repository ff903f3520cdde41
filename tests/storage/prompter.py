"""A desktop's password prompt that the viewer dismisses, or lets stand: `cancel` or `never`.

It is GCR's own mock prompter; gnome-keyring speaks to it as it does to the desktop's.
"""

from __future__ import annotations

import ctypes
import sys

LIBRARY = "libgcr-base-3.so.1"
TIMES = 40
LONG_MS = 60_000


def main(answer: str) -> None:
    gcr = ctypes.CDLL(LIBRARY)
    gcr.gcr_mock_prompter_start.restype = ctypes.c_char_p
    name = gcr.gcr_mock_prompter_start()
    if answer == "never":
        gcr.gcr_mock_prompter_set_delay_msec(LONG_MS)
    for _ in range(TIMES):
        gcr.gcr_mock_prompter_expect_password_cancel()
    print(name.decode(), flush=True)  # noqa: T201 - the test reads this
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
