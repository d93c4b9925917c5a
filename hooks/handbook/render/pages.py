"""The Markdown of pages that are made from records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from handbook.message import Message
    from handbook.models import Language


def message_page(message: Message, language: Language) -> str:
    """The page of a message: its title, and the block that shows it.

    Raises:
        ValueError: The message's front matter is not valid.
    """
    if message.meta is None:
        raise ValueError(message.source.path)
    meta = message.meta
    facts = {"title": meta.title.said(language), "description": meta.use_when.said(language)}
    front = yaml.safe_dump(facts, allow_unicode=True)
    return f"---\n{front}---\n\n/// message | {message.id}\n///\n"
