"""A rendered page cut into its sections, as plain text for the search."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What is on a page and is no text of it: the line under the title, citations and their list, the
# links at headings, messages, which have pages of their own, and the spellings of a term, which the
# index holds by themselves.
_LEFT_OUT = {
    "hb-meta",
    "hb-overdue",
    "hb-cite",
    "hb-sources",
    "headerlink",
    "hb-message",
    "hb-shortcuts",
    "hb-terms__also",
    "hb-terms__label",
}
# A section begins at these where they have an id. Terms are definitions with an id of their own.
_STARTS = {"h2", "h3", "dt"}
# Text runs on over these; a span is a part that the handbook sets apart.
_INLINE = {"a", "abbr", "b", "code", "em", "i", "kbd", "mark", "small", "strong", "sup", "time"}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_SOURCES = "sources"


@dataclass(frozen=True)
class Section:
    """A part of a page; `id` and `title` are empty for what stands above the first heading."""

    id: str
    title: str
    text: str


@dataclass
class _Open:
    id: str
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def close(self) -> Section:
        return Section(self.id, _plain(self.title), _plain(self.text))


def sections(html: str) -> list[Section]:
    """Cut the HTML of a page's body at its headings.

    The list of sources is left out; what stands under a heading without an id belongs to the
    section before. Blocks are separated by a line end, white space is otherwise single.
    """
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return [part.close() for part in parser.parts if part.id != _SOURCES]


def _plain(pieces: list[str]) -> str:
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts = [_Open("")]
        self.heading: str | None = None
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self._separate(tag)
            return
        given = dict(attrs)
        # Code in a language is a text that a rule forbids or allows.
        example = tag == "code" and "lang" in given
        if self.hidden or example or _LEFT_OUT & set((given.get("class") or "").split()):
            self.hidden += 1
            return
        if tag in _STARTS and (identifier := given.get("id")):
            self.parts.append(_Open(identifier))
            self.heading = tag
        self._separate(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.hidden:
            self.hidden -= 1
            return
        if tag == self.heading:
            self.heading = None
        self._separate(tag)

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        part = self.parts[-1]
        (part.title if self.heading else part.text).append(data)

    def _separate(self, tag: str) -> None:
        if not self.hidden and not self.heading and tag not in _INLINE:
            self.parts[-1].text.append(" " if tag == "span" else "\v")
