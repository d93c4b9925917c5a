"""The anchors that a page has: its own headings and those that its directives bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.messaging.catalogue import message_rules

if TYPE_CHECKING:
    from handbook.content import Content, Page

# The heading over the generated list of sources.
SOURCES_ANCHOR = "sources"
# The directives whose records cite sources.
_CITING = {
    "changes",
    "claim-windows",
    "do-not-use",
    "message-rules",
    "phones",
    "store-links",
    "stores",
    "terms",
}


def store_anchor(code: str) -> str:
    """The anchor of a store in the store directory."""
    return code.lower()


def message_anchor(identifier: str) -> str:
    """The anchor of a message's block on a page."""
    return f"message-{identifier}"


def all_sources_anchor(identifier: str) -> str:
    """The anchor of a source in the list of all sources."""
    return f"all-{identifier}"


def page_anchors(page: Page, content: Content) -> set[str]:
    """Every fragment that leads to a place on the page."""
    anchors = {heading.identifier for heading in page.document.headings if heading.identifier}
    anchors |= {element.identifier for element in page.document.ids}
    directives = {directive.name for directive in page.document.directives}
    anchors |= {
        message_anchor(directive.argument)
        for directive in page.document.directives
        if directive.name == "message"
    }
    if "stores" in directives:
        anchors |= {store_anchor(code) for code in content.ids("stores") or ()}
    if "terms" in directives:
        anchors |= content.ids("terms") or set()
    if "changes" in directives:
        anchors |= content.ids("changes") or set()
    if "all-sources" in directives:
        anchors |= {all_sources_anchor(name) for name in content.ids("sources") or ()}
    if "message-rules" in directives:
        anchors |= set(message_rules())
    if cites(page):
        anchors.add(SOURCES_ANCHOR)
    return anchors


def cites(page: Page) -> bool:
    """Whether the page gets a list of sources."""
    directives = {directive.name for directive in page.document.directives}
    return bool(page.document.footnotes or directives & _CITING)


def is_complete(page: Page, content: Content) -> bool:
    """Whether all anchors of a page are known: no file that brings some is unreadable."""
    fields = {"stores": "stores", "terms": "terms", "changes": "changes", "all-sources": "sources"}
    names = {directive.name for directive in page.document.directives}
    return all(content.ids(field) is not None for name, field in fields.items() if name in names)
