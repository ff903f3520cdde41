"""Puts segments one after the other, and says after each that it is stored: to be killed.

Two threads put at once; now and then a film is held, another let go, and the cache trimmed.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from player_app.storage.segments.store import SegmentStore, open_segments
from tests.storage.segments.filled import DEVICE, HARBOUR, hash_of, segment

SIZE = 20_000
MANY = 1_000_000


def key_of(number: int) -> str:
    """Each third has no hash, and is put again and again under one of its thread's few names."""
    return f"film:{number % 10}" if number % 3 == 0 else hash_of(segment(number, SIZE))


def put_all(store: SegmentStore, first: int, saying: threading.Lock) -> None:
    for number in range(first, MANY, 2):
        store.hold(HARBOUR, [key_of(number)])
        store.put(key_of(number), segment(number, SIZE))
        with saying:
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
        if number % 7 == 0:
            passing = segment(-number, SIZE)
            store.put(hash_of(passing), passing)
            store.trim(SIZE)


def main() -> None:
    store, _ = open_segments(Path(sys.argv[1]), device=DEVICE)
    saying = threading.Lock()
    other = threading.Thread(target=put_all, args=(store, 1, saying), daemon=True)
    other.start()
    put_all(store, 0, saying)


if __name__ == "__main__":
    main()
