"""The rules as readers see them: those for messages as sections, the others as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.findings import rules
from handbook.messaging.catalogue import message_rules
from handbook.render.citations import cite
from handbook.render.html import Child, h, table
from handbook.severity import severity_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handbook.render.context import RenderContext


class _Blanks(dict[str, str]):
    """Fills every field of a sentence with a blank."""

    def __missing__(self, key: str) -> str:
        return "…"


def _sentence(sentence: str) -> list[Child]:
    """A sentence without what a check fills in; between backquotes it speaks of code."""
    parts = sentence.format_map(_Blanks()).split("`")
    return [h("code", None, part) if number % 2 else part for number, part in enumerate(parts)]


def catalogue(context: RenderContext) -> list[Element]:
    """Every rule: what it forbids, why, on whose word, what the check says, and examples."""
    return [element for name in message_rules() for element in _rule(name, context)]


def all_rules(context: RenderContext) -> list[Element]:
    """Every rule that the content is checked by: code, name, severity and sentence."""
    words = context.words
    rows: list[list[Child | list[Child]]] = [
        [
            h("code", None, rule.code),
            h("code", None, name),
            h(
                "span",
                {"class": f"hb-chip hb-chip--{rule.severity}"},
                words(f"rule.severity.{rule.severity}"),
            ),
            _sentence(rule.message[context.language]),
        ]
        for name, rule in rules().items()
        if name not in message_rules()
    ]
    heads = (words("rule.code"), words("rule.name"), words("rule.severity"), words("rule.says"))
    return [table(heads, rows)]


def _rule(name: str, context: RenderContext) -> list[Element]:
    rule = message_rules()[name]
    severity = severity_of(name)
    facts: list[Child] = [
        h("code", None, f"{rule.code} {name}"),
        " ",
        h(
            "span",
            {"class": f"hb-chip hb-chip--{severity}"},
            context.words(f"rule.severity.{severity}"),
        ),
    ]
    if rule.orders:
        facts += [" ", h("span", {"class": "hb-muted"}, context.words("rule.fba-only"))]
    says = _sentence(rule.zh if context.language == "zh" else rule.en)
    listing = h("dl", {"class": "hb-rule"})
    known = [cite(rule.source)] if rule.source in context.content.records.sources else []
    rows: list[tuple[str, list[Child]]] = [
        ("rule.forbids", [context.text(rule.forbids)]),
        ("rule.why", [context.text(rule.why), *known]),
        ("rule.bad", [h("code", {"lang": "en"}, rule.example.bad)]),
        ("rule.fine", [h("code", {"lang": "en"}, rule.example.fine)]),
        ("rule.says", says),
    ]
    for key, value in rows:
        listing.append(h("dt", None, context.words(key)))
        listing.append(h("dd", None, *value))
    title = h("h3", {"id": name}, context.text(rule.title))
    return [title, h("p", {"class": "hb-rule__facts"}, *facts), listing]
