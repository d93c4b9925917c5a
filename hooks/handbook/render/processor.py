"""The base of everything that changes a rendered page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from markdown import Markdown

    from handbook.render.context import RenderContext


class PageTreeprocessor(Treeprocessor):
    """A tree processor that knows the content, the page and the reader's language."""

    def __init__(self, md: Markdown, context: RenderContext) -> None:
        super().__init__(md)
        self.context = context
