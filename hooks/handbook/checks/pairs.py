"""A page and its partner in the other language: both exist, with the same headings and facts."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING

from handbook.findings import Finding, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content, Page
    from handbook.document import Heading

# Keys that both languages must give the same value.
_SHARED = ("topics", "fulfilment", "reviewed", "review_in", "owner")


def check_pairs(content: Content) -> Iterator[Finding]:
    """Missing partners; headings without id, with a doubled id or one the partner lacks."""
    for page in content.judged_pages:
        yield from _headings(page)
        partner = content.pages.get(page.partner)
        if partner is None:
            if page.partner not in content.files and not (content.root / page.partner).exists():
                span = page.source.line_span(1)
                yield Finding("missing-partner", page.source.path, span, {"partner": page.partner})
            continue
        if page.language == "en":
            yield from _same_headings(page, partner)
            yield from _same_meta(page, partner)


def _headings(page: Page) -> Iterator[Finding]:
    path = page.source.path
    seen: Counter[str] = Counter()
    for heading in page.document.headings:
        if heading.level == 1:
            yield Finding("heading-level-one", path, heading.span)
        if heading.identifier is None:
            yield Finding("heading-without-id", path, heading.span, {"title": heading.title})
            continue
        seen[heading.identifier] += 1
        if seen[heading.identifier] > 1:
            yield Finding(
                "duplicate-heading-id", path, heading.identifier_span, {"id": heading.identifier}
            )


def _same_headings(page: Page, partner: Page) -> Iterator[Finding]:
    """Ids that only one language has; one id for another is one finding."""
    zh, en = (page, partner) if page.language == "zh" else (partner, page)
    only_zh, only_en = _only(zh, en), _only(en, zh)
    stored = (zh.meta.fingerprints if zh.meta else None) or {}
    for ours, theirs in zip_longest(only_zh, only_en):
        # Of two ids the one that was there when the languages last matched is right.
        if ours and (theirs is None or (theirs.identifier in stored)):
            yield from _unmatched(ours, zh, en, only_en)
        elif theirs:
            yield from _unmatched(theirs, en, zh, only_zh)


def _only(page: Page, partner: Page) -> list[Heading]:
    """The headings whose id the partner lacks."""
    theirs = {heading.identifier for heading in partner.document.headings}
    return [one for one in page.document.headings if one.identifier not in {None, *theirs}]


def _unmatched(
    heading: Heading, page: Page, partner: Page, candidates: list[Heading]
) -> Iterator[Finding]:
    name = heading.identifier or ""
    hint, near = did_you_mean(name, [one.identifier or "" for one in candidates])
    yield Finding(
        "heading-id-mismatch",
        page.source.path,
        heading.identifier_span,
        {"id": name, "partner": partner.source.path, "near": hint},
        near,
    )


def _same_meta(page: Page, partner: Page) -> Iterator[Finding]:
    if page.meta is None or partner.meta is None:
        return
    for key in _SHARED:
        if getattr(page.meta, key) != getattr(partner.meta, key):
            yield Finding(
                "front-matter-mismatch",
                page.source.path,
                page.front_matter.value_span((key,)),
                {"key": key, "partner": partner.source.path},
            )
    topics = {heading.identifier: heading.topics for heading in partner.document.headings}
    for heading in page.document.headings:
        if heading.identifier in topics and topics[heading.identifier] != heading.topics:
            yield Finding(
                "front-matter-mismatch",
                page.source.path,
                heading.topics_span,
                {"key": "topics", "partner": partner.source.path},
            )
