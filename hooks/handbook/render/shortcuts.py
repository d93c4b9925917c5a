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
        """Do nothing on a page without an answer or without messages."""
        answer = next(
            (one for one in root.iter("div") if one.get("class") == "hb-box hb-box--answer"), None
        )
        names = [name for one in root.iter("div") if (name := one.get("data-message"))]
        if answer is None or not names:
            return
        context = self.context
        line = h("p", {"class": "hb-shortcuts"}, context.words("message.shortcuts"))
        for name in names:
            if meta := context.content.messages[name].meta:
                link = h("a", {"href": f"#{message_anchor(name)}"}, context.text(meta.title))
                extend(line, [link, " "])
        answer.append(line)
