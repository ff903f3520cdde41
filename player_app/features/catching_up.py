"""Whenever the service can be asked: read what changed, post comments."""

from __future__ import annotations

import logging

from player_app.core.errors import VeriteError
from player_app.features.browse import Browse
from player_app.features.comments import Comments

log = logging.getLogger(__name__)


class CatchingUp:
    def __init__(self, browse: Browse, comments: Comments) -> None:
        self._browse = browse
        self._comments = comments

    def catch_up(self) -> bool:
        """Whether films or rights changed; raises what kept them. Comments can wait once more."""
        changed = self._browse.refresh()
        try:
            self._comments.post_waiting()
        except VeriteError as error:
            log.info("comments go on waiting after: %s", type(error).__name__)
        return changed
