"""Building elements; text is always text, never markup."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Child = Element | str | None


def h(tag: str, attributes: Mapping[str, str] | None = None, *children: Child) -> Element:
    """An element with children: elements, strings (which are escaped when written), or None."""
    element = Element(tag, dict(attributes or {}))
    extend(element, children)
    return element


def extend(element: Element, children: Iterable[Child]) -> None:
    """Append children to an element."""
    for child in children:
        if child is None:
            continue
        if isinstance(child, str):
            # What writes the tree takes `&copy;` for markup of ours; with `&amp;` it is left alone.
            text = child.replace("&", "&amp;")
            if len(element):
                element[-1].tail = (element[-1].tail or "") + text
            else:
                element.text = (element.text or "") + text
        else:
            element.append(child)


TABLE_CLASS = "hb-grid"


def table(head: Iterable[str], rows: Iterable[Iterable[Child | list[Child]]]) -> Element:
    """A table in a box that scrolls by itself; the first column is the row's head."""
    names = list(head)
    element = h("table")
    line = SubElement(SubElement(element, "thead"), "tr")
    for name in names:
        line.append(h("th", {"scope": "col"}, name))
    body = SubElement(element, "tbody")
    for row in rows:
        line = SubElement(body, "tr")
        for number, cell in enumerate(row):
            children = cell if isinstance(cell, list) else [cell]
            line.append(
                h("td", None, *children) if number else h("th", {"scope": "row"}, *children)
            )
    label_cells(element)
    return h("div", {"class": "hb-table"}, element)


def label_cells(element: Element) -> None:
    """Give each cell of a table its column's name, so that a style can stack cells on a phone."""
    element.set("class", TABLE_CLASS)
    names = ["".join(cell.itertext()).strip() for cell in element.findall("thead/tr/th")]
    for line in element.findall("tbody/tr"):
        for name, cell in zip(names, line, strict=False):
            cell.set("data-label", name)
