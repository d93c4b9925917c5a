"""Traditional Chinese characters and the simplified ones that the handbook writes instead."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from opencc import OpenCC

if TYPE_CHECKING:
    from collections.abc import Mapping

# CJK Unified Ideographs and their extension A: the characters of everyday use.
_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def simplified(text: str) -> dict[str, str]:
    """The traditional characters of which a text has the simplified form, each with that form."""
    used = set(text)
    return {before: after for before, after in _table().items() if after in used}


@cache
def _table() -> Mapping[str, str]:
    characters = [chr(code) for block in _BLOCKS for code in block]
    # A line of its own for each, so that none is converted as part of a word.
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return {before: after for before, after in pairs if before != after and len(after) == 1}
