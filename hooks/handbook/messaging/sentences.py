"""How many sentences a message has; translations of one message must have the same number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ITEM = re.compile(r"^\s*(?:[0-9]{1,2}[.)]|[-\u2022])\s+")
_BLANK = re.compile(r"\{[A-Za-z_]\w*\}")
_END = re.compile(
    r"[.!?\u061f]+[\"'\u201c\u201d\u00bb)\]]*(?=\s|$)|[\u3002\uff01\uff1f\uff0e]+[\u201d\u300d\u300f\uff09]*"
)


def sentence_count(text: str, abbreviations: Iterable[str] = ()) -> int:
    """The sentences of a text; a line without a stop is one, a line of placeholders none.

    Args:
        text: The text.
        abbreviations: What ends with a stop that ends no sentence, such as "e.g.".
    """
    count = 0
    for line in text.split("\n"):
        rest = _ITEM.sub("", line)
        if not _BLANK.sub("", rest).strip():
            continue
        for abbreviation in abbreviations:
            rest = re.sub(rf"(?<!\w){re.escape(abbreviation)}", abbreviation.replace(".", ""), rest)
        pieces = _END.split(rest)
        count += sum(1 for piece in pieces if re.search(r"\w", piece))
    return count
