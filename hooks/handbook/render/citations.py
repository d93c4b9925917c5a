"""Citations `[^id]` and the list of sources under the page.

Citations that a record brings along (a claim window, a term) are numbered together with those of
the text, in the order of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.inlinepatterns import InlineProcessor

from handbook.anchors import SOURCES_ANCHOR
from handbook.render.html import Child, extend, h
from handbook.render.processor import PageTreeprocessor

if TYPE_CHECKING:
    import re
    from xml.etree.ElementTree import Element

    from markdown import Markdown

    from handbook.models import Source
    from handbook.render.context import RenderContext

_MARK = "data-source"


def cite(identifier: str) -> Element:
    """A citation; its number is filled in when the page is whole."""
    return h("sup", {"class": "hb-cite"}, h("a", {_MARK: identifier}))


class CitationInlineProcessor(InlineProcessor):
    """Turns `[^id]` into a citation."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\[\^([^\]\s]+)\]", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the name of the base class
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        """One citation."""
        del data
        return cite(m.group(1)), m.start(0), m.end(0)


class CitationTreeprocessor(PageTreeprocessor):
    """Numbers the citations and appends the list of sources."""

    def run(self, root: Element) -> None:
        """Number what is cited; a page that cites nothing gets no list."""
        sources = self.context.content.records.sources
        numbers: dict[str, int] = {}
        for mark in root.iter("a"):
            identifier = mark.attrib.pop(_MARK, None)
            if identifier is None or identifier not in sources:
                continue
            if identifier not in numbers:
                numbers[identifier] = len(numbers) + 1
                mark.set("id", f"cite-{identifier}")
            number = numbers[identifier]
            status = sources[identifier].status
            mark.text = str(number)
            mark.set("href", f"#source-{identifier}")
            mark.set("class", f"hb-cite__{status}")
            mark.set(
                "aria-label",
                self.context.words(
                    "sources.cite", number=number, status=self.context.words(f"source.{status}")
                ),
            )
        if not numbers:
            return
        items = h("ol")
        for identifier, number in numbers.items():
            items.append(self._item(identifier, sources[identifier], number))
        root.append(h("h2", {"id": SOURCES_ANCHOR}, self.context.words("sources.title")))
        root.append(h("div", {"class": "hb-sources"}, items))

    def _item(self, identifier: str, source: Source, number: int) -> Element:
        back = h(
            "a",
            {
                "href": f"#cite-{identifier}",
                "class": "hb-sources__back",
                "aria-label": self.context.words("sources.back", number=number),
            },
            "↩",
        )
        return h("li", {"id": f"source-{identifier}"}, *describe(source, self.context), " ", back)


def describe(source: Source, context: RenderContext) -> list[Child]:
    """What a reader sees of a source: status, title, publisher, dates, note."""
    title = context.text(source.title)
    linked: Child = (
        h("a", {"href": source.url, "rel": "noreferrer"}, title) if source.url else title
    )
    facts = [source.publisher] if source.publisher else []
    if source.dated:
        facts.append(context.words("sources.dated", date=source.dated))
    if source.read_as:
        facts.append(context.words(f"sources.{source.read_as}"))
    facts.append(context.words("sources.checked") + source.checked.isoformat())
    parts: list[Child] = [
        status_chip(source.status, context),
        " ",
        h("span", {"class": "hb-source__title"}, linked),
        h("span", {"class": "hb-source__facts"}, " · ".join(facts)),
    ]
    if source.note:
        parts.append(h("span", {"class": "hb-source__note"}, context.text(source.note)))
    if source.rests_on:
        parts.append(_rests_on(source.rests_on, context))
    return parts


def _rests_on(identifiers: tuple[str, ...], context: RenderContext) -> Element:
    line = h("span", {"class": "hb-source__note"}, context.words("sources.from"))
    sources = context.content.records.sources
    titles: list[Child] = []
    for identifier in identifiers:
        source = sources.get(identifier)
        if source is None:
            continue
        if titles:
            titles.append(context.words("join.semicolon"))
        title = context.text(source.title)
        titles.append(
            h("a", {"href": source.url, "rel": "noreferrer"}, title) if source.url else title
        )
    extend(line, titles)
    return line


def status_chip(status: str, context: RenderContext) -> Element:
    """The status of a source as a small label."""
    return h("span", {"class": f"hb-chip hb-chip--{status}"}, context.words(f"source.{status}"))
