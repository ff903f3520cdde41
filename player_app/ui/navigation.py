"""Where the viewer is, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

LONGEST_WAY_BACK = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: home, search, library, film, player, sign-in, register, account, settings, service.

    One more, `kept`, is of all that is kept on this computer.
    """

    screen: str
    film_id: str = ""


HOME = Place("home")


class Navigation:
    """The places visited, the present one last; watchers hear of every arrival."""

    def __init__(self, start: Place = HOME) -> None:
        self._visited: tuple[Place, ...] = (start,)
        self._watchers: list[Callable[[Place], None]] = []

    @property
    def here(self) -> Place:
        return self._visited[-1]

    @property
    def can_go_back(self) -> bool:
        return len(self._visited) > 1

    def watch(self, arrived: Callable[[Place], None]) -> None:
        self._watchers.append(arrived)

    def go(self, place: Place) -> None:
        if place != self.here:
            self._arrive((*self._visited, place)[-LONGEST_WAY_BACK:])

    def instead(self, place: Place) -> None:
        """Go there, and leave the present place out of the way back."""
        before = self._visited[:-1]
        self._arrive(before if before and before[-1] == place else (*before, place))

    def start_over(self, place: Place) -> None:
        self._arrive((place,))

    def back(self) -> None:
        if self.can_go_back:
            self._arrive(self._visited[:-1])

    def back_or(self, place: Place) -> None:
        """Back to where the viewer came from, or to `place` where this is the first."""
        if self.can_go_back:
            self.back()
        else:
            self.start_over(place)

    def _arrive(self, visited: tuple[Place, ...]) -> None:
        self._visited = visited
        for arrived in tuple(self._watchers):
            arrived(self.here)
