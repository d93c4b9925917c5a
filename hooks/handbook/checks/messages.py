"""The library of messages: languages and placeholders agree, and every message is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.findings import Finding, did_you_mean
from handbook.message import LIBRARY_LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content
    from handbook.message import Message

# Every message has these: one that is sent, one that the agent reads.
REQUIRED_LANGUAGES = ("en", "zh")


def check_messages(content: Content) -> Iterator[Finding]:
    """Missing or unknown languages, placeholders that do not agree, messages that no page lists."""
    for message in content.messages.values():
        yield from _languages(message)
        yield from _placeholders(message, content)
    listed = {
        name
        for page in content.pages.values()
        for directive in page.document.directives
        if directive.name == "message-list"
        for name in directive.argument.split()
    }
    if listed:
        for message in content.messages.values():
            if message.id not in listed:
                span = message.source.line_span(1)
                yield Finding("unlisted-message", message.source.path, span, {"id": message.id})


def _languages(message: Message) -> Iterator[Finding]:
    path = message.source.path
    for language in REQUIRED_LANGUAGES:
        if language not in message.texts or not message.texts[language].text:
            span = message.source.line_span(1)
            yield Finding("missing-language", path, span, {"language": language})
    for language, text in message.texts.items():
        if language not in LIBRARY_LANGUAGES:
            values = {"language": language, "languages": ", ".join(LIBRARY_LANGUAGES)}
            yield Finding("unknown-language", path, text.span, values)


def _placeholders(message: Message, content: Content) -> Iterator[Finding]:
    if message.meta is None:
        return
    path = message.source.path
    declared = message.meta.placeholders
    known = content.records.placeholders
    for index, name in enumerate(declared):
        if known and name not in known:
            hint, near = did_you_mean(name, known)
            span = message.front_matter.value_span(("placeholders", index))
            yield Finding("unknown-placeholder", path, span, {"name": name, "near": hint}, near)
    for text in message.texts.values():
        for placeholder in text.placeholders:
            if placeholder.name not in declared:
                hint, near = did_you_mean(placeholder.name, declared)
                yield Finding(
                    "unknown-placeholder",
                    path,
                    placeholder.span,
                    {"name": placeholder.name, "near": hint},
                    near,
                )
        used = {placeholder.name for placeholder in text.placeholders}
        for name in declared:
            if name not in used:
                values = {"name": name, "language": text.language}
                yield Finding("missing-placeholder", path, text.span, values)
