"""Fingerprints of sections: whether a page and its partner changed since they last matched.

The Chinese page of a pair keeps one line per section in its front matter, `id: zh-en`, two short
hashes of the section's text without white space and width. Only the text counts, not who changed
it or when.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.findings import Edit
from handbook.suppressions import without_permissions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.content import Content, Page
    from handbook.document import Section
    from handbook.models import Language

KEY = "fingerprints"
LEAD = "_lead"
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Pair:
    """A section in both languages, with what was stored when they last matched."""

    name: str
    zh: Section
    en: Section
    stored: str | None
    current: str

    @property
    def changed(self) -> tuple[Language, ...]:
        """The languages that changed since; none where nothing was stored."""
        if self.stored is None:
            return ()
        before, now = self.stored.split("-"), self.current.split("-")
        languages: tuple[Language, Language] = ("zh", "en")
        return tuple(
            language
            for language, old, new in zip(languages, before, now, strict=True)
            if old != new
        )


def fingerprint(text: str) -> str:
    """A hash of a text that is the same whatever its white space and the width of its signs."""
    plain = unicodedata.normalize("NFKC", without_permissions(text))
    return hashlib.sha256(_SPACE.sub("", plain).encode()).hexdigest()[:8]


def name_of(section: Section) -> str | None:
    """The name under which a section is stored; None for a heading without an id."""
    return section.heading.identifier if section.heading else LEAD


def pairs_of(page: Page, partner: Page) -> Iterator[Pair]:
    """The sections that a Chinese page and its English partner share."""
    stored = (page.meta.fingerprints if page.meta else None) or {}
    theirs = {name_of(section): section for section in partner.document.sections}
    seen: set[str] = set()
    for section in page.document.sections:
        name = name_of(section)
        if name is None or name in seen or name not in theirs:
            continue
        seen.add(name)
        other = theirs[name]
        current = "-".join(
            fingerprint(one.source.text[part.start : part.end])
            for one, part in ((page, section), (partner, other))
        )
        yield Pair(name, section, other, stored.get(name), current)


def line_for(pair: Pair) -> str:
    """The line of front matter that says that a section matches."""
    return f"  {pair.name}: {pair.current}"


def refreshed(content: Content, unfinished: Callable[[Page, Section], bool]) -> Iterator[Edit]:
    """What brings every stored line up to date: the pairs are taken to match as they are.

    Args:
        content: The content.
        unfinished: Whether a section still has something to mend; its line stays as it is.
    """
    for page in content.pages.values():
        partner = content.pages.get(page.partner)
        if page.language != "zh" or partner is None or page.meta is None or partner.meta is None:
            continue
        lines = []
        for pair in pairs_of(page, partner):
            if unfinished(page, pair.zh) or unfinished(partner, pair.en):
                if pair.stored:
                    lines.append(f"  {pair.name}: {pair.stored}")
            else:
                lines.append(line_for(pair))
        edit = _block(page, lines)
        if edit:
            yield edit


def stale_sections(content: Content) -> dict[str, tuple[str, ...]]:
    """By page, the sections that changed in both languages, or are new, since the last match."""
    stale: dict[str, tuple[str, ...]] = {}
    for page in content.pages.values():
        partner = content.pages.get(page.partner)
        if page.language == "zh" and partner and page.meta and partner.meta:
            names = tuple(
                pair.name for pair in pairs_of(page, partner) if pair.stored != pair.current
            )
            if names:
                stale[page.source.path] = names
    return stale


def _block(page: Page, lines: list[str]) -> Edit | None:
    """The edit that makes the stored lines these ones; None where they are."""
    source = page.source
    has = page.meta is not None and page.meta.fingerprints is not None
    place = page.front_matter.key_span((KEY,))
    text = "".join(f"{line}\n" for line in [f"{KEY}:", *lines]) if lines else ""
    if has:
        start = source.offset(place.line, 1)
        last = place.line
        while last < len(source.lines) and source.lines[last].startswith((" ", "\t")):
            last += 1
        end = source.offset(last + 1, 1)
    else:
        # Before the line that ends the front matter.
        start = end = source.text.index("\n---", 3) + 1
    if source.text[start:end] == text:
        return None
    return Edit(source.path, source.span(start, end), text)
