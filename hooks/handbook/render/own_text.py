"""The form in which an agent checks a text of their own.

`overrides/assets/messages/own-text.js` works it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from handbook.languages import language_name
from handbook.message import LIBRARY_LANGUAGES
from handbook.messaging.catalogue import Order
from handbook.render.html import h
from handbook.render.messages import length_phrase, store_select

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handbook.render.context import RenderContext


def form(context: RenderContext) -> list[Element]:
    """The form and the place for what is found; without a script, the way to the rules."""
    words = context.words
    order = h("select", {"name": "order"})
    for kind in get_args(Order):
        key = "own.order.either" if kind == "either" else f"kind.{kind}"
        order.append(h("option", {"value": kind}, words(key)))
    language = h("select", {"name": "language"})
    for tag in LIBRARY_LANGUAGES:
        language.append(h("option", {"value": tag}, language_name(tag, context.language)))
    # No BCP 47 tag of a language: the rules that need no language hold.
    language.append(h("option", {"value": "und"}, words("own.language.other")))
    area = h(
        "textarea",
        {
            "name": "text",
            "rows": "9",
            "spellcheck": "false",
            "autocomplete": "off",
            "placeholder": words("own.hint"),
            "aria-describedby": "own-text-private",
        },
    )
    shown = h(
        "form",
        {
            "class": "hb-compose",
            "data-own-text": "",
            "autocomplete": "off",
            "hidden": "hidden",
        },
        h(
            "div",
            {"class": "hb-compose__row"},
            store_select(context),
            h("label", {"class": "hb-field"}, h("span", None, words("own.order")), order),
            h("label", {"class": "hb-field"}, h("span", None, words("own.language")), language),
        ),
        h("label", {"class": "hb-field hb-field--wide"}, h("span", None, words("own.text")), area),
        h(
            "p",
            {"class": "hb-muted hb-own-text__foot", "id": "own-text-private"},
            words("own.private"),
            " ",
            h("a", {"href": context.page_link("rules"), "data-rules": ""}, words("compose.rules")),
            " ",
            h("span", {"data-length": length_phrase(context)}),
        ),
        h("h2", {"id": "result"}, words("own.result")),
        h(
            "p",
            {
                "role": "status",
                "data-status": "",
                "data-empty": words("own.empty"),
                "data-none": words("own.none"),
                "data-found": context.phrase("own.found"),
                "data-unloaded": words("compose.unloaded"),
            },
            words("own.empty"),
        ),
        h("div", {"class": "hb-own-text__result"}, _findings(context), _marked(context)),
    )
    link = h("a", {"href": context.page_link("rules")}, context.page_title("rules"))
    without = h("p", {"data-without-script": ""}, words("own.needs-script"), " ", link)
    return [shown, without]


def _findings(context: RenderContext) -> Element:
    facts = {"data-findings": "", "data-fine": context.phrase("own.fine"), "hidden": "hidden"}
    return h("ol", {"class": "hb-findings", **facts})


def _marked(context: RenderContext) -> Element:
    """Where the findings are in the text; the script fills it in."""
    text = h("pre", {"class": "hb-message__text hb-own-text__marked", "data-marked": ""})
    title = h("p", {"class": "hb-muted"}, context.words("own.marked"))
    return h("div", {"data-marked-part": "", "hidden": "hidden"}, title, text)
