"""A text brought to one spelling, so that a phrase is found however it was typed.

Lower case, no accents, half width, simplified characters, plain quotes, dashes and digits;
invisible characters are dropped. Every character keeps the place that it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Combining accents of Latin and vowel signs of Arabic, and what shows nothing: soft hyphen,
# zero-width characters, direction marks, tatweel, variation selectors, byte order mark.
DROPPED = (
    "[\u0300-\u036f\u064b-\u065f\u0670\u0640\u00ad"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_DROPPED = re.compile(DROPPED)
_SAME: Mapping[str, str] = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    "\u0131": "i",
    "\u00df": "ss",
    "\u0142": "l",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00bf": " ",
    "\u00a1": " ",
    "\u060c": ",",
    "\u061b": ";",
    "\u061f": "?",
    "\u3001": ",",
}  # fmt: skip


@dataclass(frozen=True)
class Folded:
    """The folded text; `origins` has, for each of its characters, the offset it came from."""

    text: str
    origins: Sequence[int]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original text (code points, end exclusive) that a range came from."""
        return self.origins[start], self.origins[end - 1] + 1


class Folding:
    """Folds texts; `simplified` maps traditional characters to those that the phrases use."""

    def __init__(self, simplified: Mapping[str, str]) -> None:
        self.same: Mapping[str, str] = {**_SAME, **simplified}
        self._of = lru_cache(maxsize=4096)(self._character)

    def fold(self, text: str) -> Folded:
        """Fold a text, character by character."""
        parts: list[str] = []
        origins: list[int] = []
        for offset, character in enumerate(text):
            folded = self._of(character)
            parts.append(folded)
            origins += [offset] * len(folded)
        return Folded("".join(parts), origins)

    def _character(self, character: str) -> str:
        plain = unicodedata.normalize("NFKD", character)
        kept = _DROPPED.sub("", plain)
        # Only what carried an accent stays taken apart: the voiced kana must not be.
        spelled = kept if kept != plain else unicodedata.normalize("NFKC", character)
        return "".join(self.same.get(part, part) for part in spelled.lower())
