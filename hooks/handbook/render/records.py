"""Replaces each block that shows records by what the records say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render import lists, messages, own_text, phones, rules, start, stores
from handbook.render.blocks import ARGUMENT, MARK
from handbook.render.processor import PageTreeprocessor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from xml.etree.ElementTree import Element

    from handbook.render.context import RenderContext

# What shows each block that has no argument.
_SHOWN: Mapping[str, Callable[[RenderContext], list[Element]]] = {
    "start": start.chooser,
    "stores": stores.directory,
    "store-links": stores.links,
    "claim-windows": stores.claim_windows,
    "phones": phones.phone_table,
    "do-not-use": phones.do_not_use_table,
    "terms": lists.terms,
    "all-sources": lists.sources,
    "changes": lists.changes,
    "message-filter": messages.library_filter,
    "message-rules": rules.catalogue,
    "all-rules": rules.all_rules,
    "own-text": own_text.form,
}


class RecordTreeprocessor(PageTreeprocessor):
    """Fills the marks that blocks have left."""

    def run(self, root: Element) -> None:
        """Fill every mark; what its block refers to was checked before."""
        for element in list(root.iter("div")):
            name = element.attrib.pop(MARK, None)
            if name is None:
                continue
            names = element.attrib.pop(ARGUMENT, "").split()
            element.set("class", f"hb-{name}")
            if name in _SHOWN:
                element.extend(_SHOWN[name](self.context))
            elif name == "message" and names:
                element.extend(messages.block(names[0], self.context))
            elif name == "message-list":
                element.extend(messages.listing(names, self.context))
