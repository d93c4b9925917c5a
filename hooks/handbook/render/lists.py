"""The lists of all terms, sources and changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.anchors import all_sources_anchor
from handbook.models import SOURCE_STATUSES
from handbook.render.citations import cite, describe, status_chip
from handbook.render.html import Child, extend, h

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handbook.render.context import RenderContext


def terms(context: RenderContext) -> list[Element]:
    """The glossary: the reader's language first, with the words that people type."""
    listing = h("dl", {"class": "hb-terms__list"})
    zh = context.language == "zh"
    for identifier, term in context.content.records.terms.items():
        first, second = (term.zh, term.en) if zh else (term.en, term.zh)
        other = "en" if zh else "zh"
        listing.append(h("dt", {"id": identifier}, first, " ", h("span", {"lang": other}, second)))
        meaning: list[Child] = [context.text(term.meaning)]
        if term.source:
            meaning.append(cite(term.source))
        if term.see:
            link = h("a", {"href": context.page_link(term.see)}, context.page_title(term.see))
            meaning += [
                context.words("join.space"),
                context.words("term.see"),
                context.words("join.space"),
                link,
                context.words("join.stop"),
            ]
        details: list[Child] = []
        if term.also:
            also = context.words("term.also") + context.words("join.list").join(term.also)
            details.append(h("span", {"class": "hb-terms__also"}, also))
        if term.avoid:
            avoid = context.words("term.avoid") + context.words("join.list").join(term.avoid)
            details.append(h("span", {"class": "hb-terms__also"}, avoid))
        label = context.words(f"term.label.{term.label}")
        details.append(h("span", {"class": "hb-terms__label"}, label))
        listing.append(h("dd", None, h("p", None, *meaning), *details))
    return [listing]


def sources(context: RenderContext) -> list[Element]:
    """Every source, by status."""
    elements: list[Element] = []
    records = context.content.records.sources
    for status in SOURCE_STATUSES:
        items = [
            h("li", {"id": all_sources_anchor(identifier)}, *describe(source, context))
            for identifier, source in records.items()
            if source.status == status
        ]
        means = context.words(f"source.{status}.means")
        count = f"{means} · {len(items)}"
        elements.append(
            h("p", {"class": "hb-sources__head"}, status_chip(status, context), " ", count)
        )
        listing = h("ul")
        listing.extend(items)
        elements.append(h("div", {"class": "hb-sources hb-sources--all"}, listing))
    return elements


def changes(context: RenderContext) -> list[Element]:
    """What changed, newest first."""
    dated = sorted(
        context.content.records.changes,
        key=lambda change: (change.date, change.effective or change.date),
        reverse=True,
    )
    listing = h("ol", {"class": "hb-changes__list", "reversed": "reversed"})
    for change in dated:
        head = h(
            "p",
            {"class": "hb-changes__date"},
            h("time", {"datetime": change.date.isoformat()}, change.date.isoformat()),
        )
        if change.effective:
            words = context.words("change.effective", date=change.effective.isoformat())
            extend(head, [" · ", words])
        title = h("h3", {"id": change.id}, context.text(change.title))
        item = h("li", None, head, title)
        if change.was:
            item.append(_labelled("change.was", [context.text(change.was)], context))
        now: list[Child] = [context.text(change.now)]
        now += [cite(source) for source in change.sources]
        item.append(_labelled("change.now", now, context))
        pages: list[Child] = []
        for page in change.pages:
            if pages:
                pages.append(context.words("join.list"))
            pages.append(h("a", {"href": context.page_link(page)}, context.page_title(page)))
        item.append(_labelled("change.pages", pages, context))
        listing.append(item)
    return [listing]


def _labelled(key: str, children: list[Child], context: RenderContext) -> Element:
    return h("p", None, h("strong", None, context.words(key)), *children)
