"""A process that takes the tests' film offline, for tests that kill it.

`python -m tests.media.taking_process ADDRESS PACKAGE FOLDER`: from the host of ADDRESS, the film
that the file PACKAGE describes, into FOLDER.
"""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

from player_app.media.gateway.link import Link
from player_app.media.gateway.taking import Taking
from player_app.media.gateway.throttle import Throttle
from player_app.service.transport import Transport
from tests.media.folder_store import FolderStore
from tests.media.permits import permit
from tests.media.taker import parts_for


def main() -> None:
    address, package, folder = sys.argv[1:]
    permitted = permit(json.loads(Path(package).read_text()), address)
    parts = urlsplit(address)
    Taking(
        upstream=Transport({}, "", "0"),
        store=FolderStore(Path(folder)),
        permit=permitted,
        renew=lambda: permitted,
        origins=(f"{parts.scheme}://{parts.netloc}",),
        parts=parts_for(permitted),
        link=Link(),
        throttle=Throttle(lambda: None),
        on_progress=lambda _progress: None,
    ).run(threading.Event())


if __name__ == "__main__":
    main()
