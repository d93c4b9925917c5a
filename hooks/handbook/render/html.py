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
            if len(element):
                element[-1].tail = (element[-1].tail or "") + child
            else:
                element.text = (element.text or "") + child
        else:
            element.append(child)


def table(
    head: Iterable[str], rows: Iterable[Iterable[Child | list[Child]]], css: str = ""
) -> Element:
    """A table in a box that scrolls by itself on a narrow screen; the first column is the row's head.

    The box can be reached by keyboard, so that the table can be scrolled without a mouse. Each
    cell carries its column's name, so that a style may stack the cells on a phone.
    """
    names = list(head)
    element = h("table")
    line = SubElement(SubElement(element, "thead"), "tr")
    for name in names:
        line.append(h("th", {"scope": "col"}, name))
    body = SubElement(element, "tbody")
    for row in rows:
        line = SubElement(body, "tr")
        for number, (name, cell) in enumerate(zip(names, row, strict=True)):
            attributes = {"data-label": name}
            if number == 0:
                attributes["scope"] = "row"
            children = cell if isinstance(cell, list) else [cell]
            line.append(h("td" if number else "th", attributes, *children))
    return h("div", {"class": f"hb-table {css}".strip()}, element)
