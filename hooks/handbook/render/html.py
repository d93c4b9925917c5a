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
        line.append(h("th", None, name))
    body = SubElement(element, "tbody")
    for row in rows:
        line = SubElement(body, "tr")
        for cell in row:
            line.append(h("td", None, *(cell if isinstance(cell, list) else [cell])))
    label_cells(element)
    return h("div", {"class": "hb-table"}, element)


def label_cells(element: Element) -> None:
    """Name the cells of a table: the first of a row heads it, each has its column's name.

    The names are for a style that stacks the cells on a phone; the heads are for screen readers.
    """
    element.set("class", TABLE_CLASS)
    heads = element.findall("thead/tr/th")
    for head in heads:
        head.set("scope", "col")
    names = ["".join(head.itertext()).strip() for head in heads]
    for line in element.findall("tbody/tr"):
        for name, cell in zip(names, line, strict=False):
            cell.set("data-label", name)
        line[0].tag = "th"
        line[0].set("scope", "row")
