"""The chooser on the home page: what kind of order, then what happened.

Radio buttons and a style sheet show one list at a time, so that it works without a script; a
browser without styles shows all lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.html import h

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handbook.render.context import RenderContext


def chooser(context: RenderContext) -> list[Element]:
    """The question for the kind of order and, for each kind, what can have happened."""
    kinds = context.content.records.order_kinds
    choices = h("fieldset", {"class": "hb-start__kinds"})
    choices.append(h("legend", None, context.words("start.kind")))
    panels: list[Element] = []
    for number, kind in enumerate(kinds):
        identifier = f"order-{kind.fulfilment}"
        attributes = {
            "type": "radio",
            "name": "order",
            "id": identifier,
            "autocomplete": "off",
        }
        if number == 0:
            attributes["checked"] = "checked"
        choices.append(h("input", attributes))
        choices.append(
            h(
                "label",
                {"for": identifier},
                h("strong", None, context.text(kind.title)),
                h("span", None, context.text(kind.hint)),
            )
        )
        links = h("ul")
        for situation in kind.situations:
            target = context.page_link(situation.page)
            links.append(h("li", None, h("a", {"href": target}, context.text(situation.title))))
        panels.append(
            h(
                "div",
                {
                    "class": f"hb-start__panel hb-start__panel--{kind.fulfilment}",
                    # On paper, where nothing can be chosen, each list says whose it is.
                    "data-kind": context.text(kind.title),
                },
                h("p", {"class": "hb-start__question"}, context.words("start.what")),
                h("p", {"class": "hb-start__lead"}, context.text(kind.lead)),
                links,
            )
        )
    return [choices, *panels]
