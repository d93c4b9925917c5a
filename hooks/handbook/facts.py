"""The figures and dates that a sentence states, in Chinese or English, made comparable.

A date is taken apart, so that “1 November to 25 December 2025” and “2025 年 11 月 1 日到 12 月
25 日” state the same: a year is a figure, a day of a month is `11-01`, a month alone is `11-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handbook.phones import find_phones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.models import Language

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(f"{month}|{month[:3]}\\b\\.?" for month in _MONTHS)

# Full-width digits and signs as plain ones; offsets stay.
_NARROW = {sign: sign - 0xFEE0 for sign in range(0xFF01, 0xFF5F)}
_DIGIT = re.compile(r"\d")

_ISO = re.compile(
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?(?![\d-])"
)
_CHINESE_DATE = re.compile(
    r"(?:(?P<year>\d{4}) ?年 ?)?(?<!\d)(?P<month>\d{1,2}) ?月(?!\w*个月)"
    r"(?: ?(?P<day>\d{1,2}) ?[日号])?"
)
_ENGLISH_DATE = re.compile(
    rf"(?:(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?\b(?P<month>{_MONTH})(?![a-z])"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,? (?P<year>\d{4})(?!\d))?"
)
_FIGURE = re.compile(
    r"(?<![A-Za-z\d.])\d+(?:,\d{3})*(?:\.\d+)?(?!\d)(?P<scale> ?[万亿千]| (?:thousand|million)\b)?"
)
# Said in Chinese as 24 hours.
_ALWAYS = re.compile(r"24/7")
_SCALES = {"万": 10_000, "亿": 100_000_000, "千": 1000, "thousand": 1000, "million": 1_000_000}

_CHINESE_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True)) | {"两": 2, "〇": 0}
_CHINESE_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千万半]+")
_ENGLISH_WORDS = {
    word: str(value)
    for value, words in enumerate(
        (
            "zero no none",
            "one once first a an single another",
            "two twice second both pair half",
            "three third",
            "four fourth quarter",
            "five fifth",
            "six sixth",
            "seven seventh week",
            "eight eighth",
            "nine ninth",
            "ten tenth",
            "eleven eleventh",
            "twelve twelfth dozen",
            "thirteen",
            "fourteen fortnight",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        )
    )
    for word in words.split()
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90", "hundred": "100"}
# Around the clock.
_ENGLISH_WORDS["clock"] = "24"
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Fact:
    """A figure or date in a text: its comparable form and where it stands."""

    value: str
    start: int
    end: int


@lru_cache(maxsize=2048)
def facts_in(text: str) -> tuple[Fact, ...]:
    """Every figure and date that is written in digits, in order."""
    plain = text.translate(_NARROW)
    if not _DIGIT.search(plain):
        return ()
    taken: list[tuple[int, int]] = []
    found: list[Fact] = []
    for pattern in (_ISO, _CHINESE_DATE, _ENGLISH_DATE):
        for match in pattern.finditer(plain):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            values = list(_date(match))
            if values:
                taken.append(match.span())
                found += [Fact(value, *match.span()) for value in values]
    for phone in find_phones(plain):
        taken.append((phone.start, phone.end))
        found.append(Fact(f"tel {phone.digits}", phone.start, phone.end))
    for match in _ALWAYS.finditer(plain):
        taken.append(match.span())
        found.append(Fact("24", *match.span()))
    for match in _FIGURE.finditer(plain):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(Fact(_figure(match), match.start(), match.end()))
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.value)))


def _date(match: re.Match[str]) -> Iterator[str]:
    parts = match.groupdict()
    day = parts.get("day") or parts.get("after")
    month = parts["month"]
    if not month.isdigit():
        if not day and not parts.get("year"):
            # A month alone is a word, and “may” is a verb.
            return
        month = str(
            next(index for index, name in enumerate(_MONTHS, 1) if name.startswith(month[:3]))
        )
    if parts.get("year"):
        yield parts["year"]
    yield f"{int(month):02}-{int(day):02}" if day else f"{int(month):02}-"


def _figure(match: re.Match[str]) -> str:
    digits = match[0].removesuffix(match["scale"] or "").replace(",", "")
    if match["scale"]:
        return f"{float(digits) * _SCALES[match['scale'].strip()]:.0f}"
    whole, dot, part = digits.partition(".")
    whole = whole.lstrip("0") or "0"
    return whole + dot + part if part.strip("0") else whole


def spoken_in(text: str, language: Language) -> set[str]:
    """Figures and months that a text states in words, in the form of facts."""
    if language == "en":
        words = {word.lower() for word in _WORD.findall(text)}
        spoken = {_ENGLISH_WORDS[word] for word in words if word in _ENGLISH_WORDS}
        return spoken | {
            f"{index:02}-" for index, name in enumerate(_MONTHS, 1) if name.lower() in words
        }
    spoken = set()
    for match in _CHINESE_NUMBER.findall(text):
        value = _chinese_number(match)
        spoken |= {str(value), *(str(_CHINESE_DIGITS.get(sign, 10)) for sign in match)}
    return spoken


def _chinese_number(text: str) -> int:
    """一百二十 as 120; what is no number gives some figure, which nothing else states."""
    total, part, digit = 0, 0, 0
    for sign in text:
        if sign in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[sign]
        elif sign == "半":
            digit = 2
        elif sign == "万":
            total, part, digit = (part + (digit or 0) or 1) * 10_000, 0, 0
        else:
            part += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
    return total + part + digit
