"""Everything that is checked. A check takes the content and gives findings; it never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.checks import freshness
from handbook.checks.claims import check_claims
from handbook.checks.freshness import check_freshness
from handbook.checks.links import check_links
from handbook.checks.messages import check_messages
from handbook.checks.pairs import check_pairs
from handbook.checks.parity import check_parity, check_texts
from handbook.checks.phones import check_phones
from handbook.checks.references import check_references
from handbook.checks.writing import check_writing
from handbook.content import partner_path
from handbook.findings import Edit, Finding, in_order
from handbook.fingerprints import refreshed
from handbook.suppressions import Permissions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from handbook.content import Content, Page
    from handbook.document import Section
    from handbook.source import Span

__all__ = ["check", "mechanical"]


def check(content: Content, today: dt.date | None = None) -> list[Finding]:
    """All findings in the content, those of its reading among them, in order.

    Freshness is judged on `today`; without a day it is not judged, so that the passing of time
    never stops a build.
    """
    permissions, found, unfinished = _first_look(content, today)
    found += check_parity(content, unfinished)
    messages = {one.path for one in found}
    found = _one_for_each_place([found, [*check_texts(content, messages)]])
    stale = {one.path for one in found if one.rule in freshness.RULES}
    overdue = stale | {partner_path(path) for path in stale}
    return in_order(
        one
        for one in permissions.judged(found, () if today else freshness.RULES)
        # A page that is to be reviewed gets a new date in both languages.
        if not (one.path in overdue and one.values.get("key") in ("reviewed", "review_in"))
    )


def mechanical(content: Content, today: dt.date | None = None) -> list[Edit]:
    """What `--fix` changes: what a finding knows how to mend, and the stored fingerprints."""
    permissions, found, unfinished = _first_look(content, today)
    edits = [one.fix for one in found if one.fix and not permissions.allow(one)]
    return edits or list(refreshed(content, unfinished))


def _first_look(
    content: Content, today: dt.date | None
) -> tuple[Permissions, list[Finding], Unfinished]:
    """What is wrong with each file by itself, and the sections that have findings."""
    permissions = Permissions(content.files)
    links = list(check_links(content))
    # What is wrong with an address is said in words of its own, not as a pattern.
    addresses = {(one.path, one.span) for one in links}
    read = [
        one
        for one in content.findings
        if one.rule != "bad-value" or (one.path, one.span) not in addresses
    ]
    exact = [
        *read,
        *links,
        *check_pairs(content),
        *check_references(content),
        *check_messages(content),
        *check_phones(content),
        *(() if today is None else check_freshness(content, today)),
    ]
    found = _one_for_each_place([exact, [*check_claims(content)], [*check_writing(content)]])
    unfinished = Unfinished(content, (one for one in found if not permissions.allow(one)))
    return permissions, found, unfinished


def _one_for_each_place(groups: Iterable[Iterable[Finding]]) -> list[Finding]:
    """The findings of all groups but those that lie on one of a group before: mended by it."""
    kept: list[Finding] = []
    taken: dict[tuple[str, int], list[Span]] = {}
    for group in groups:
        new = [
            one
            for one in group
            if not any(
                _touch(one.span, other) for other in taken.get((one.path, one.span.line), ())
            )
        ]
        for one in new:
            taken.setdefault((one.path, one.span.line), []).append(one.span)
        kept += new
    return kept


def _touch(span: Span, other: Span) -> bool:
    """Whether two ranges that begin on the same line have a character in common."""
    return span.column < max(other.end_column, other.column + 1) and other.column < max(
        span.end_column, span.column + 1
    )


class Unfinished:
    """Whether a section has findings: then it is compared with its partner when it is mended."""

    def __init__(self, content: Content, findings: Iterable[Finding]) -> None:
        self._sections: set[tuple[str, int]] = set()
        for finding in findings:
            page = content.pages.get(finding.path)
            if page is None or finding.severity == "info":
                continue
            offset = page.source.offset(finding.span.line, finding.span.column)
            if offset >= page.body_start:
                section = page.document.section_at(offset)
                self._sections.add((finding.path, section.start))

    def __call__(self, page: Page, section: Section) -> bool:
        return (page.source.path, section.start) in self._sections
