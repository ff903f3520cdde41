"""Whenever the service can be asked: read what changed, post comments, exchange places."""

from __future__ import annotations

import logging

from player_app.core.errors import VeriteError
from player_app.features.browse import Browse
from player_app.features.comments import Comments
from player_app.features.progress import Progress

log = logging.getLogger(__name__)


class CatchingUp:
    def __init__(self, browse: Browse, comments: Comments, progress: Progress) -> None:
        self._browse = browse
        self._comments = comments
        self._progress = progress

    def catch_up(self) -> bool:
        """Whether films, rights or places in films changed; raises what kept the films.

        Comments and places can wait once more.
        """
        changed = self._browse.refresh()
        try:
            self._comments.post_waiting()
        except VeriteError as error:
            log.info("comments go on waiting after: %s", type(error).__name__)
        try:
            changed |= self._progress.catch_up()
        except VeriteError as error:
            log.info("places in films go on waiting after: %s", type(error).__name__)
        return changed
