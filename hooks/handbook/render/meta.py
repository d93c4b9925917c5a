"""The line under the title: kind of order, review dates, and how sure the sources are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from handbook.anchors import SOURCES_ANCHOR
from handbook.models import SOURCE_STATUSES
from handbook.render.html import Child, h
from handbook.render.processor import PageTreeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class MetaTreeprocessor(PageTreeprocessor):
    """Puts the line before everything else of the page."""

    def run(self, root: Element) -> None:
        """Build the line; the sources are those that the page's list shows."""
        context = self.context
        page = context.page
        parts: list[Child] = [
            h("span", {"class": f"hb-kind hb-kind--{kind}"}, context.words(f"kind.{kind}"))
            for kind in page.fulfilment
        ]
        dates = h(
            "span",
            {"class": "hb-meta__dates"},
            context.words("meta.reviewed"),
            h("time", {"datetime": page.reviewed.isoformat()}, page.reviewed.isoformat()),
        )
        if page.due:
            due = page.due.isoformat()
            time = h("time", {"datetime": due, "data-due": due}, due)
            label = context.words("join.comma") + context.words("meta.due")
            dates.append(h("span", {"class": "hb-meta__due"}, label, time))
        parts.append(dates)
        if sources := self._sources(root):
            parts.append(sources)
        line = h("p", {"class": "hb-meta"}, *parts)
        root.insert(0, line)

    def _sources(self, root: Element) -> Element | None:
        known = self.context.content.records.sources
        cited = [
            item.get("id", "").removeprefix("source-")
            for item in root.iter("li")
            if item.get("id", "").startswith("source-")
        ]
        counts = Counter(known[name].status for name in cited if name in known)
        if not counts:
            return None
        total = counts.total()
        key = "meta.source" if total == 1 else "meta.sources"
        words = self.context.words
        detail = words("join.colon") + words("join.list").join(
            f"{words(f'source.{status}')} {counts[status]}"
            for status in SOURCE_STATUSES
            if counts[status]
        )
        link = h("a", {"href": f"#{SOURCES_ANCHOR}"}, words(key, count=total))
        return h("span", {"class": "hb-meta__sources"}, link, detail)
