"""Descent by Adam (Kingma and Ba 2015) with a rate that falls as a cosine."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, pi
from typing import Any

import numpy as np

ALL_ROWS = slice(None)


def falling(rate: float, done: float) -> float:
    """What is left of ``rate`` when the share ``done`` of the way is gone."""
    return rate * (1 + cos(pi * done)) / 2


@dataclass
class Parameter:
    """Numbers that descend; only the rows that a step touches move. ``decay`` is the share of them that a rate of 1 takes."""

    value: np.ndarray
    decay: float = 0.0
    first: np.ndarray = field(init=False)
    second: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.second = np.zeros_like(self.value), np.zeros_like(self.value)

    def descend(self, at: Any, gradient: np.ndarray, rate: float, step: int) -> None:
        """One ``step``, the first being 1, for the rows ``at``, whose ``gradient`` is given."""
        first = self.first[at] = 0.9 * self.first[at] + 0.1 * gradient
        second = self.second[at] = 0.999 * self.second[at] + 0.001 * gradient * gradient
        mean, square = first / (1 - 0.9**step), second / (1 - 0.999**step)
        self.value[at] -= rate * (mean / (np.sqrt(square) + 1e-8) + self.decay * self.value[at])
