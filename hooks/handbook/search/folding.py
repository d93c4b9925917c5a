"""Traditional Chinese characters and the simplified ones that the handbook writes instead."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

# The blocks that hold the characters of everyday use: CJK Unified Ideographs and its extension A.
_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def folding(text: str) -> str:
    """Pairs of a traditional character and its simplified form, for the forms that a text holds."""
    used = set(text)
    return "".join(
        traditional + simplified
        for traditional, simplified in _table().items()
        if simplified in used
    )


@cache
def _table() -> dict[str, str]:
    characters = [chr(code) for block in _BLOCKS for code in block]
    # One a line: no character is read as part of a word.
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {one: other for one, other in pairs if one != other and len(other) == 1}
