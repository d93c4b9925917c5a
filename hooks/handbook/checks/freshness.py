"""What is past its review date on a given day. The clock is read by nobody here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.content import LANGUAGES
from handbook.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content, Page
    from handbook.yamldoc import Location, YamlDocument

# Past its date a page is a warning; when this has gone by as well, an error.
GRACE = dt.timedelta(days=60)
# A source, and what rests on it, is looked up again after this time.
CHECK_AGAIN = dt.timedelta(days=365)
# A message has no date of its own for the next review.
MESSAGE_AGAIN = dt.timedelta(days=365)
# So far ahead a date is a slip of the pen and not another time zone.
AHEAD = dt.timedelta(days=31)

RULES = ("overdue", "long-overdue", "check-again", "date-ahead")


def check_freshness(content: Content, today: dt.date) -> Iterator[Finding]:
    """Pages past their review, once for both languages; sources, records and messages likewise."""
    for slug in sorted(content.slugs):
        yield from _page(content, slug, today)
    for message in content.messages.values():
        if message.meta:
            due = message.meta.reviewed + MESSAGE_AGAIN
            yield from _due(message.front_matter, message.meta.reviewed, due, today)
    for file in content.data.values():
        yield from _records(file.yaml, today)


def _page(content: Content, slug: str, today: dt.date) -> Iterator[Finding]:
    both = (content.page(slug, language) for language in LANGUAGES)
    pages = [page for page in both if page and page.meta]
    ahead = [one for one in pages if one.meta and one.meta.reviewed - today > AHEAD]
    for page in ahead or pages[:1]:
        first = page if ahead else min(pages, key=_due_day)
        if first.meta:
            yield from _due(first.front_matter, first.meta.reviewed, first.meta.due, today)


def _due_day(page: Page) -> dt.date:
    return page.meta.due if page.meta else dt.date.max


def _due(front: YamlDocument, reviewed: dt.date, due: dt.date, today: dt.date) -> Iterator[Finding]:
    path, span = front.source.path, front.value_span(("reviewed",))
    if reviewed - today > AHEAD:
        yield Finding("date-ahead", path, span, {"date": reviewed.isoformat()})
    elif today > due:
        rule = "long-overdue" if today - due > GRACE else "overdue"
        values = {"due": due.isoformat(), "days": str((today - due).days)}
        yield Finding(rule, path, span, values)


def _records(yaml: YamlDocument, today: dt.date) -> Iterator[Finding]:
    for location, checked in _checked(yaml.value, ()):
        path, span = yaml.source.path, yaml.value_span(location)
        if checked - today > AHEAD:
            yield Finding("date-ahead", path, span, {"date": checked.isoformat()})
        elif today - checked > CHECK_AGAIN:
            values = {"date": checked.isoformat(), "days": str((today - checked).days)}
            yield Finding("check-again", path, span, values)


def _checked(value: object, location: Location) -> Iterator[tuple[Location, dt.date]]:
    """Every check date of the records, with the keys that lead to it."""
    if isinstance(value, dict):
        for key, item in value.items():
            place = (*location, str(key))
            if key == "checked" and isinstance(item, dt.date):
                yield place, item
            else:
                yield from _checked(item, place)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _checked(item, (*location, index))


@dataclass(frozen=True)
class Due:
    """A page and the day of its next review."""

    page: Page
    owner: str
    reviewed: dt.date
    day: dt.date


def due(content: Content) -> list[Due]:
    """Every page with its next review, the earliest first; one entry for both languages."""
    dues = []
    for slug in content.slugs:
        both = (content.page(slug, language) for language in LANGUAGES)
        valid = [page for page in both if page and page.meta]
        if valid:
            page = min(valid, key=_due_day)
            if page.meta:
                dues.append(Due(page, page.meta.owner, page.meta.reviewed, page.meta.due))
    return sorted(dues, key=lambda one: (one.day, one.page.slug))
