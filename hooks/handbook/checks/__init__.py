"""Everything that is checked. A check takes the content and gives findings; it never raises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.checks.messages import check_messages
from handbook.checks.pairs import check_pairs
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
    return in_order(
        [
            *content.findings,
            *check_pairs(content),
            *check_references(content),
            *check_messages(content),
        ]
    )
