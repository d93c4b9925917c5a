"""The blocks that a page may use: `/// name | argument`, closed by `///`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Argument = Literal["none", "title", "message", "messages"]

# Boxes with text of the page itself; the argument is the box's title.
BOXES: tuple[str, ...] = ("answer", "never", "unknown", "tip", "note", "warning")

# Every block and what its argument is.
DIRECTIVES: Mapping[str, Argument] = {
    **dict.fromkeys(BOXES, "title"),
    "flow": "title",
    "message": "message",
    "message-list": "messages",
    "message-filter": "none",
    "message-rules": "none",
    "all-rules": "none",
    "own-text": "none",
    "start": "none",
    "stores": "none",
    "store-links": "none",
    "claim-windows": "none",
    "phones": "none",
    "do-not-use": "none",
    "terms": "none",
    "all-sources": "none",
    "changes": "none",
}
