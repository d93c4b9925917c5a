"""Links to records: `store:US`, `phone:us-toll-free`, `term:refund`, `message:fba-refund`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.phones import number
from handbook.render.processor import PageTreeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class RecordLinkTreeprocessor(PageTreeprocessor):
    """Replaces the targets of links to records by what the records say."""

    def run(self, root: Element) -> None:
        """Resolve every link; one that leads to nothing was reported before and stays as text."""
        for parent in root.iter():
            for index, child in enumerate(list(parent)):
                if child.tag != "a" or ":" not in child.get("href", ""):
                    continue
                scheme, _, name = child.get("href", "").partition(":")
                if scheme == "phone":
                    shown = number(name, self.context)
                    shown.tail = child.tail
                    parent[index] = shown
                elif scheme in ("store", "term", "message"):
                    target = self._target(scheme, name)
                    if target is None:
                        child.tag = "span"
                        del child.attrib["href"]
                    else:
                        child.set("href", target)
                        if scheme == "store":
                            child.set("rel", "noreferrer")
                elif scheme == "https":
                    child.set("rel", "noreferrer")

    def _target(self, scheme: str, name: str) -> str | None:
        records = self.context.content.records
        if scheme == "term":
            return self.context.page_link(f"glossary#{name}") if name in records.terms else None
        if scheme == "message":
            return self.context.page_link(f"messages/{name}")
        store = records.stores.get(name)
        return store.contact.url if store else None
