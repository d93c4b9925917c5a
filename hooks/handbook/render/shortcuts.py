"""Links from a page's answer to the messages further down: whoever is in a hurry copies first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.anchors import message_anchor
from handbook.render.html import extend, h
from handbook.render.processor import PageTreeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class ShortcutTreeprocessor(PageTreeprocessor):
    """Ends the first answer of a page with a link to each of the page's messages."""

    def run(self, root: Element) -> None:
        """Do nothing on a page without messages, and add no links without an answer."""
        blocks: dict[str, Element] = {}
        for one in root.iter("div"):
            name = one.get("data-message")
            if name and blocks.setdefault(name, one) is not one:
                # The same message once more: links lead to the first.
                one.attrib.pop("id", None)
        answer = next(
            (one for one in root.iter("div") if one.get("class") == "hb-box hb-box--answer"), None
        )
        if answer is None or not blocks:
            return
        context = self.context
        line = h("p", {"class": "hb-shortcuts"}, context.words("message.shortcuts"))
        for name in blocks:
            if meta := context.content.messages[name].meta:
                link = h("a", {"href": f"#{message_anchor(name)}"}, context.text(meta.title))
                extend(line, [link, " "])
        answer.append(line)
