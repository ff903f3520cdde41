"""A loaded engine has at hand what a film needs of libVLC."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
from pathlib import Path
from player_app.media.first_picture import FirstPicture
from player_app.media.gateway.store import MemoryStore
pictures = FirstPicture(MemoryStore(1))
pictures._engine.load()
pictures._engine.close(20)
print(Path("/proc/self/maps").read_text())
"""


def test_the_decoder_is_loaded_before_there_is_a_film() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, timeout=60, check=True
    )
    for name in ("avcodec", "adaptive", "vmem"):
        assert f"lib{name}_plugin.so" in run.stdout
