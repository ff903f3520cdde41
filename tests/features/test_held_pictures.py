"""Pictures of a film that is taken offline are there as long as it is."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from player_app.core.refusals import NotFound
from player_app.features.pictures import Pictures
from player_app.storage.pictures import PictureStore
from tests.features.player import Player

PICTURE = b"a poster"
NAME = sha256(PICTURE).hexdigest()


def test_a_picture_that_a_download_holds_needs_neither_the_store_nor_the_service(
    player: Player, tmp_path: Path
) -> None:
    store = PictureStore(tmp_path)
    held = {NAME: PICTURE}
    pictures = Pictures(player.connection, player.catalogue, store, held.get)

    assert pictures.bytes_of(NAME) == PICTURE
    del held[NAME]
    with pytest.raises(NotFound):
        pictures.bytes_of(NAME)
