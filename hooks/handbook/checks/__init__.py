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

__all__ = ["check", "mechanical"]


def check(content: Content, today: dt.date | None = None) -> list[Finding]:
    """All findings in the content, those of its reading among them, in order.

    Freshness is judged on `today`; without a day it is not judged, so that the passing of time
    never stops a build.
    """
    permissions, found, unfinished = _first_look(content, today)
    found += [*check_parity(content, unfinished), *check_texts(content)]
    overdue = {partner_path(one.path) for one in found if one.rule in freshness.RULES}
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
    found = _direct(content, today)
    unfinished = Unfinished(content, (one for one in found if not permissions.allow(one)))
    return permissions, found, unfinished


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


def _direct(content: Content, today: dt.date | None) -> list[Finding]:
    links = list(check_links(content))
    # What is wrong with an address is said in words of its own, not as a pattern.
    addresses = {(finding.path, finding.span) for finding in links}
    found = [
        *(
            finding
            for finding in content.findings
            if finding.rule != "bad-value" or (finding.path, finding.span) not in addresses
        ),
        *links,
        *check_pairs(content),
        *check_references(content),
        *check_messages(content),
        *check_phones(content),
        *check_claims(content),
        *check_writing(content),
    ]
    stale = [] if today is None else list(check_freshness(content, today))
    return [*found, *stale]
