"""The sentences that stand outside of pages' text: in front matter, records and messages.

Each comes with its place, so that a rule about text need not know where the text stands.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content
    from handbook.models import Language
    from handbook.source import SourceFile, Span
    from handbook.yamldoc import Location, YamlDocument


@dataclass(frozen=True)
class Place:
    """A text as it is written in a file, from an offset (in code points).

    `key` is the path of keys that leads to it; `language` is None where it is not known.
    """

    source: SourceFile
    text: str
    start: int
    key: Location
    language: Language | None

    def span(self, start: int, end: int) -> Span:
        """Where a part of the text stands."""
        return self.source.span(self.start + start, self.start + end)

    @property
    def address(self) -> bool:
        """Whether the text is the address of a source or a contact page."""
        return self.key[-1:] == ("url",)


def spoken_places(content: Content) -> Iterator[Place]:
    """Every text of front matter and of data files."""
    for page in content.judged_pages:
        yield from _texts(page.front_matter, page.language)
    for message in content.judged_messages:
        yield from _texts(message.front_matter, None)
    for file in content.data.values():
        if content.judges(file.yaml.source.path):
            yield from _texts(file.yaml, None)


def _texts(yaml: YamlDocument, language: Language | None) -> Iterator[Place]:
    for location, start, end in yaml.texts:
        if location[:1] == ("fingerprints",):
            continue
        spoken = location[-1] if location[-1:] in (("zh",), ("en",)) else language
        text = yaml.source.text[start:end]
        if len(text) > 1 and text[0] in "\"'" and text[0] == text[-1]:
            text, start = text[1:-1], start + 1  # noqa: PLW2901 - the text without its quotes
        yield Place(
            yaml.source,
            text,
            start,
            location,
            "zh" if spoken == "zh" else "en" if spoken == "en" else None,
        )
