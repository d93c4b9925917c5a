"""The blocks `/// name | argument` as Python-Markdown reads them.

Boxes and diagrams hold text of the page. Every other block leaves a mark in the tree, which
`RecordTreeprocessor` replaces by what the records say, after inline text has been read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from handbook.directives import BOXES, DIRECTIVES

if TYPE_CHECKING:
    from markdown import Markdown
    from pymdownx.blocks import BlocksProcessor

# Attributes of the mark that a block leaves for the records.
MARK = "data-directive"
ARGUMENT = "data-argument"


class _Box(Block):  # type: ignore[misc]
    """A box with a title; what kind of box is its name."""

    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        box = SubElement(parent, "div", {"class": f"hb-box hb-box--{self.NAME}"})
        SubElement(box, "p", {"class": "hb-box__title"}).text = self.argument
        return box


class _Flow(Block):  # type: ignore[misc]
    """A decision diagram: one nested list, drawn as a path by the style sheet."""

    NAME = "flow"
    ARGUMENT = True

    def on_create(self, parent: Element) -> Element:
        figure = SubElement(parent, "figure", {"class": "hb-flow"})
        SubElement(figure, "figcaption").text = self.argument
        return figure


class _Record(Block):  # type: ignore[misc]
    """A block that shows records."""

    ARGUMENT = None

    def on_create(self, parent: Element) -> Element:
        return SubElement(parent, "div", {MARK: self.NAME, ARGUMENT: self.argument or ""})


class _Blocks(BlocksExtension):  # type: ignore[misc]
    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802
        del md
        for name in DIRECTIVES:
            base = _Box if name in BOXES else _Flow if name == "flow" else _Record
            block_mgr.register(type(f"Block_{name}", (base,), {"NAME": name}), {})


def register_blocks(md: Markdown) -> None:
    """Make every block known to a Markdown instance."""
    _Blocks().extendMarkdown(md)
