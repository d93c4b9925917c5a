"""Telephone numbers in a folded text, told from order ids, parcels, prices, dates and codes.

Amazon's own numbers are as forbidden in a message as any other (derived-no-phone in the sources),
so what matters is only whether a run of digits is a telephone number at all. How it is written
decides: sure shapes count, doubtful ones count beside a word such as "call".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from handbook.messaging.ruleset import NEAR

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.messaging.ruleset import RuleSet

# A number counts as spelled out when it has so many digits in all, so many of them as words.
_DIGITS = 7
_WORDS = 2

Shape = Literal["sure", "likely", "doubtful"]


def telephone_numbers(text: str, rules: RuleSet) -> Iterator[tuple[int, int]]:
    """The ranges of telephone numbers in a folded text, digits and spelled-out ones.

    Addresses must have been taken out before: a number inside one is no telephone number.
    """
    for match in re.finditer(rules.expressions.number, text, re.ASCII):
        if _is_telephone(text, match, rules):
            yield match.start(), match.end()
    for match in re.finditer(rules.expressions.vanity, text, re.ASCII):
        yield match.start(), match.end()
    for match in re.finditer(rules.expressions.spelled, text, re.ASCII):
        words = len(re.findall(rules.expressions.digit_words, match[0], re.ASCII))
        digits = len(re.findall(r"[0-9]", match[0]))
        if words >= _WORDS and words + digits >= _DIGITS:
            yield match.start(), match.end()


def _is_telephone(text: str, match: re.Match[str], rules: RuleSet) -> bool:
    find, shapes = rules.expressions, rules.general.numbers.shapes
    extended = bool(re.search(shapes["extension"], match[0]))
    written = re.sub(shapes["extension"], "", match[0]).strip()
    digits = re.sub(r"[^0-9]", "", written)
    plain = re.sub(r"\s+", " ", written)
    if not _DIGITS <= len(digits) <= 15:  # noqa: PLR2004 - E.164 allows 15
        return False
    if any(re.search(shapes[name], plain) for name in ("order-id", "dates", "years")):
        return False
    before = text[max(0, match.start() - NEAR) : match.start()]
    after = text[match.end() : match.end() + NEAR]
    if re.search(find.money_before, before) or re.search(find.money_after, after):
        return False
    called = _last(find.phone_words, before)
    explained = _last(find.other_words, before)
    if called < 0 and explained < 0:
        called = min(0, _last(find.phone_words, after[: NEAR // 2]))
    if extended or called > explained:
        return True
    shape = _shape(written, digits, shapes)
    if explained >= 0:
        # "tracking +1 …" is a slip; "case 202 555 0143" is a case.
        return shape == "sure" and written.startswith(("+", "(+"))
    short = len(digits) < 9  # noqa: PLR2004 - numbers of money rarely have more digits
    return shape != "doubtful" and not (short and re.search(shapes["thousands"], plain))


def _shape(written: str, digits: str, shapes: Mapping[str, str]) -> Shape:  # noqa: PLR0911 - one by one
    """How sure it is by its writing alone that this is a telephone number."""
    groups = re.findall(r"[0-9]+", written)
    length = len(digits)
    if re.search(r"^\(?\+|[(\[][0-9]{2,5}[)\]]", written) and length >= 8:  # noqa: PLR2004
        return "sure"
    mobile = re.search(shapes["china-mobile"], digits)
    american = re.search(shapes["north-america"], digits)
    if len(groups) == 1:
        national = re.search(shapes["national"], digits)
        return "likely" if mobile or american or national else "doubtful"
    if mobile or (american and len(groups[-1]) == 4):  # noqa: PLR2004
        return "sure"
    if all(len(group) == 1 for group in groups):
        return "sure"
    if digits.startswith("0") and length >= 9:  # noqa: PLR2004
        return "sure"
    codes = all(len(group) == 4 for group in groups)  # noqa: PLR2004 - as on a card or a parcel
    if len(groups) >= 3 and 8 <= length <= 12 and not codes:  # noqa: PLR2004
        return "likely"
    return "doubtful"


def _last(expression: str, text: str) -> int:
    """Where the last match begins; -1 where there is none."""
    return max((match.start() for match in re.finditer(expression, text, re.ASCII)), default=-1)
