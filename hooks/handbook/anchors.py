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


def all_sources_anchor(identifier: str) -> str:
    """The anchor of a source in the list of all sources."""
    return f"all-{identifier}"


def page_anchors(page: Page, content: Content) -> set[str]:
    """Every fragment that leads to a place on the page."""
    anchors = {heading.identifier for heading in page.document.headings if heading.identifier}
    directives = {directive.name for directive in page.document.directives}
    if "stores" in directives:
        anchors |= {store_anchor(code) for code in content.records.stores}
    if "terms" in directives:
        anchors |= set(content.records.terms)
    if "changes" in directives:
        anchors |= {change.id for change in content.records.changes}
    if "all-sources" in directives:
        anchors |= {all_sources_anchor(name) for name in content.records.sources}
    if "message-rules" in directives:
        anchors |= set(message_rules())
    if page.document.footnotes or directives & _CITING:
        anchors.add(SOURCES_ANCHOR)
    return anchors
