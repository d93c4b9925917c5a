"""The parts of a Markdown text that the handbook knows, each with its position.

The text is parsed once; rules and exports work on what is found here, never on raw text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser, Range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.source import SourceFile, Span

_BLOCKS = Parser(Language(tree_sitter_markdown.language()))
_INLINES = Parser(Language(tree_sitter_markdown.inline_language()))

_ATTRIBUTES = re.compile(r"\s+\{:?(?P<list>[^{}]*)\}\s*#*\s*$")
_ID = re.compile(r"(?:^|\s)#(?P<id>[^\s#.]+)")
_TOPICS = re.compile(r"(?:^|\s)topics=(?P<quote>[\"']?)(?P<topics>[^\"']*)(?P=quote)")
_FOOTNOTE = re.compile(r"\[\^(?P<id>[^\]\s]+)\](?P<definition>:)?")
_OPENING = re.compile(
    r"^\s*(?P<slashes>/{3,})[^\S\n]*(?P<name>[\w-]+)[^\S\n]*(?:\|[^\S\n]*(?P<argument>.*?))?\s*$"
)
_CLOSING = re.compile(r"^\s*(?P<slashes>/{3,})\s*$")


@dataclass(frozen=True)
class Heading:
    """A heading; `identifier` is None where none is written."""

    level: int
    title: str
    identifier: str | None
    topics: tuple[str, ...]
    span: Span
    identifier_span: Span
    topics_span: Span


@dataclass(frozen=True)
class Footnote:
    """A citation `[^id]`, or the definition `[^id]:` of one."""

    identifier: str
    definition: bool
    span: Span


@dataclass(frozen=True)
class Link:
    """An inline link or image; `span` is the target's."""

    text: str
    target: str
    image: bool
    span: Span


@dataclass(frozen=True)
class Directive:
    """The opening line of a block `/// name | argument`."""

    name: str
    argument: str
    closed: bool
    name_span: Span
    argument_span: Span


@dataclass(frozen=True)
class Document:
    """What a text holds, in the order of the text."""

    headings: tuple[Heading, ...]
    footnotes: tuple[Footnote, ...]
    links: tuple[Link, ...]
    directives: tuple[Directive, ...]


def parse_document(source: SourceFile, start: int) -> Document:
    """Parse the Markdown of a file from an offset (in code points) to its end."""
    return _Parse(source, start).document()


class _Parse:
    def __init__(self, source: SourceFile, start: int) -> None:
        self.source = source
        self.start = start
        self.text = source.text[start:]
        self.bytes = self.text.encode()
        self._ascii = len(self.bytes) == len(self.text)
        self.root = _BLOCKS.parse(self.bytes).root_node

    def document(self) -> Document:
        headings: list[Heading] = []
        footnotes: list[Footnote] = []
        links: list[Link] = []
        for node in _walk(self.root):
            if node.type in ("atx_heading", "setext_heading"):
                headings.append(self._heading(node))
            if node.type == "link_reference_definition":
                footnotes += self._footnotes(node.start_byte, node.end_byte, ())
            if node.type in ("inline", "pipe_table_cell"):
                inline = self._inline(node)
                code = [part for part in _walk(inline) if part.type == "code_span"]
                footnotes += self._footnotes(node.start_byte, node.end_byte, code)
                links += self._links(inline)
        return Document(tuple(headings), tuple(footnotes), tuple(links), tuple(self._directives()))

    def _position(self, byte: int) -> int:
        """The offset in code points, within the file, of a byte of the parsed text."""
        inside = byte if self._ascii else len(self.bytes[:byte].decode(errors="replace"))
        return self.start + inside

    def _span(self, start_byte: int, end_byte: int) -> Span:
        return self.source.span(self._position(start_byte), self._position(end_byte))

    def _string(self, node: Node) -> str:
        return self.bytes[node.start_byte : node.end_byte].decode(errors="replace")

    def _inline(self, node: Node) -> Node:
        _INLINES.included_ranges = [
            Range(node.start_point, node.end_point, node.start_byte, node.end_byte)
        ]
        return _INLINES.parse(self.bytes).root_node

    def _heading(self, node: Node) -> Heading:
        marker = next(child for child in node.children if _heading_level(child))
        content = next((part for part in _walk(node) if part.type == "inline"), None)
        text = self._string(content) if content else ""
        offset = self._position(content.start_byte) if content else self._position(node.start_byte)
        whole = self.source.span(offset, offset + len(text))
        attributes = _ATTRIBUTES.search(text)
        if attributes is None:
            return Heading(_heading_level(marker), text.strip(), None, (), whole, whole, whole)
        inner = attributes["list"]
        inner_offset = offset + attributes.start("list")
        identifier = _ID.search(inner)
        topics = _TOPICS.search(inner)

        def part(match: re.Match[str] | None, group: str) -> Span:
            if match is None:
                return whole
            return self.source.span(
                inner_offset + match.start(group), inner_offset + match.end(group)
            )

        return Heading(
            _heading_level(marker),
            text[: attributes.start()].strip(),
            identifier["id"] if identifier else None,
            tuple(topics["topics"].split()) if topics else (),
            whole,
            part(identifier, "id"),
            part(topics, "topics"),
        )

    def _footnotes(
        self, start_byte: int, end_byte: int, code: list[Node] | tuple[()]
    ) -> Iterator[Footnote]:
        text = self.bytes[start_byte:end_byte].decode(errors="replace")
        base = self._position(start_byte)
        hidden = [
            (self._position(node.start_byte) - base, self._position(node.end_byte) - base)
            for node in code
        ]
        for match in _FOOTNOTE.finditer(text):
            if any(begin <= match.start() < end for begin, end in hidden):
                continue
            starts_line = not text[: match.start()].rpartition("\n")[2].strip()
            yield Footnote(
                match["id"],
                bool(match["definition"]) and starts_line,
                self.source.span(base + match.start(), base + match.start() + len(match["id"]) + 3),
            )

    def _links(self, inline: Node) -> Iterator[Link]:
        for node in _walk(inline):
            if node.type not in ("inline_link", "image"):
                continue
            parts = {child.type: child for child in node.children}
            target = parts.get("link_destination")
            text = parts.get("link_text") or parts.get("image_description")
            place = target or node
            yield Link(
                self._string(text) if text else "",
                self._string(target).strip("<>") if target else "",
                node.type == "image",
                self._span(place.start_byte, place.end_byte),
            )

    def _directives(self) -> Iterator[Directive]:
        fenced = [
            (node.start_point.row, node.end_point.row)
            for node in _walk(self.root)
            if node.type == "fenced_code_block"
        ]
        opened: list[tuple[int, int, re.Match[str]]] = []
        done: list[tuple[int, Directive]] = []
        offset = self.start
        for row, line in enumerate(self.text.split("\n")):
            if not any(first <= row < last for first, last in fenced):
                if opening := _OPENING.match(line):
                    opened.append((len(opening["slashes"]), offset, opening))
                elif closing := _CLOSING.match(line):
                    length = len(closing["slashes"])
                    for index in range(len(opened) - 1, -1, -1):
                        if opened[index][0] == length:
                            done += [
                                (begin, self._directive(begin, match, closed=number == index))
                                for number, (_, begin, match) in enumerate(opened)
                                if number >= index
                            ]
                            del opened[index:]
                            break
            offset += len(line) + 1
        done += [(begin, self._directive(begin, match, closed=False)) for _, begin, match in opened]
        for _, directive in sorted(done, key=lambda pair: pair[0]):
            yield directive

    def _directive(self, offset: int, match: re.Match[str], *, closed: bool) -> Directive:
        argument = "argument" if match["argument"] else "name"
        return Directive(
            match["name"],
            (match["argument"] or "").strip(),
            closed,
            self.source.span(offset + match.start("name"), offset + match.end("name")),
            self.source.span(offset + match.start(argument), offset + match.end(argument)),
        )


def _heading_level(node: Node) -> int:
    """The level of a heading's marker node, 0 for any other node."""
    match = re.fullmatch(r"(?:atx|setext)_h([1-6])_(?:marker|underline)", node.type)
    return int(match[1]) if match else 0


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)
