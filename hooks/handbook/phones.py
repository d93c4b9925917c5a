"""Telephone numbers in running text: where they stand, and whether the handbook knows them.

Nothing here reads a file. `find_phones` tells numbers from all that only looks alike (order ids,
dates, prices, ids of sources); a `PhoneBook` compares them with the records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import phonenumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Offsets must stay, so each sign is replaced by one sign.
_PLAIN = str.maketrans(
    "０１２３４５６７８９（）＋－．／　\u00a0\u2007\u2009\u202f‐‑‒–—−･・",
    "0123456789()+-./     ------..",
)
_RUN = re.compile(
    r"(?<![A-Za-z0-9_@#&=%$€£¥])(?<![A-Za-z0-9][-./:])"
    r"(?P<lead>[+(]{0,2})(?P<first>\d+)(?P<rest>(?:(?: ?[-./] ?| {1,2}|\) ?-?| ?\()\d+)*)"
    r"(?![A-Za-z0-9_@%]|[-.:]?\d|-[A-Za-z])"
)
# Seven digits with little between them; anything else is no number.
_ENOUGH = re.compile(r"\d(?:\D{0,3}\d){6}")
_GROUP = re.compile(r"(?P<separator>[^\d]*)(?P<digits>\d+)")
_EXTENSION = re.compile(r"[ ,]{0,2}(?:转|轉|分机|ext\.?|extension|x) ?\d{1,6}(?!\d)", re.IGNORECASE)

_SPEAKS_OF_PHONES = re.compile(
    r"电话|電話|热线|熱線|号码|拨打|拨|致电|打给|手机|传真|客服|\btel\b|phone|\bcall|\bdial|\bfax\b"
    r"|hotline|toll-free|mobile|whatsapp|微信|\bring\b|\bnumber\b",
    re.IGNORECASE,
)
_SPEAKS_OF_IDS = re.compile(
    r"order|订单|\bcase\b|工单|\bUPC|\bEAN|GTIN|ISBN|ASIN|FNSKU|\bSKU|track|运单|快递|追踪|单号|编号"
    r"|\bID\b|invoice|发票|\bref\b|claim|barcode|条码|批次|lot\b|parcel|包裹|shipment|货件|\b1Z|TBA"
    r"|version|版本|\bv\.?$|price|价格|amount|金额|[$€£¥]\s*$",
    re.IGNORECASE,
)
# How far before a number the words that explain it may stand.
_BEFORE = 24

_FEWEST, _MOST = 7, 15
# With what a toll-free number begins, in North America and in China.
_TOLL_FREE = ("800", "822", "833", "844", "855", "866", "877", "888", "400")


class Phone(NamedTuple):
    """A number in a text: offsets of the whole, its digits, and whether a country code leads."""

    start: int
    end: int
    digits: str
    international: bool


@dataclass(frozen=True)
class Known:
    """A number of the records; `usable` is false for one that must not be used."""

    identifier: str
    e164: str
    display: str
    usable: bool
    confirmed: bool


class _Shape(NamedTuple):
    """The groups of digits of what may be a number, the signs between them, what leads."""

    lead: str
    groups: tuple[str, ...]
    separators: tuple[str, ...]

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(len(group) for group in self.groups)

    @property
    def signs(self) -> set[str]:
        """The signs that separate the groups; a space where there is no other."""
        return {separator.strip() or " " for separator in self.separators}


class PhoneBook:
    """The numbers of the records, and the judgement on any other."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.known = tuple(known)
        self._by_digits: dict[str, Known] = {}
        for number in self.known:
            for digits in _spellings(number):
                self._by_digits.setdefault(digits, number)

    def find(self, text: str) -> Iterator[Phone]:
        """Every number in a text, in order."""
        return find_phones(text, self)

    def same(self, phone: Phone) -> Known | None:
        """The record of a number, however it is written."""
        return self._by_digits.get(phone.digits)

    def near(self, phone: Phone) -> Known | None:
        """The record that a number differs from by one digit: wrong, missing, added or swapped."""
        return self.near_digits(phone.digits)

    def near_digits(self, digits: str) -> Known | None:
        """The same, of digits alone."""
        if not 8 <= len(digits) <= _MOST + 1:  # noqa: PLR2004 - shorter ones are near to everything
            return None
        for spelling, number in self._by_digits.items():
            if _one_off(digits, spelling):
                return number
        return None


def _spellings(number: Known) -> set[str]:
    """The digits under which a number is written: with and without codes, as displayed."""
    digits = number.e164.lstrip("+")
    spellings = {digits, "00" + digits, "011" + digits, _digits(number.display)}
    try:
        parsed = phonenumbers.parse(number.e164)
    except phonenumbers.NumberParseException:
        return spellings
    national = phonenumbers.national_significant_number(parsed)
    return spellings | {national, "0" + national}


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text.translate(_PLAIN))


def _one_off(digits: str, other: str) -> bool:
    if digits == other or abs(len(digits) - len(other)) > 1:
        return False
    if len(digits) == len(other):
        wrong = [index for index in range(len(other)) if digits[index] != other[index]]
        if len(wrong) == 1:
            return True
        return (
            len(wrong) == 2  # noqa: PLR2004 - a pair
            and wrong[1] == wrong[0] + 1
            and digits[wrong[0]] == other[wrong[1]]
            and digits[wrong[1]] == other[wrong[0]]
        )
    short, long = sorted((digits, other), key=len)
    # A digit more or less in front is a code rather than a slip.
    return short != long[1:] and any(
        long[:index] + long[index + 1 :] == short for index in range(1, len(long))
    )


def find_phones(text: str, book: PhoneBook | None = None) -> Iterator[Phone]:
    """Every telephone number in a text, in order; those of a book however they are written."""
    if not _ENOUGH.search(text):
        return
    plain = text.translate(_PLAIN)
    for run in _RUN.finditer(plain):
        yield from _in_run(plain, run, book)


def _in_run(plain: str, run: re.Match[str], book: PhoneBook | None) -> Iterator[Phone]:
    """The numbers in a row of groups of digits, which may be several behind each other."""
    groups = list(_GROUP.finditer(run["first"] + run["rest"]))
    offset = run.start("first")
    first = 0
    while first < len(groups):
        for last in range(min(len(groups), first + 9), first, -1):
            part = groups[first:last]
            lead = run["lead"] if first == 0 else part[0]["separator"].strip()
            shape = _Shape(
                lead,
                tuple(group["digits"] for group in part),
                tuple(group["separator"] for group in part[1:]),
            )
            start = offset + part[0].start("digits")
            start -= len(lead) if plain[start - len(lead) : start] == lead else 0
            end = offset + part[-1].end()
            if _is_phone(shape, plain[max(0, start - _BEFORE) : start], book):
                if extension := _EXTENSION.match(plain, end):
                    end = extension.end()
                international = "+" in lead or shape.digits.startswith("00")
                yield Phone(start, end, shape.digits, international)
                first = last
                break
        else:
            first += 1


def _is_phone(shape: _Shape, before: str, book: PhoneBook | None) -> bool:
    digits = shape.digits
    if not _FEWEST <= len(digits) <= _MOST or _is_date(shape) or _is_identifier(shape):
        return False
    if book and len(shape.groups) <= 6:  # noqa: PLR2004 - more groups are no number of ours
        phone = Phone(0, 0, digits, international=False)
        if book.same(phone) or (_speaks_of(before) != "id" and book.near(phone)):
            return True
    if "+" in shape.lead:
        return True
    speaks = _speaks_of(before)
    if speaks == "id":
        return False
    return _looks_like_one(shape) or (speaks == "phone" and not _is_amount(shape))


def _speaks_of(before: str) -> str | None:
    """What the words before a number say that it is: a phone, an id, or nothing."""
    before = re.split(r"[。！？；\n]|\. ", before)[-1]
    phones = [match.end() for match in _SPEAKS_OF_PHONES.finditer(before)]
    ids = [match.end() for match in _SPEAKS_OF_IDS.finditer(before)]
    if not phones and not ids:
        return None
    return "phone" if max(phones, default=-1) > max(ids, default=-1) else "id"


def _is_date(shape: _Shape) -> bool:
    """2026-11-23, 23.11.2026, 2024-2026, 2024-11, 20261123."""
    groups = shape.groups
    if len(groups) == 1:
        return bool(re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])", groups[0]))
    years = [bool(re.fullmatch(r"(?:19|20)\d\d", group)) for group in groups]
    if len(groups) == 2:  # noqa: PLR2004 - a range, or a month
        return any(years) and max(shape.lengths) <= 4  # noqa: PLR2004 - digits of a year
    rest = [len(group) for group, year in zip(groups, years, strict=True) if not year]
    return any(years) and all(length <= 2 for length in rest)  # noqa: PLR2004 - day and month


def _is_identifier(shape: _Shape) -> bool:
    """Order ids, ISBNs, addresses of machines, versions, social security numbers."""
    lengths, signs = shape.lengths, shape.signs
    if "+" in shape.lead:
        return False
    if lengths == (3, 7, 7) or lengths == (3, 2, 4):  # noqa: PLR1714 - two kinds of ids
        return True
    if shape.groups[0] in ("978", "979") and sum(lengths) == 13:  # noqa: PLR2004 - an ISBN
        return True
    if signs == {"."}:
        return len(lengths) == 4 and max(lengths) <= 3 or lengths[0] == 1 and max(lengths) <= 2  # noqa: PLR2004, RUF021 - dotted numbers
    return False


def _is_amount(shape: _Shape) -> bool:
    """12 345 678 or 1.234.567: thousands."""
    return (
        len(shape.groups) > 1
        and shape.lead == ""
        and shape.signs <= {" ", "."}
        and not shape.groups[0].startswith("0")
        and shape.groups[0] not in _TOLL_FREE
        and len(shape.groups[0]) <= 3  # noqa: PLR2004 - of thousands
        and all(length == 3 for length in shape.lengths[1:])  # noqa: PLR2004 - of thousands
    )


def _looks_like_one(shape: _Shape) -> bool:  # noqa: PLR0911 - one line for each way of writing
    """Whether the grouping alone says that this is a number to call."""
    lengths, digits, groups = shape.lengths, shape.digits, shape.groups
    if len(groups) == 1:
        international = digits.startswith("00") and len(digits) >= 10  # noqa: PLR2004 - shortest
        return _is_chinese_mobile(digits) or (international and _is_valid("+" + digits[2:]))
    if _is_amount(shape):
        return False
    american = groups[1:] if groups[0] in ("1", "001", "011", "0011") else groups
    if tuple(len(group) for group in american) in ((3, 3, 4), (3, 4, 4)):
        return american[0] in _TOLL_FREE or american[0][0] in "123456789"
    if len(groups) == 2:  # noqa: PLR2004 - area code and number
        area, number = groups
        return (
            (area.startswith("0") and len(area) in (3, 4) and len(number) in (7, 8))
            or (area in _TOLL_FREE and len(number) == 7)  # noqa: PLR2004 - Chinese service lines
            or ("(" in shape.lead and len(number) >= 7)  # noqa: PLR2004 - (021) 62345678
        )
    if digits.startswith("00"):
        return _is_valid("+" + digits[2:])
    if digits.startswith("0") and max(lengths) <= 4 and len(digits) >= 9:  # noqa: PLR2004
        return True
    if groups[0] in _TOLL_FREE and len(digits) >= 9:  # noqa: PLR2004 - toll-free lines
        return max(lengths) <= 4  # noqa: PLR2004
    hyphens = "-" in shape.signs and shape.signs <= {"-", " ", "(", ")", ")-"}
    return hyphens and len(digits) >= 9 and max(lengths) <= 4 and min(lengths[1:]) >= 2  # noqa: PLR2004


def _is_chinese_mobile(digits: str) -> bool:
    return bool(re.fullmatch(r"1[3-9]\d{9}", digits))


def _is_valid(number: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return False


def is_valid(phone: Phone) -> bool:
    """Whether a number with a country code can exist in its country; true without a code."""
    if not phone.international:
        return True
    digits = phone.digits.removeprefix("00")
    return _is_valid("+" + digits)


def belongs_to(e164: str, country: str) -> bool:
    """Whether a number is valid in a country (ISO 3166), or in one that shares its country code."""
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return False
    shares = phonenumbers.country_code_for_region(country) == parsed.country_code
    return shares and phonenumbers.is_valid_number(parsed)


def digits_of(text: str) -> str:
    """The digits of a number as it is written, without an extension."""
    extension = _EXTENSION.search(text.translate(_PLAIN))
    return _digits(text[: extension.start()] if extension else text)


def same_number(display: str, e164: str, country: str | None) -> bool:
    """Whether a number as it is shown is the one that is dialled."""
    plain = display.translate(_PLAIN)
    try:
        shown = phonenumbers.parse(plain, None if plain.startswith("+") else country)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.format_number(shown, phonenumbers.PhoneNumberFormat.E164) == e164
