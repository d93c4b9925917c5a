"""Telephone numbers: each is one of the records, written as the record shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.checks.places import spoken_places
from handbook.findings import Edit, Finding
from handbook.phones import (
    Known,
    Phone,
    PhoneBook,
    belongs_to,
    digits_of,
    is_valid,
    same_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.content import Content, Page
    from handbook.document import Link
    from handbook.source import SourceFile, Span

_TEL = re.compile(r"(?i:tel):(?P<number>\+?[0-9().\- ]*[0-9](?:;ext=\d+)?)")
_NUMBERS = (("e164",), ("display",))


def phone_book(content: Content) -> PhoneBook | None:
    """All numbers of the records; None while one of their files is not valid."""
    records = content.records
    if not records.stores or content.ids("do_not_use") is None:
        return None
    known = [
        Known(phone.id, phone.e164, phone.display, True, phone.status == "confirmed")  # noqa: FBT003 - a row of a table
        for store in records.stores.values()
        for phone in store.phones
    ]
    known += [
        Known(name, number.e164 or "", number.display, False, False)  # noqa: FBT003 - a row of a table
        for name, number in records.do_not_use.items()
    ]
    return PhoneBook(known)


def check_phones(content: Content) -> Iterator[Finding]:
    """Numbers in pages, front matter and records; the records of numbers themselves.

    The text of a message must hold none at all, which is a rule for messages.
    """
    yield from _records(content)
    book = phone_book(content)
    if book is None:
        return
    for page in content.judged_pages:
        yield from _page(page, book)
    for place in spoken_places(content):
        if place.key[-1:] in _NUMBERS or place.address:
            continue
        warns = place.source.path == content.data["do_not_use"].yaml.source.path
        yield from _text(place.text, place.source, place.span, book, warns=warns)


def _page(page: Page, book: PhoneBook) -> Iterator[Finding]:
    warns = any(directive.name == "do-not-use" for directive in page.document.directives)
    found = list(_text(page.document.visible, page.source, page.source.span, book, warns=warns))
    yield from found
    for link in page.document.links:
        if link.target[:4].lower() != "tel:":
            continue
        whole = link.whole or link.span
        if not any(_inside(finding.span, whole) for finding in found):
            yield from _tel(page, link, book)


def _inside(span: Span, whole: Span) -> bool:
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    return (whole.line, whole.column) <= begin and end <= (whole.end_line, whole.end_column)


def _text(
    text: str,
    source: SourceFile,
    span_of: Callable[[int, int], Span],
    book: PhoneBook,
    *,
    warns: bool,
) -> Iterator[Finding]:
    for phone in book.find(text):
        written = text[phone.start : phone.end]
        span = span_of(phone.start, phone.end)
        yield from _number(phone, written, source.path, span, book, warns=warns)


def _number(  # noqa: PLR0913 - a number, where it stands and what is known
    phone: Phone, written: str, path: str, span: Span, book: PhoneBook, *, warns: bool
) -> Iterator[Finding]:
    known = book.same(phone)
    if known is None:
        yield _stranger(phone, written, path, span, book)
    elif not (known.usable or warns):
        yield Finding("do-not-use-number", path, span, {"number": written, "id": known.identifier})
    elif written not in (known.display, known.e164):
        values = {"number": written, "display": known.display, "id": known.identifier}
        fix = Edit(path, span, known.display)
        yield Finding("number-format", path, span, values, known.display, fix)


def _stranger(phone: Phone, written: str, path: str, span: Span, book: PhoneBook) -> Finding:
    if near := book.near(phone):
        values = {"number": written, "display": near.display, "id": near.identifier}
        return Finding("one-digit-off", path, span, values, near.display)
    rule = "unknown-number" if is_valid(phone) else "invalid-number"
    return Finding(rule, path, span, {"number": written})


def _tel(page: Page, link: Link, book: PhoneBook) -> Iterator[Finding]:
    """A link that dials: its number is a confirmed one, and the one that its text shows."""
    path, span = page.source.path, link.span
    match = _TEL.fullmatch(link.target)
    if match is None:
        if link.target[4:]:
            yield Finding("malformed-link", path, span, {"url": link.target})
        else:
            yield Finding("empty-link", path, link.whole or span)
        return
    number = match["number"]
    shown = next(book.find(link.text), None)
    phone = Phone(0, len(number), digits_of(number), number.startswith(("+", "00")))
    known = book.same(phone)
    if shown and book.same(shown) != known:
        values = {"number": link.text[shown.start : shown.end], "target": number}
        right = book.same(shown)
        better = f"tel:{right.e164}" if right else None
        yield Finding("tel-mismatch", path, span, values, better)
    elif known is None:
        yield _stranger(phone, number, path, span, book)
    elif not known.usable:
        yield Finding("do-not-use-number", path, span, {"number": number, "id": known.identifier})
    elif not known.confirmed:
        yield Finding("unconfirmed-number-link", path, span, {"id": known.identifier})
    elif number != known.e164:
        values = {"number": link.target, "display": f"tel:{known.e164}", "id": known.identifier}
        better = f"tel:{known.e164}"
        yield Finding("number-format", path, span, values, better, Edit(path, span, better))


def _records(content: Content) -> Iterator[Finding]:
    """A record's number can exist in its country, and is the one that is shown."""
    stores = content.data.get("stores")
    for code, store in content.records.stores.items():
        for index, phone in enumerate(store.phones):
            if stores is None:
                continue
            path = stores.yaml.source.path
            place = (code, "phones", index)
            if not belongs_to(phone.e164, store.country):
                values = {"number": phone.e164}
                span = stores.yaml.value_span((*place, "e164"))
                yield Finding("invalid-number", path, span, values)
            elif not same_number(phone.display, phone.e164, store.country):
                values = {"number": phone.display, "target": phone.e164}
                span = stores.yaml.value_span((*place, "display"))
                yield Finding("display-mismatch", path, span, values)
    bad = content.data.get("do_not_use")
    if bad is None:
        return
    for name, number in content.records.do_not_use.items():
        digits = digits_of(number.display)
        if number.e164 and not number.e164.endswith(digits.lstrip("0")):
            values = {"number": number.display, "target": number.e164}
            span = bad.yaml.value_span((name, "display"))
            yield Finding("display-mismatch", bad.yaml.source.path, span, values)
