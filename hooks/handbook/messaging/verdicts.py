"""The library's texts against the rules; a text that was read before is not read again."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from handbook.messaging import memory
from handbook.messaging.examine import Hit, examine
from handbook.messaging.ruleset import ruleset

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NAME = "verdicts"


class Verdicts:
    """Reads texts, and remembers between runs what it found in those of this run.

    Args:
        stores: Codes of stores by their domains.
    """

    def __init__(self, stores: Mapping[str, str]) -> None:
        self._stores = stores
        self._before: dict[str, list[list[int | str]]] = memory.recall(_NAME) or {}
        self._now: dict[str, list[list[int | str]]] = {}

    def of(self, text: str, language: str, blanks: Sequence[tuple[int, int]]) -> list[Hit]:
        """What `examine` finds in a text with placeholders that are meant to be there."""
        parts = [text, language, blanks, sorted(self._stores.items())]
        key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
        if key in self._before:
            self._now[key] = self._before[key]
            return [Hit(int(start), int(end), str(rule)) for start, end, rule in self._before[key]]
        hits = examine(text, ruleset(), language=language, stores=self._stores, blanks=blanks)
        self._now[key] = [[hit.start, hit.end, hit.rule] for hit in hits]
        return hits

    def remember(self, *, everything: bool) -> None:
        """Keep what was found for the next run.

        Args:
            everything: Whether this run read all texts; what it did not meet is then forgotten.
        """
        now = self._now if everything else self._before | self._now
        if now != self._before:
            memory.keep(_NAME, now)
