"""Threads that read the same kinds of values for the first time, all at once, all read them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from player_app.resources import resource

ROOT = Path(__file__).resolve().parents[1]
LIST = resource("demo") / "streams" / "picture-start" / "package.json"
PROCESSES = 12

TOGETHER = """
import sys, threading
from pathlib import Path
from player_app.core.rights import NO_RIGHTS, Rights
from player_app.service.wire.licence import segment_list_of
from player_app.storage.packing import pack, unpack

text, packed = Path(sys.argv[1]).read_text(), pack(NO_RIGHTS)
sys.setswitchinterval(1e-6)
begin, read = threading.Barrier(16), []

def work(number):
    begin.wait()
    read.append(unpack(packed, Rights) if number % 4 == 0 else segment_list_of(text))

threads = [threading.Thread(target=work, args=(number,)) for number in range(16)]
for each in threads:
    each.start()
for each in threads:
    each.join()
assert len(read) == 16 and None not in read
"""


def test_first_readings_at_once_end_no_process_and_read_the_same() -> None:
    """Without a lock one process in six died of it."""
    command = [sys.executable, "-c", TOGETHER, str(LIST)]
    ends = [
        subprocess.run(command, cwd=ROOT, check=False, timeout=60).returncode
        for _ in range(PROCESSES)
    ]
    assert ends == [0] * PROCESSES
