"""A Python-Markdown extension that shows the handbook's records on a page.

It renders blocks (`/// stores`), citations (`[^id]`), links to records (`store:US`) and the line
under the title. It needs the content and the page that is rendered:

    markdown.Markdown(extensions=[HandbookExtension(content=content, page=page)])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension

from handbook.render.blocks import register_blocks
from handbook.render.citations import CitationInlineProcessor, CitationTreeprocessor
from handbook.render.context import RenderContext, RenderedPage
from handbook.render.links import RecordLinkTreeprocessor
from handbook.render.meta import MetaTreeprocessor
from handbook.render.prose import HeadingLinkTreeprocessor, TableTreeprocessor
from handbook.render.records import RecordTreeprocessor
from handbook.render.shortcuts import ShortcutTreeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["HandbookExtension", "RenderContext", "RenderedPage", "makeExtension"]


class HandbookExtension(Extension):
    """The extension; `content` and `page` are required."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - the signature of the base class
        # Empty strings, because Python-Markdown turns what replaces None into a bool.
        self.config = {
            "content": ["", "the content (handbook.content.Content)"],
            "page": ["", "the page that is rendered (handbook.render.RenderedPage)"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name of the base class
        """Register what renders; the order is by priority, high first."""
        context = RenderContext(self.getConfig("content"), self.getConfig("page"))
        register_blocks(md)
        md.inlinePatterns.register(CitationInlineProcessor(md), "handbook-citation", 176)
        # After inline patterns (20) and before the table of contents (5):
        md.treeprocessors.register(RecordTreeprocessor(md, context), "handbook-records", 15)
        md.treeprocessors.register(RecordLinkTreeprocessor(md, context), "handbook-links", 14)
        md.treeprocessors.register(CitationTreeprocessor(md, context), "handbook-citations", 13)
        md.treeprocessors.register(MetaTreeprocessor(md, context), "handbook-meta", 12)
        md.treeprocessors.register(TableTreeprocessor(md), "handbook-tables", 11)
        md.treeprocessors.register(ShortcutTreeprocessor(md, context), "handbook-shortcuts", 10)
        # After the table of contents, which would take the link's text into its entries:
        md.treeprocessors.register(HeadingLinkTreeprocessor(md, context), "handbook-headings", 4)


def makeExtension(**kwargs: Any) -> HandbookExtension:  # noqa: ANN401, N802 - Python-Markdown's entry point
    """Build the extension from its configuration."""
    return HandbookExtension(**kwargs)
