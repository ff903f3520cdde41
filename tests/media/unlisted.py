"""A film of a service that lists nothing, signs each address anew and renews its licences."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

from player_app.core.licence import Permit, Purpose
from player_app.core.parts import Part
from player_app.media.gateway.link import Link
from player_app.media.gateway.lister import Lister
from player_app.media.gateway.store import MemoryStore
from player_app.service.transport import Transport
from tests.media.folder_store import FolderStore
from tests.media.host import Host
from tests.media.permits import permit
from tests.media.taker import Taker

CAPTIONS = "#EXTM3U\n#EXT-X-TARGETDURATION:12\n#EXTINF:12,\nen.vtt\n#EXT-X-ENDLIST\n"
MASTER = (
    "#EXTM3U\n"
    '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",URI="a-main/index.m3u8"\n'
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="English",URI="captions/index.m3u8"\n'
    '#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=1280x720,AUDIO="a",SUBTITLES="s"\n'
    "v720/index.m3u8\n"
    '#EXT-X-STREAM-INF:BANDWIDTH=300000,RESOLUTION=640x360,AUDIO="a",SUBTITLES="s"\n'
    "v360/index.m3u8\n"
)
VIDEO = "v360/index.m3u8"


def without_a_list(film: Path, folder: Path) -> Path:
    """The packaged film as such a service has it; its captions are a playlist."""
    shutil.copytree(film, folder)
    (folder / "master.m3u8").write_text(MASTER)
    (folder / "captions/index.m3u8").write_text(CAPTIONS)
    return folder


class Unlisted:
    """A film of such a service, and what is asked of it with a query that changes each time."""

    def __init__(self, folder: Path, host: Host, store: FolderStore) -> None:
        self.host, self.store, self.folder = host, store, folder
        self._package = json.loads((folder / "package.json").read_text())
        self._number = 0
        self.transport = Transport({}, "", "0")

    def permit(self) -> Permit:
        """Each with a licence of its own."""
        self._number += 1
        named = permit(self._package, f"{self.host.address}?signature={self._number}")
        licence = replace(
            named.licence,
            id=f"lic-{self._number}",
            segments_sha256=None,
            purpose=Purpose.OFFLINE,
        )
        return replace(named, licence=licence, segment_list=None)

    def parts(self, video_id: str = VIDEO) -> tuple[Part, ...]:
        lister = Lister(
            self.permit(),
            self.permit,
            self.host.origins,
            upstream=self.transport,
            store=MemoryStore(1 << 20),
            link=Link(),
        )
        return lister.parts(video_id)

    def taker(self, parts: tuple[Part, ...] | None = None) -> Taker:
        wanted = self.parts() if parts is None else parts
        return Taker(self._package, self.host, self.store, permitted=self.permit, parts=wanted)
