"""A text brought to one spelling, so that a phrase is found however it was typed.

Lower case, no accents, half width, simplified characters, plain quotes, dashes and digits; invisible
characters are dropped. Every character keeps the place that it came from.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Combining accents of Latin and vowel signs of Arabic, and what shows nothing: soft hyphen,
# zero-width characters, direction marks, tatweel, variation selectors, byte order mark.
_DROPPED = (
    (0x0300, 0x036F),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x0640, 0x0640),
    (0x00AD, 0x00AD),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x2069),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
)
_SAME: Mapping[str, str] = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u0060\u00b4\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043", "-"),
    **dict(zip("\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669", "0123456789", strict=True)),
    **dict(zip("\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9", "0123456789", strict=True)),
    "\u0131": "i",
    "\u00df": "ss",
    "\u0142": "l",
    "\u00f8": "o",
    "\u0111": "d",
    "\u00e6": "ae",
    "\u0153": "oe",
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
        self._same = {**_SAME, **simplified}
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
        kept = "".join(part for part in plain if not _is_dropped(part))
        # Only what carried an accent stays taken apart: the voiced kana must not be.
        spelled = kept if kept != plain else unicodedata.normalize("NFKC", character)
        return "".join(self._same.get(part, part) for part in spelled.lower())


def _is_dropped(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _DROPPED)
