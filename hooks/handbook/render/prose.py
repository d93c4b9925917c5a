"""What is added to an editor's headings and tables, so that all can link to and read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown.treeprocessors import Treeprocessor

from handbook.render.html import h, label_cells
from handbook.render.processor import PageTreeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class TableTreeprocessor(Treeprocessor):
    """Puts each Markdown table into a box of its own and names its cells for a narrow screen."""

    def run(self, root: Element) -> None:
        """Wrap every table that does not have its box yet."""
        for parent in list(root.iter()):
            for index, child in enumerate(list(parent)):
                if child.tag != "table" or child.get("class"):
                    continue
                label_cells(child)
                box = h("div", {"class": "hb-table"}, child)
                box.tail, child.tail = child.tail, None
                parent[index] = box


class HeadingLinkTreeprocessor(PageTreeprocessor):
    """Gives each heading a link to itself; it runs after the table of contents was made."""

    def run(self, root: Element) -> None:
        """Append a link to every heading that has an id."""
        for element in root.iter():
            element.attrib.pop("topics", None)
            identifier = element.get("id")
            if element.tag not in ("h2", "h3") or not identifier:
                continue
            label = self.context.words("heading.link", title="".join(element.itertext()).strip())
            element.append(
                h(
                    "a",
                    {"class": "headerlink", "href": f"#{identifier}", "aria-label": label},
                    "#",
                )
            )
