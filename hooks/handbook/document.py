"""The parts of a Markdown text that the handbook knows, each with its position.

The text is parsed once; rules and exports work on what is found here, never on raw text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import TYPE_CHECKING, Literal

import tree_sitter_markdown
from tree_sitter import Language, Node, Parser

from handbook.directives import DIRECTIVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.source import SourceFile, Span

_BLOCKS = Parser(Language(tree_sitter_markdown.language()))
_INLINES = Parser(Language(tree_sitter_markdown.inline_language()))

# Stands for each character that is markup, so that offsets stay what they are.
MARKUP = "\ufffc"

_ATTRIBUTES = re.compile(r"\s+\{:?(?P<list>[^{}]*)\}\s*#*\s*$")
_ID = re.compile(r"(?:^|\s)#(?P<id>[^\s#.]+)")
_TOPICS = re.compile(r"(?:^|\s)topics=(?P<quote>[\"']?)(?P<topics>[^\"']*)(?P=quote)")
_FOOTNOTE = re.compile(r"\[\^(?P<id>[^\]\s]+)\](?P<definition>:)?")
_OPENING = re.compile(
    r"^\s*(?P<slashes>/{3,})[^\S\n]*(?P<name>[\w-]+)[^\S\n]*(?:\|[^\S\n]*(?P<argument>.*?))?\s*$"
)
_CLOSING = re.compile(r"^\s*(?P<slashes>/{3,})\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"</?(?P<name>[A-Za-z][\w-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_ATTRIBUTE = re.compile(
    r"(?P<name>[A-Za-z_:][\w:.-]*)\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'>]+))"
)
# An address in running text; what stands behind it in Chinese is not part of it.
_BARE_LINK = re.compile(
    r"(?<![\w@/.-])(?:[A-Za-z][A-Za-z0-9+.-]*:/{1,3}|www\.)[^\s<>\"'`\ufffc\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+"
)
_CLOSED_AT_ONCE = re.compile(r"\s*</a\s*>", re.IGNORECASE)
# The attribute of an element of HTML that holds an address.
_ADDRESS_OF = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("blockquote", "q", "del", "ins"), "cite"),
    **dict.fromkeys(("img", "iframe", "script", "audio", "video", "source", "track"), "src"),
    **dict.fromkeys(("embed", "input"), "src"),
    "object": "data",
}
# Those whose address leads elsewhere; the others bring in what lies there.
_CLICKED = ("a", "area", "blockquote", "q", "del", "ins")
# Signs that end a sentence or close a bracket around an address.
_BARE_END = ".,;:!?)]}*_"

LinkKind = Literal["inline", "definition", "autolink", "html", "bare"]


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
    """A link or image; `span` is the target's, or the whole link's where it has none."""

    text: str
    target: str
    image: bool
    span: Span
    kind: LinkKind = "inline"
    # Of the whole link; for an element of HTML, of its tag.
    whole: Span | None = field(default=None, compare=False)
    has_alt: bool = field(default=True, compare=False)


@dataclass(frozen=True)
class Reference:
    """The use of a definition, `[text][label]` or `[text][]`; `span` is the label's."""

    text: str
    label: str
    span: Span


@dataclass(frozen=True)
class HtmlId:
    """An id that an element of raw HTML carries."""

    identifier: str
    span: Span


@dataclass(frozen=True)
class Block:
    """A paragraph, list item, heading or table cell: where its text begins and ends, in the file.

    `group` is the same for the cells of one row; `heading` tells a heading.
    """

    start: int
    end: int
    group: int
    heading: bool


@dataclass(frozen=True)
class Run:
    """An ordered list or a table: the offset where it begins and the spans of its items or rows."""

    start: int
    items: tuple[Span, ...]


@dataclass(frozen=True)
class Section:
    """A heading's text up to the next heading of any level; the first has no heading."""

    heading: Heading | None
    start: int
    end: int


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
    """What a text holds, in the order of the text.

    `visible` and `prose` are the file's text with every character that a reader does not see
    replaced by `MARKUP`; `prose` lacks code as well. Offsets in them are those of the file.
    """

    headings: tuple[Heading, ...]
    footnotes: tuple[Footnote, ...]
    links: tuple[Link, ...]
    directives: tuple[Directive, ...]
    references: tuple[Reference, ...] = ()
    ids: tuple[HtmlId, ...] = ()
    blocks: tuple[Block, ...] = ()
    steps: tuple[Run, ...] = ()
    tables: tuple[Run, ...] = ()
    sections: tuple[Section, ...] = ()
    visible: str = field(default="", repr=False)
    prose: str = field(default="", repr=False)

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def section_at(self, offset: int) -> Section:
        """The section that an offset of the file lies in."""
        return self.sections[max(bisect_right(self._section_starts, offset) - 1, 0)]


def bare_links(text: str) -> Iterator[tuple[str, int, int]]:
    """The addresses that stand in running text as they are, each with its offsets."""
    for match in _BARE_LINK.finditer(text):
        if target := match[0].rstrip(_BARE_END):
            yield target, match.start(), match.start() + len(target)


def parse_document(source: SourceFile, start: int) -> Document:
    """Parse the Markdown of a file from an offset (in code points) to its end."""
    return _Parse(source, start).document()


class _Parse:
    def __init__(self, source: SourceFile, start: int) -> None:
        self.source = source
        self.start = start
        self.text = source.text[start:]
        self.bytes = self.text.encode()
        # What a comment says is nothing of the text, and its signs are no markup.
        self.comments = [(found.start(), found.end()) for found in _COMMENT.finditer(self.text)]
        # Formulas between dollar signs are none of ours.
        self.inline_bytes = self.bytes.replace(b"$", b"S")
        # The byte at which each character begins; empty where bytes and characters are the same.
        self._starts = (
            []
            if len(self.bytes) == len(self.text)
            else list(compress(range(len(self.bytes)), self.bytes.translate(_BEGINS)))
        )
        # Where the piece of text that is parsed for inline markup begins, in bytes.
        self._base = 0
        if self.comments:
            self.bytes = self._without_comments().encode()
            self.inline_bytes = self.bytes.replace(b"$", b"S")
        self.root = _BLOCKS.parse(self.bytes).root_node
        self.headings: list[tuple[int, Heading]] = []
        self.footnotes: list[Footnote] = []
        self.links: list[Link] = []
        self.references: list[Reference] = []
        self.ids: list[HtmlId] = []
        self.blocks: list[Block] = []
        self.steps: list[Run] = []
        self.tables: list[Run] = []
        self.fenced: list[tuple[int, int]] = []
        # Offsets in the parsed text.
        self.seen: list[tuple[int, int]] = []
        self.code: list[tuple[int, int]] = []
        self.markup: list[tuple[int, int]] = [*self.comments]

    def _without_comments(self) -> str:
        """The text with each comment's bytes replaced by spaces, its lines kept."""
        return _COMMENT.sub(
            lambda found: "\n".join(" " * len(line.encode()) for line in found[0].split("\n")),
            self.text,
        )

    def document(self) -> Document:
        for node in _walk(self.root, _BLOCK_LEAVES):
            self._block(node)
        directives = tuple(self._directives())
        prose = self._masked(self.seen, [*self.code, *self.markup])
        visible = self._masked([*self.seen, *self.code], self.markup)
        self._bare_links(prose)
        begin = MARKUP * self.start
        return Document(
            tuple(heading for _, heading in self.headings),
            tuple(self.footnotes),
            tuple(sorted(self.links, key=lambda link: link.span)),
            directives,
            tuple(self.references),
            tuple(self.ids),
            tuple(self.blocks),
            tuple(self.steps),
            tuple(self.tables),
            tuple(self._sections()),
            begin + visible,
            begin + prose,
        )

    def _block(self, node: Node) -> None:
        kind = node.type
        if kind in ("atx_heading", "setext_heading"):
            self.headings.append((self._inside(node.start_byte), self._heading(node)))
        elif kind == "link_reference_definition":
            self._definition(node)
        elif kind in ("inline", "pipe_table_cell"):
            self._text(node)
        elif kind == "html_block":
            self._html(*self._range(node))
        elif kind in ("fenced_code_block", "indented_code_block"):
            self._code_block(node)
        elif kind == "pipe_table":
            rows = [row for row in node.children if row.type == "pipe_table_row"]
            self.tables.append(self._run(node, rows))
        elif kind == "list":
            items = [item for item in node.children if item.type == "list_item"]
            marker = items[0].children[0].type if items and items[0].children else ""
            if marker in ("list_marker_dot", "list_marker_parenthesis"):
                self.steps.append(self._run(node, items))

    def _run(self, node: Node, items: list[Node]) -> Run:
        spans = (
            self.source.line_span(self._span(item.start_byte, item.start_byte).line)
            for item in items
        )
        return Run(self._position(node.start_byte), tuple(spans))

    def _sections(self) -> Iterator[Section]:
        starts = [self.start + start for start, _ in self.headings]
        ends = [*starts, len(self.source.text)]
        yield Section(None, self.start, ends[0])
        for (_, heading), start, end in zip(self.headings, starts, ends[1:], strict=True):
            yield Section(heading, start, end)

    def _masked(self, shown: list[tuple[int, int]], hidden: list[tuple[int, int]]) -> str:
        """The text with only some ranges of it shown; lines stay lines."""
        flags = bytearray(len(self.text))
        for start, end in shown:
            flags[start:end] = b"\1" * (min(end, len(flags)) - start)
        for start, end in hidden:
            flags[start:end] = b"\0" * (min(end, len(flags)) - start)
        pieces: list[str] = []
        position, length = 0, len(flags)
        while position < length:
            value = flags[position]
            end = flags.find(1 - value, position)
            end = length if end == -1 else end
            piece = self.text[position:end]
            pieces.append(piece if value else _NOT_A_LINE_END.sub(MARKUP, piece))
            position = end
        return "".join(pieces)

    def _inside(self, byte: int) -> int:
        """The offset in code points, within the parsed text, of a byte of it."""
        byte += self._base
        return bisect_left(self._starts, byte) if self._starts else byte

    def _position(self, byte: int) -> int:
        """The same, within the file."""
        return self.start + self._inside(byte)

    def _range(self, node: Node) -> tuple[int, int]:
        return self._inside(node.start_byte), self._inside(node.end_byte)

    def _span(self, start_byte: int, end_byte: int) -> Span:
        return self.source.span(self._position(start_byte), self._position(end_byte))

    def _span_at(self, start: int, end: int) -> Span:
        """A span from offsets within the parsed text."""
        return self.source.span(self.start + start, self.start + end)

    def _string(self, node: Node) -> str:
        begin, end = self._base + node.start_byte, self._base + node.end_byte
        return self.bytes[begin:end].decode(errors="replace")

    def _text(self, node: Node) -> None:
        """A paragraph, a heading's text or a table cell."""
        begin, end = self._range(node)
        self.seen.append((begin, end))
        parent = node.parent
        group = parent.start_byte if parent and node.type == "pipe_table_cell" else node.start_byte
        heading = bool(parent and parent.type.endswith("heading"))
        self.blocks.append(Block(self.start + begin, self.start + end, group, heading))
        text = self.text[begin:end]
        if not any(sign in text for sign in "[<`"):
            return
        # The nodes live only as long as their tree.
        tree = _INLINES.parse(self.inline_bytes[node.start_byte : node.end_byte])
        self._base = node.start_byte
        code = []
        for part in _walk(tree.root_node, _INLINE_LEAVES):
            if part.type == "code_span":
                code.append(self._range(part))
            else:
                self._part(part)
        self._base = 0
        self.code += code
        self._footnotes(begin, end, code)

    def _part(self, node: Node) -> None:
        """A piece of inline markup."""
        kind = node.type
        if kind in ("inline_link", "image"):
            self._link(node)
        elif kind in ("full_reference_link", "collapsed_reference_link"):
            self._reference(node)
        elif kind in ("uri_autolink", "email_autolink"):
            start, end = self._range(node)
            self.markup.append((start, end))
            target = self.text[start + 1 : end - 1]
            if kind == "email_autolink":
                target = "mailto:" + target
            span = self._span_at(start + 1, end - 1)
            self.links.append(Link("", target, image=False, span=span, kind="autolink", whole=span))
        elif kind == "html_tag":
            self._html(*self._range(node))

    def _definition(self, node: Node) -> None:
        start, end = self._range(node)
        parts = {child.type: child for child in node.children}
        label = self._string(parts["link_label"])[1:-1] if "link_label" in parts else ""
        if label.startswith("^"):
            # A note's text is text; only its name is markup.
            self.seen.append((start, end))
            self._footnotes(start, end, [])
            return
        self.markup.append((start, end))
        if "link_destination" in parts:
            self._add_link(node, parts["link_destination"], label, "definition")

    def _link(self, node: Node) -> None:
        parts = {child.type: child for child in node.children}
        target = parts.get("link_destination")
        text = parts.get("link_text") or parts.get("image_description")
        self._add_link(node, target, self._string(text) if text else "", "inline")
        start, end = self._range(node)
        if text:
            shown = self._range(text)
            self.markup += [(start, shown[0]), (shown[1], end)]
        else:
            self.markup.append((start, end))

    def _add_link(self, node: Node, target: Node | None, text: str, kind: LinkKind) -> None:
        place = target or node
        written = self._string(target) if target else ""
        inset = 1 if written.startswith("<") and written.endswith(">") else 0
        self.links.append(
            Link(
                text,
                written[inset : len(written) - inset],
                node.type == "image",
                self._span(place.start_byte + inset, place.end_byte - inset),
                kind,
                self._span(node.start_byte, node.end_byte),
                has_alt=node.type != "image" or bool(text.strip()),
            )
        )

    def _reference(self, node: Node) -> None:
        parts = {child.type: child for child in node.children}
        text = self._string(parts["link_text"]) if "link_text" in parts else ""
        label = parts.get("link_label")
        start, end = self._range(node)
        if text.startswith("^") or (label and self._string(label).startswith("[^")):
            return
        if label:
            where, name = self._range(label), self._string(label)[1:-1]
            place = (where[0] + 1, where[1] - 1)
            self.markup.append(where)
        else:
            place, name = (start, end), text
        self.references.append(Reference(text, name, self._span_at(*place)))

    def _code_block(self, node: Node) -> None:
        self.code.append(self._range(node))
        if node.type == "fenced_code_block":
            self.fenced.append((node.start_point.row, node.end_point.row))

    def _html(self, start: int, end: int) -> None:
        """Tags and comments are markup; what stands between them is text."""
        text = self.text[start:end]
        self.seen.append((start, end))
        text = _COMMENT.sub(lambda found: " " * len(found[0]), text)
        for tag in _TAG.finditer(text):
            begin, stop = start + tag.start(), start + tag.end()
            self.markup.append((begin, stop))
            name = tag["name"].lower()
            whole = self._span_at(begin, stop)
            offset = start + tag.start("attributes")
            attributes = {
                match["name"].lower(): match for match in _ATTRIBUTE.finditer(tag["attributes"])
            }
            if match := attributes.get("id"):
                value, span = self._value(match, offset)
                self.ids.append(HtmlId(value, span))
            key = _ADDRESS_OF.get(name, "")
            shown = name not in _CLICKED
            empty = name == "a" and _CLOSED_AT_ONCE.match(self.text, stop)
            if match := attributes.get(key):
                value, span = self._value(match, offset)
                self.links.append(
                    Link(
                        "",
                        "" if empty else value,
                        shown,
                        whole if empty or not value else span,
                        "html",
                        whole,
                        has_alt=name != "img" or "alt" in attributes,
                    )
                )
            elif key and (name == "img" or re.search(rf"\b{key}\b", tag["attributes"])):
                self.links.append(Link("", "", shown, whole, "html", whole))
            if match := attributes.get("srcset"):
                self._candidates(match, offset, whole)

    def _candidates(self, match: re.Match[str], offset: int, whole: Span) -> None:
        """The images of a `srcset`: addresses with a size behind each."""
        value, _ = self._value(match, offset)
        begin = offset + match.start() + match[0].index(value) if value else 0
        for candidate in re.finditer(r"[^\s,][^\s]*(?=[\s,]|$)", value):
            address = candidate[0].rstrip(",")
            if re.fullmatch(r"[\d.]+[wx]", address):
                continue
            start = begin + candidate.start()
            span = self._span_at(start, start + len(address))
            self.links.append(Link("", address, image=True, span=span, kind="html", whole=whole))

    def _value(self, match: re.Match[str], offset: int) -> tuple[str, Span]:
        group = next(name for name in ("double", "single", "bare") if match[name] is not None)
        span = self._span_at(offset + match.start(group), offset + match.end(group))
        return match[group], span

    def _bare_links(self, prose: str) -> None:
        for target, start, end in bare_links(prose):
            span = self._span_at(start, end)
            self.links.append(Link("", target, image=False, span=span, kind="bare", whole=span))

    def _heading(self, node: Node) -> Heading:
        marker = next(child for child in node.children if _heading_level(child))
        content = next((part for part in _walk(node) if part.type == "inline"), None)
        text = self._string(content) if content else ""
        offset = self._position(content.start_byte) if content else self._position(node.start_byte)
        whole = self.source.span(offset, offset + len(text))
        attributes = _ATTRIBUTES.search(text)
        if attributes is None:
            return Heading(_heading_level(marker), text.strip(), None, (), whole, whole, whole)
        begin = offset - self.start
        self.markup.append((begin + attributes.start(), begin + len(text)))
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

    def _footnotes(self, start: int, end: int, code: list[tuple[int, int]]) -> None:
        text = self.text[start:end]
        for match in _FOOTNOTE.finditer(text):
            begin = start + match.start()
            if any(first <= begin < last for first, last in code):
                continue
            stop = begin + len(match["id"]) + 3
            starts_line = not text[: match.start()].rpartition("\n")[2].strip()
            self.markup.append((begin, stop))
            self.footnotes.append(
                Footnote(
                    match["id"],
                    bool(match["definition"]) and starts_line,
                    self._span_at(begin, stop),
                )
            )

    def _directives(self) -> Iterator[Directive]:
        opened: list[tuple[int, int, re.Match[str]]] = []
        done: list[tuple[int, Directive]] = []
        offset = self.start
        for row, line in enumerate(self.text.split("\n")):
            if not any(first <= row < last for first, last in self.fenced):
                if opening := _OPENING.match(line):
                    self._directive_markup(offset - self.start, opening)
                    opened.append((len(opening["slashes"]), offset, opening))
                elif closing := _CLOSING.match(line):
                    length = len(closing["slashes"])
                    inside = offset - self.start
                    self.markup.append((inside, inside + len(line)))
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

    def _directive_markup(self, offset: int, match: re.Match[str]) -> None:
        """The name of a block is markup; its title is text."""
        titled = match["argument"] is not None and DIRECTIVES.get(match["name"]) == "title"
        end = match.start("argument") if titled else match.end()
        self.markup.append((offset + match.start(), offset + end))

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


def _walk(root: Node, leaves: frozenset[str] = frozenset()) -> Iterator[Node]:
    """A tree's nodes in the order of the text; a tree may be deeper than Python can recurse.

    What lies in nodes of the types in `leaves` is passed over.
    """
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if node.child_count and node.type not in leaves:
            waiting.extend(reversed(node.children))


_BLOCK_LEAVES = frozenset(
    {
        *("inline", "pipe_table_cell", "pipe_table_delimiter_row", "html_block"),
        *("fenced_code_block", "indented_code_block"),
        *("link_reference_definition", "block_continuation"),
    }
)
_INLINE_LEAVES = frozenset(
    [
        "code_span",
        "html_tag",
        "uri_autolink",
        "email_autolink",
        "link_destination",
        "link_title",
        "link_label",
    ]
)


_NOT_A_LINE_END = re.compile(r"[^\n]")

# 1 for a byte that begins a character of UTF-8, 0 for one that continues it.
_BEGINS = bytes(byte & 0b1100_0000 != 0b1000_0000 for byte in range(256))  # noqa: PLR2004 - UTF-8
