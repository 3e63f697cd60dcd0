"""How the words of labels and the words of concepts' names translate into each other.

Filers say "purchases of marketable securities" where the name says PaymentsToAcquireMarketableSecurities. A table says
how probable one word is where the other stands; it was learnt from all pairs of a label and a name (Brown et al. 1993,
"The Mathematics of Statistical Machine Translation", model 1), so that it also speaks of names that no filer used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NOTHING = "-"  # the source of the words that no source explains
_RARE = 1e-6
_UNEXPLAINED = 0.15  # the share of a word that needs no explanation
Chances = dict[str, float]


@dataclass
class Translation:
    """``chances``: by target word, "source probability source probability ...", how probable it is where the source
    stands; ``usual``: how frequent each target is.
    """

    chances: Mapping[str, str]
    usual: Mapping[str, str]
    _opened: dict[str, tuple[float, Chances]] = field(default_factory=dict, repr=False)

    def gains(self, sources: Iterable[str], targets: Iterable[str]) -> list[float]:
        """By how much ``sources`` make each of ``targets`` more probable than it usually is, as a logarithm."""
        asked = [*sources, NOTHING]
        share = (1 - _UNEXPLAINED) / len(asked)
        found = []
        for word in targets:
            usual, chances = self._opened.get(word) or self._open(word)
            chance = 0.0
            for source in asked:
                if source in chances:
                    chance += chances[source]
            found.append(log(_UNEXPLAINED + share * chance / usual))
        return found

    def _open(self, word: str) -> tuple[float, Chances]:
        cells = self.chances.get(word, "").split()
        chances = dict(zip(cells[::2], map(float, cells[1::2]), strict=True))
        found = self._opened[word] = float(self.usual.get(word, _RARE)), chances
        return found
