"""Whether a text is plainly in another language than it is said to be.

Scripts decide first; between languages of the Latin script the small words that are frequent in
each. It is said only when it is plain: an order id, a name or a menu label in English are no proof.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# So many letters make a script worth judging.
_LETTERS = 8
# A text in Chinese may hold so many times as many Latin letters as characters: menu labels, names.
_LATIN_PER_HAN = 12
# A text in Arabic may hold so many times as many.
_LATIN_PER_ARABIC = 6
# A text in Japanese has at least one kana among so many characters.
_EAST_PER_KANA = 8
# A text is held against a language when it has at least so many small words of that one ...
_WORDS = 3
# ... and more than so many times as many as of its own.
_TIMES = 2


def is_other_language(flat: str, tag: str, common: Mapping[str, Collection[str]]) -> bool:
    """Whether a folded text is in another language than `tag`.

    Args:
        flat: The folded text, addresses and placeholders taken out.
        tag: The language that it should be in, one of the rules' languages.
        common: The small words of each language, folded.
    """
    han = len(re.findall(r"[\u3400-\u4dbf\u4e00-\u9fff]", flat))
    kana = len(re.findall(r"[\u3041-\u30fa]", flat))
    arabic = len(re.findall(r"[\u0620-\u064a\u0671-\u06d3]", flat))
    words = re.findall(r"(?<![a-z0-9])[a-z\u00df-\u024f']+(?![a-z0-9])", flat)
    # A word or two are a name or a code.
    latin = sum(map(len, words)) if len(words) >= _WORDS else 0
    east = han + kana
    letters = latin + arabic + east
    if letters <= _LETTERS:
        return False
    if tag == "ja":
        return east * _LATIN_PER_HAN < latin + arabic or kana * _EAST_PER_KANA < han
    if tag == "zh":
        return han * _LATIN_PER_HAN < latin + arabic or kana * _EAST_PER_KANA > han
    if tag == "ar":
        return arabic * _LATIN_PER_ARABIC < latin + east
    if (east + arabic) * _TIMES > latin:
        return True
    counts = {name: sum(word in small for word in words) for name, small in common.items()}
    own = counts.pop(tag, 0)
    other = max(counts.values(), default=0)
    return other >= _WORDS and other > _TIMES * own
