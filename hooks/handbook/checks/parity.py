"""What one language of a page says and the other does not, and sections changed in one alone.

A mistake is said once: a section that has a finding of another kind is compared when that is
mended, and only the first kind of difference in a section is reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from handbook.directives import DIRECTIVES
from handbook.facts import facts_in, spoken_in
from handbook.findings import Finding, Words
from handbook.fingerprints import KEY, Pair, line_for, pairs_of
from handbook.languages import WRITTEN
from handbook.urls import scheme_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from handbook.content import Content, Page
    from handbook.document import Directive, Run, Section
    from handbook.message import Message, MessageText
    from handbook.models import Language
    from handbook.source import Span
    from handbook.yamldoc import YamlDocument

    Unfinished = Callable[[Page, Section], bool]

_OTHER: Mapping[Language, Language] = {"zh": "en", "en": "zh"}


@dataclass(frozen=True)
class Item:
    """Something that both languages must have: what it is compared by, as it is written, where."""

    key: str
    written: str
    span: Span


@dataclass(frozen=True)
class _Side:
    """A section in one language."""

    page: Page
    section: Section

    @cached_property
    def _lines(self) -> range:
        span = self.page.source.span(self.section.start, self.section.end)
        last = span.end_line if span.end_column == 1 else span.end_line + 1
        return range(span.line, last)

    def holds(self, span: Span) -> bool:
        """Whether a range of the page lies in the section, which is made of whole lines."""
        return span.line in self._lines

    def runs(self, kind: Literal["steps", "tables"]) -> list[Run]:
        """The lists of steps, or the tables, of the section."""
        document = self.page.document
        runs = document.steps if kind == "steps" else document.tables
        return [run for run in runs if self.section.start <= run.start < self.section.end]

    @property
    def prose(self) -> str:
        return self.page.document.prose[self.section.start : self.section.end]


def check_parity(content: Content, unfinished: Unfinished) -> Iterator[Finding]:
    """Differences between the languages of pages.

    Args:
        content: The content.
        unfinished: Whether a section has a finding of another kind.
    """
    for page in content.judged_pages:
        partner = content.pages.get(page.partner)
        if page.language == "en":
            if page.meta and page.meta.fingerprints is not None:
                span = page.front_matter.key_span((KEY,))
                yield Finding("fingerprints-misplaced", page.source.path, span)
            continue
        if partner is None:
            continue
        for pair in pairs_of(page, partner):
            zh, en = _Side(page, pair.zh), _Side(partner, pair.en)
            if not unfinished(page, pair.zh) and not unfinished(partner, pair.en):
                yield from _section(zh, en, pair)


def _section(zh: _Side, en: _Side, pair: Pair) -> Iterator[Finding]:
    """The first kind of difference, or else the change of one language alone."""
    changed = pair.changed
    lead: Language = changed[0] if len(changed) == 1 else "en"
    for compare in (_levels, _runs, _blocks, _footnotes, _links, _ids, _facts):
        found = list(compare(zh, en, lead))
        if found:
            yield from found
            return
    if len(changed) == 1:
        yield _drifted(zh if changed[0] == "zh" else en, en if changed[0] == "zh" else zh, pair)


def _drifted(side: _Side, other: _Side, pair: Pair) -> Finding:
    page, section = side.page, side.section
    if section.heading:
        span, title = section.heading.span, section.heading.title
    else:
        first = page.source.span(section.start, section.start).line
        line = next(
            (
                number
                for number in range(first, len(page.source.lines) + 1)
                if page.source.lines[number - 1].strip()
            ),
            first,
        )
        span, title = page.source.line_span(line), page.meta.title if page.meta else ""
    keeper = page if page.language == "zh" else other.page
    values: dict[str, str | Words] = {
        "title": title,
        "partner": other.page.source.path,
        "language": WRITTEN[page.language],
        "file": keeper.source.path,
        "line": line_for(pair),
    }
    return Finding("section-changed", page.source.path, span, values, line_for(pair))


def _levels(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    """The headings have the same level."""
    side, other = (zh, en) if lead == "zh" else (en, zh)
    ours, theirs = side.section.heading, other.section.heading
    if ours and theirs and ours.level != theirs.level:
        values = {
            "mine": "#" * ours.level,
            "theirs": "#" * theirs.level,
            "partner": other.page.source.path,
        }
        yield Finding("heading-level-mismatch", side.page.source.path, ours.span, values)


def _runs(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    """Lists of steps and tables have as many items."""
    kinds: Mapping[str, Literal["steps", "tables"]] = {
        "steps-mismatch": "steps",
        "rows-mismatch": "tables",
    }
    del lead
    for rule, kind in kinds.items():
        ours, theirs = zh.runs(kind), en.runs(kind)
        if len(ours) != len(theirs):
            more, less, runs = (zh, en, ours) if len(ours) > len(theirs) else (en, zh, theirs)
            run = runs[min(len(ours), len(theirs))]
            yield _count(rule, more, less, run.items[0] if run.items else None, ours, theirs)
            continue
        for mine, other in zip(ours, theirs, strict=True):
            if len(mine.items) != len(other.items):
                more, less = (zh, en) if len(mine.items) > len(other.items) else (en, zh)
                longer, shorter = (mine, other) if more is zh else (other, mine)
                span = _surplus(more, longer, less, shorter)
                yield _count(rule, more, less, span, mine.items, other.items)


def _count(  # noqa: PLR0913, PLR0917 - one finding
    rule: str,
    more: _Side,
    less: _Side,
    span: Span | None,
    zh: Sequence[object],
    en: Sequence[object],
) -> Finding:
    values = {
        "zh": str(len(zh)),
        "en": str(len(en)),
        "partner": less.page.source.path,
    }
    place = span or more.page.source.line_span(1)
    return Finding(rule, more.page.source.path, place, values)


def _surplus(more: _Side, longer: Run, less: _Side, shorter: Run) -> Span:
    """The item that the partner lacks, by what the items cite, link to and state."""
    mine = [_signature(more, span) for span in longer.items]
    theirs = [_signature(less, span) for span in shorter.items]
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag in ("delete", "replace") and end - start > stop - begin:
            return longer.items[end - 1 if tag == "replace" else start]
    return longer.items[-1]


def _signature(side: _Side, span: Span) -> tuple[str, ...]:
    document = side.page.document
    on_line = [note.identifier for note in document.footnotes if note.span.line == span.line]
    on_line += [_target(link.target) for link in document.links if link.span.line == span.line]
    start = side.page.source.offset(span.line, 1)
    text = document.prose[start : start + span.end_column - 1]
    return (*on_line, *sorted({fact.value for fact in facts_in(text)}))


def _blocks(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    """The same blocks with the same records."""

    def items(side: _Side) -> list[Item]:
        return [
            Item(_compared(one), f"/// {one.name}", one.name_span)
            for one in side.page.document.directives
            if side.holds(one.name_span)
        ]

    yield from _differences("block-mismatch", zh, en, lead, items)


def _compared(directive: Directive) -> str:
    """A block by its name and its records; a title is text, which is in each language its own."""
    if DIRECTIVES.get(directive.name) == "title":
        return directive.name
    return f"{directive.name} {directive.argument}".strip()


def _footnotes(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    def items(side: _Side) -> list[Item]:
        return [
            Item(note.identifier, f"[^{note.identifier}]", note.span)
            for note in side.page.document.footnotes
            if side.holds(note.span)
        ]

    yield from _differences("footnote-mismatch", zh, en, lead, items)


def _target(target: str) -> str:
    return target.replace(".zh.md", ".md").replace(".en.md", ".md")


def _links(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    """The same targets; an address outside may be that of a page in the reader's language."""

    def items(side: _Side) -> list[Item]:
        return [
            Item(_target(link.target), link.target, link.span)
            for link in side.page.document.links
            if link.kind != "html"
            and not (link.image and not scheme_of(link.target))
            and side.holds(link.span)
        ]

    yield from _differences("link-mismatch", zh, en, lead, items)


def _ids(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    def items(side: _Side) -> list[Item]:
        return [
            Item(one.identifier, one.identifier, one.span)
            for one in side.page.document.ids
            if side.holds(one.span)
        ]

    yield from _differences("anchor-mismatch", zh, en, lead, items)


def _differences(
    rule: str, zh: _Side, en: _Side, lead: Language, items: Callable[[_Side], list[Item]]
) -> Iterator[Finding]:
    """What one side has more often than the other; one thing for another is one finding."""
    ours, theirs = items(zh), items(en)
    only_zh, only_en = _surplus_items(ours, theirs), _surplus_items(theirs, ours)
    yield from _paired(rule, (zh, only_zh), (en, only_en), lead)


def _paired(
    rule: str,
    zh: tuple[_Side, list[Item]],
    en: tuple[_Side, list[Item]],
    lead: Language,
) -> Iterator[Finding]:
    """Findings where the sides differ: at the leading side, or at what the other side lacks."""
    (first, mine), (second, theirs) = (zh, en) if lead == "zh" else (en, zh)
    both = min(len(mine), len(theirs))
    for item, other in zip(mine[:both], theirs[:both], strict=True):
        values: dict[str, str | Words] = {
            "written": item.written,
            "partner": second.page.source.path,
            "hint": Words(f"那边写的是 {other.written}。", f"It has {other.written} there."),
        }
        yield Finding(rule, first.page.source.path, item.span, values)
    for side, other_side, items in ((first, second, mine[both:]), (second, first, theirs[both:])):
        for item in items:
            values = {
                "written": item.written,
                "partner": other_side.page.source.path,
                "hint": Words("", ""),
            }
            yield Finding(rule, side.page.source.path, item.span, values)


def _surplus_items(mine: list[Item], theirs: list[Item]) -> list[Item]:
    left = Counter(item.key for item in theirs)
    surplus = []
    for item in mine:
        left[item.key] -= 1
        if left[item.key] < 0:
            surplus.append(item)
    return surplus


def _facts(zh: _Side, en: _Side, lead: Language) -> Iterator[Finding]:
    """The same figures, amounts and dates, in digits or in words."""
    only_zh = [
        _item(zh.page, zh.section.start, zh.prose, fact)
        for fact in _unsaid(zh.prose, en.prose, "en")
    ]
    only_en = [
        _item(en.page, en.section.start, en.prose, fact)
        for fact in _unsaid(en.prose, zh.prose, "zh")
    ]
    yield from _paired("fact-mismatch", (zh, only_zh), (en, only_en), lead)


def _item(page: Page, start: int, text: str, fact: tuple[str, int, int]) -> Item:
    value, begin, end = fact
    return Item(value, text[begin:end], page.source.span(start + begin, start + end))


def _unsaid(text: str, other: str, language: Language) -> list[tuple[str, int, int]]:
    """The facts of a text that another, in the given language, does not state; each once."""
    said = {fact.value for fact in facts_in(other)}
    unsaid: dict[str, tuple[str, int, int]] = {}
    spoken: set[str] | None = None
    for fact in facts_in(text):
        if fact.value in said:
            continue
        if spoken is None:
            spoken = spoken_in(other, language)
        if fact.value not in spoken:
            unsaid.setdefault(fact.value, (fact.value, fact.start, fact.end))
    # A date that is wrong in two parts is one date.
    places: dict[tuple[int, int], tuple[str, int, int]] = {}
    for one in unsaid.values():
        places.setdefault((one[1], one[2]), one)
    return list(places.values())


def check_texts(content: Content, unfinished: Container[str]) -> Iterator[Finding]:
    """Figures of records' sentences, and of the texts of a message, in every language.

    Args:
        content: The content.
        unfinished: Paths of files with findings; a message among them is compared afterwards.
    """
    for file in content.data.values():
        if content.judges(file.yaml.source.path):
            yield from _records(file.yaml)
    for message in content.judged_messages:
        if message.source.path not in unfinished:
            yield from _message(message)


def _records(yaml: YamlDocument) -> Iterator[Finding]:
    """Sentences in both languages of which one states what the other does not."""
    written = {location: (start, end) for location, start, end in yaml.texts}
    for location, zh in written.items():
        en = written.get((*location[:-1], "en"))
        if location[-1:] == ("zh",) and en:
            found = list(_unsaid_there(yaml, zh, en, "en"))
            yield from found or _unsaid_there(yaml, en, zh, "zh")


def _unsaid_there(
    yaml: YamlDocument, one: tuple[int, int], other: tuple[int, int], language: Language
) -> Iterator[Finding]:
    """What one range of a file states and the other, in the given language, does not."""
    text = yaml.source.text
    for _, start, end in _unsaid(text[slice(*one)], text[slice(*other)], language):
        span = yaml.source.span(one[0] + start, one[0] + end)
        values: dict[str, str | Words] = {
            "written": text[one[0] + start : one[0] + end],
            "partner": WRITTEN[language],
            "hint": Words("", ""),
        }
        yield Finding("fact-mismatch", yaml.source.path, span, values)


def _message(message: Message) -> Iterator[Finding]:
    """What the English text states in digits stands in every other, and nothing else does."""
    english = message.texts.get("en")
    if english is None:
        return
    for text in message.texts.values():
        if text is english:
            continue
        missing = _missing(english, text)
        extra = _missing(text, english)
        values: dict[str, str | Words]
        for value, first, last in extra:
            values = {"written": value, "partner": "en", "hint": Words("", "")}
            span = message.source.span(text.start + first, text.start + last)
            yield Finding("fact-mismatch", message.source.path, span, values)
        if not extra:
            for value, _, _ in missing:
                values = {"written": value, "partner": text.language, "hint": Words("", "")}
                yield Finding("fact-mismatch", message.source.path, text.span, values)


def _missing(text: MessageText, other: MessageText) -> list[tuple[str, int, int]]:
    """The figures of one text that another lacks; small ones may be words in any language."""
    language: Language = "zh" if other.language == "zh" else "en"
    return [
        fact
        for fact in _unsaid(text.text, other.text, language)
        if {text.language, other.language} <= {"zh", "en"} or len(fact[0]) > 1
    ]
