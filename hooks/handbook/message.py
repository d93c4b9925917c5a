"""A message of the library: one file, one section of plain text per language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.models import MessageMeta
    from handbook.source import SourceFile, Span
    from handbook.yamldoc import YamlDocument

# The languages that messages are sent in, by BCP 47 tag, in the order in which they are shown.
LIBRARY_LANGUAGES = (
    "en",
    "zh",
    "de",
    "fr",
    "it",
    "es",
    "ja",
    "pt-BR",
    "nl",
    "sv",
    "pl",
    "tr",
    "ar",
)

RIGHT_TO_LEFT = ("ar",)

_SECTION = re.compile(r"^##[^\S\n]+(?P<language>\S+)[^\S\n]*$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"\{(?P<name>[A-Za-z_]\w*)\}")


@dataclass(frozen=True)
class Placeholder:
    """A blank `{name}` and where it stands: in the file, and in its text in code points."""

    name: str
    span: Span
    start: int
    end: int


@dataclass(frozen=True)
class MessageText:
    """The text in one language, without blank lines around it.

    `span` is its heading's; `start` is where the text begins in the file, in code points.
    """

    language: str
    text: str
    span: Span
    start: int
    placeholders: tuple[Placeholder, ...]


@dataclass(frozen=True)
class Message:
    """A message; `meta` is None while its front matter is not valid.

    `repeated` are the texts in a language that has one before; they are not used.
    """

    id: str
    source: SourceFile
    front_matter: YamlDocument
    meta: MessageMeta | None
    texts: Mapping[str, MessageText]
    repeated: tuple[MessageText, ...] = ()


def parse_message(
    source: SourceFile, front_matter: YamlDocument, meta: MessageMeta | None, start: int
) -> Message:
    """Split the text of a message file, from an offset in code points, into its languages."""
    sections = list(_SECTION.finditer(source.text, start))
    ends = [section.start() for section in sections[1:]] + [len(source.text)]
    texts: dict[str, MessageText] = {}
    repeated: list[MessageText] = []
    # Not strict: a file without a section has one end and no beginning.
    for section, end in zip(sections, ends, strict=False):
        raw = source.text[section.end() : end]
        offset = section.end() + len(raw) - len(raw.lstrip())
        text = raw.strip()
        parsed = MessageText(
            section["language"],
            text,
            source.span(section.start("language"), section.end("language")),
            offset,
            tuple(
                Placeholder(
                    match["name"],
                    source.span(offset + match.start(), offset + match.end()),
                    match.start(),
                    match.end(),
                )
                for match in _PLACEHOLDER.finditer(text)
            ),
        )
        if parsed.language in texts:
            repeated.append(parsed)
        else:
            texts[parsed.language] = parsed
    name = source.path.rsplit("/", 1)[-1].removesuffix(".md")
    return Message(name, source, front_matter, meta, texts, tuple(repeated))
