"""The library of messages: texts keep the rules, languages agree, every message is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.checks.wording import wording_findings
from handbook.findings import Finding, did_you_mean
from handbook.message import LIBRARY_LANGUAGES
from handbook.messaging.ruleset import ruleset
from handbook.messaging.sentences import sentence_count
from handbook.messaging.verdicts import Verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content
    from handbook.message import Message

# Every message has these: one that is sent, one that the agent reads.
REQUIRED_LANGUAGES = ("en", "zh")


def check_messages(content: Content) -> Iterator[Finding]:
    """What is wrong with messages, in each of their languages and between them."""
    stores = content.records.stores
    verdicts = Verdicts({store.domain: code for code, store in stores.items()})
    judged = content.judged_messages
    for message in judged:
        yield from _languages(message)
        yield from _placeholders(message, content)
        yield from _sentences(message)
        yield from _wording(message, verdicts)
    verdicts.remember(everything=len(judged) == len(content.messages))
    listed = {
        name
        for page in content.pages.values()
        if "message-list" in page.source.text
        for directive in page.document.directives
        if directive.name == "message-list"
        for name in directive.argument.split()
    }
    if listed:
        for message in content.judged_messages:
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
    for text in message.repeated:
        yield Finding("repeated-language", path, text.span, {"language": text.language})
    for index, language in enumerate(message.meta.native_read if message.meta else ()):
        if language not in message.texts:
            span = message.front_matter.value_span(("native_read", index))
            yield Finding("unread-native-language", path, span, {"language": language})


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


def _sentences(message: Message) -> Iterator[Finding]:
    """Each language must say what the English text says, sentence by sentence."""
    english = message.texts.get("en")
    if english is None:
        return
    rules = ruleset()
    expected = sentence_count(english.text, rules.abbreviations("en"))
    for text in message.texts.values():
        count = sentence_count(text.text, rules.abbreviations(text.language))
        if text.text and count != expected:
            values = {"language": text.language, "count": str(count), "expected": str(expected)}
            yield Finding("different-sentences", message.source.path, text.span, values)


def _wording(message: Message, verdicts: Verdicts) -> Iterator[Finding]:
    """The rules for messages; a message for any kind of order must do for an FBA order too."""
    meta = message.meta
    if meta is None:
        return
    for text in message.texts.values():
        if text.language in LIBRARY_LANGUAGES:
            blanks = [(blank.start, blank.end) for blank in text.placeholders]
            yield from wording_findings(
                message.source,
                text.text,
                verdicts.of(text.text, text.language, blanks),
                start=text.start,
                language=text.language,
                orders=["fba" if kind == "any" else kind for kind in meta.fulfilment],
                recipient=meta.recipient,
            )
