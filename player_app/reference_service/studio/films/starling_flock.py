"""A flock in which each bird minds its seven nearest: thousands of birds over a winter dusk."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_LEADERS = 1000
_COMPANIONS = 4
_STEPS_PER_SECOND = 12
_SEVEN = 7

Places = npt.NDArray[np.float32]


class Flock:
    """Flown once; afterwards any moment can be asked for."""

    def __init__(self, length_s: float) -> None:
        random = np.random.default_rng(12)
        place = random.normal(0, 1, (_LEADERS, 3)) * (260, 70, 150)
        speed = random.normal((1, 0, 0), 0.4, (_LEADERS, 3))
        flown = []
        for step in range(round((length_s + 8) * _STEPS_PER_SECOND)):
            place, speed = _moved(place, speed, step / _STEPS_PER_SECOND)
            flown.append(place.astype(np.float32))
        self._flown = np.stack(flown[6 * _STEPS_PER_SECOND :])
        self._apart = random.normal(0, 15, (_COMPANIONS, _LEADERS, 3)).astype(np.float32)

    def leaders(self, t: float) -> Places:
        whole, part = divmod(t * _STEPS_PER_SECOND, 1)
        first = self._flown[int(whole)]
        return np.asarray(first + (self._flown[int(whole) + 1] - first) * part, np.float32)

    def birds(self, t: float) -> Places:
        """Every bird's place: x to the right, y down, z away."""
        leaders = self.leaders(t)
        drift = 1 + 0.25 * np.sin(t * 0.9 + np.arange(_COMPANIONS))[:, None, None]
        others = leaders + self._apart * drift
        return np.asarray(np.concatenate((leaders, others.reshape(-1, 3))), np.float32)


def nearest(places: Places, bird: int) -> list[int]:
    """The seven birds nearest to one."""
    away = np.linalg.norm(places - places[bird], axis=1)
    return [int(other) for other in np.argsort(away)[1 : _SEVEN + 1]]


def _moved(
    place: npt.NDArray[np.float64], speed: npt.NDArray[np.float64], t: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    squares = np.sum(place**2, 1)
    apart = squares[:, None] + squares[None, :] - 2 * place @ place.T
    np.fill_diagonal(apart, np.inf)
    seven = np.argpartition(apart, _SEVEN, axis=1)[:, :_SEVEN]
    gaps = place[seven] - place[:, None]
    distance = np.linalg.norm(gaps, axis=2, keepdims=True) + 1e-6
    align = speed[seven].mean(1) - speed
    gather = gaps.mean(1) / 40
    spread = -(gaps / distance**2 * (distance < 34)).sum(1) * 3.4
    late = t - np.linspace(0, 5.5, _LEADERS)
    roost = np.stack(
        (
            380 * np.sin(late * 0.33) + 110 * np.sin(late * 0.87),
            74 * np.sin(late * 0.59 + 1) + 24 * np.sin(late * 1.3),
            190 * np.cos(late * 0.41),
        ),
        1,
    )
    home = (roost - place) * (0.0042, 0.0058, 0.0042)
    falcon = np.array((420 * np.sin(t * 0.52 + 2), 30 * np.sin(t), 150 * np.cos(t * 0.44)))
    flee = place - falcon
    near = np.exp(-np.sum(flee**2, 1, keepdims=True) / 90**2)
    flee = flee / 60 * near
    speed = speed + 0.34 * align + 0.03 * gather + 0.1 * spread + home + 0.5 * flee
    speed = speed / np.linalg.norm(speed, axis=1, keepdims=True)
    return place + speed * 11.0, speed
