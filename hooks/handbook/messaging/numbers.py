"""Telephone numbers in a folded text, told from order ids, parcels, prices, dates and codes.

Amazon's own numbers are as forbidden in a message as any other (facts: Communication Guidelines), so
what matters is only whether a run of digits is a telephone number at all. How it is written decides:
sure shapes count, doubtful ones count beside a word such as "call".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.messaging.ruleset import Expressions

# How far a word may stand from the number that it explains, in characters.
_NEAR = 32

_DATE = r"(?:(?:19|20)[0-9]{2}[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12][0-9]|3[01])|(?:0?[1-9]|[12][0-9]|3[01])[-./ ](?:0?[1-9]|[12][0-9]|3[01])[-./ ](?:19|20)[0-9]{2})"
_DATES = re.compile(rf"^{_DATE}(?:[ -]+(?:{_DATE}|[0-9]{{1,4}}))?$")
_YEARS = re.compile(r"^(?:19|20)[0-9]{2} ?- ?(?:19|20)[0-9]{2}$")
_ORDER_ID = re.compile(r"^[0-9]{3}-[0-9]{7}-[0-9]{7}$")
_THOUSANDS = re.compile(r"^[1-9][0-9]{0,2}(?:\.[0-9]{3})+$|^[1-9][0-9]{0,2}(?: [0-9]{3})+$")
_EXTENSION = re.compile(r"\s?(?:[a-z\u8f6c]+\.?)\s?[0-9]{1,6}$")
_NORTH_AMERICA = re.compile(r"^1?[2-9][0-9]{2}[2-9][0-9]{6}$")
_CHINA_MOBILE = re.compile(r"^(?:86)?1[3-9][0-9]{9}$")
_NATIONAL = re.compile(r"^0[1-9][0-9]{8,9}$")

Shape = Literal["sure", "likely", "doubtful"]


def telephone_numbers(text: str, expressions: Expressions) -> Iterator[tuple[int, int]]:
    """The ranges of telephone numbers in a folded text, digits and spelled-out ones.

    Addresses must have been taken out before: a number inside one is no telephone number.
    """
    for match in re.finditer(expressions.number, text):
        if _is_telephone(text, match, expressions):
            yield match.start(), match.end()
    for match in re.finditer(expressions.spelled, text, re.ASCII):
        yield match.start(), match.end()


def _is_telephone(text: str, match: re.Match[str], expressions: Expressions) -> bool:
    extended = bool(_EXTENSION.search(match[0]))
    written = _EXTENSION.sub("", match[0]).strip()
    digits = re.sub(r"[^0-9]", "", written)
    plain = re.sub(r"\s+", " ", written)
    if not 7 <= len(digits) <= 15 or _ORDER_ID.search(plain):
        return False
    if _DATES.search(plain) or _YEARS.search(plain):
        return False
    before = text[max(0, match.start() - _NEAR) : match.start()]
    after = text[match.end() : match.end() + _NEAR]
    if re.search(expressions.money_before, before) or re.search(expressions.money_after, after):
        return False
    called = max(_last(expressions.phone_words, before), -1)
    explained = _last(expressions.other_words, before)
    if called < 0 and explained < 0 and re.search(expressions.phone_words, after[:16], re.ASCII):
        called = 0
    if extended or called > explained:
        return not _THOUSANDS.search(plain) or called >= 0
    shape = _shape(written, digits)
    if explained >= 0:
        # "tracking +1 …" is a slip; "case 202 555 0143" is a case.
        return shape == "sure" and written.startswith(("+", "(+"))
    if _THOUSANDS.search(plain) and len(digits) < 9:
        return False
    return shape != "doubtful"


def _shape(written: str, digits: str) -> Shape:
    """How sure it is by its writing alone that this is a telephone number."""
    groups = re.findall(r"[0-9]+", written)
    alone = len(groups) == 1
    if written.startswith(("+", "(+")) and len(digits) >= 8:
        return "sure"
    if re.search(r"\([0-9]{2,5}\)", written) and len(digits) >= 8:
        return "sure"
    if not alone:
        if _NORTH_AMERICA.search(digits) and len(groups[-1]) == 4:
            return "sure"
        if all(len(group) == 1 for group in groups) and len(groups) <= 13:
            return "sure"
        if digits.startswith("0") and 9 <= len(digits) <= 15:
            return "sure"
        if _CHINA_MOBILE.search(digits):
            return "sure"
        if len(groups) >= 3 and 8 <= len(digits) <= 12 and {len(group) for group in groups} != {4}:
            return "likely"
        return "doubtful"
    if _NORTH_AMERICA.search(digits) or _CHINA_MOBILE.search(digits) or _NATIONAL.search(digits):
        return "likely"
    return "doubtful"


def _last(expression: str, text: str) -> int:
    """Where the last match begins; -1 where there is none."""
    return max((match.start() for match in re.finditer(expression, text, re.ASCII)), default=-1)
