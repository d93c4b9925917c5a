"""A figure, deadline, amount or number in guidance stands with its source.

Only what is measured counts: a duration, a share, a size, an amount, a date. “Do these 4 steps”
claims nothing about Amazon.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import groupby
from typing import TYPE_CHECKING

from handbook.facts import facts_in
from handbook.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content, Page
    from handbook.facts import Fact

_UNIT = re.compile(
    r"[ -]?(?:[%％]|个?(?:自然日|日历日|工作日|小时|分钟|天|日|周|月|年)"
    r"|[美欧日加澳港]?元|英镑|卢比|字符|[KMG]B\b"
    r"|(?:(?:business|working|calendar|natural) )?(?:day|hour|minute|week|month|year|percent"
    r"|character|dollar|euro|pound)s?\b)"
)
_CURRENCY = re.compile(r"(?:[$€£¥￥]|US\$|USD|EUR|GBP|JPY) ?$")
_QUESTION = re.compile(r"[?？]\W*$")


def check_claims(content: Content) -> Iterator[Finding]:
    """Figures in guidance whose paragraph, list item or table row cites nothing."""
    for page in content.judged_pages:
        if _guides(page):
            yield from _page(page)


def _guides(page: Page) -> bool:
    """Whether a page says what Amazon does: it cites, and is not about the sources themselves."""
    about = {"all-sources", "terms", "changes"}
    named = {directive.name for directive in page.document.directives}
    return bool(page.document.footnotes) and not named & about


def _page(page: Page) -> Iterator[Finding]:
    prose = page.document.prose
    cited = sorted(
        page.source.offset(note.span.line, note.span.column) for note in page.document.footnotes
    )
    blocks = [block for block in page.document.blocks if not block.heading]
    for _, group in groupby(blocks, key=lambda block: block.group):
        parts = list(group)
        start, end = parts[0].start, parts[-1].end
        index = bisect_left(cited, start)
        if (index < len(cited) and cited[index] < end) or _QUESTION.search(prose[start:end]):
            continue
        for part in parts:
            text = prose[part.start : part.end]
            fact = next((one for one in facts_in(text) if _is_claim(one, text)), None)
            if fact:
                span = page.source.span(part.start + fact.start, part.start + fact.end)
                values = {"written": text[fact.start : fact.end]}
                yield Finding("uncited-claim", page.source.path, span, values)
                break


def _is_claim(fact: Fact, text: str) -> bool:
    return (
        "-" in fact.value
        or bool(_UNIT.match(text, fact.end))
        or bool(_CURRENCY.search(text[: fact.start]))
    )
