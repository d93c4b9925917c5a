"""Everything that is checked. A check takes the content and gives findings; it never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook import suppressions
from handbook.checks.links import check_links
from handbook.checks.messages import check_messages
from handbook.checks.pairs import check_pairs
from handbook.checks.phones import check_phones
from handbook.checks.references import check_references
from handbook.findings import Finding, in_order

if TYPE_CHECKING:
    import datetime as dt

    from handbook.content import Content

__all__ = ["check"]


def check(content: Content, today: dt.date | None = None) -> list[Finding]:
    """All findings in the content, those of its reading among them, in order.

    Freshness is judged on `today`; without a day it is not judged, so that the passing of time
    never stops a build.
    """
    del today
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
    ]
    return in_order(suppressions.apply(found, content.files))
