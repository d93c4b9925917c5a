"""The whole handbook as one document per language, for printing.

Every chapter is there as it is on its own page. Identifiers get the chapter's name in front, so
that each exists once, and links between chapters lead to their place in the document.
"""

from __future__ import annotations

import html
import posixpath
from importlib import resources
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from handbook.interface import words
from handbook.languages import HOMES
from handbook.publish.contents import Chapter, Part, read_parts
from handbook.publish.pages import SitePage, relative_target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.models import Language

FOLDER = "print/"

# Attributes that name an element by its id, or several.
_REFERENCES = ("for", "list", "aria-labelledby", "aria-describedby", "aria-controls")


def book(
    pages: list[SitePage], chapters: Mapping[str, Chapter], language: Language
) -> SitePage | None:
    """The document of a language, as a page of the site; None if the language has no home page."""
    parts = read_parts(pages, chapters, language)
    home = next((page for page in pages if page.path == f"{HOMES[language]}index.html"), None)
    if not parts or home is None:
        return None
    path = f"{HOMES[language]}{FOLDER}index.html"
    first = parts[0].chapters[0]
    names = {one.address: _name(one, language) for part in parts for one in part.chapters}
    template = resources.files("handbook.publish").joinpath("book.html").read_text("utf-8")
    text = Template(template).substitute(
        lang=language,
        title=html.escape(first.title),
        summary=html.escape(first.description),
        home="../",
        back=html.escape(words("book.back", language)),
        print=html.escape(words("book.print", language)),
        contents=html.escape(words("book.contents", language)),
        links=_frame(home, path, "link[rel=stylesheet], link[rel=icon]"),
        scripts=_frame(home, path, "script[src][defer]"),
        list=_contents(parts, names),
        chapters="\n".join(_chapter(one, path, names) for part in parts for one in part.chapters),
    )
    return SitePage(path, LexborHTMLParser(text))


def _name(chapter: Chapter, language: Language) -> str:
    return chapter.address.removeprefix(HOMES[language]).strip("/").replace("/", "-") or "index"


def _frame(home: SitePage, path: str, selector: str) -> str:
    """Elements of the home page's frame, with their addresses as seen from another page."""
    copies = []
    for element in home.tree.css(selector):
        copy = LexborHTMLParser(element.html or "").css_first(element.tag or "")
        name = "src" if element.tag == "script" else "href"
        target = home.target(element.attributes[name] or "")
        if copy is not None and target:
            copy.attrs[name] = posixpath.relpath(target, posixpath.dirname(path))
            copies.append(copy.html or "")
    return "\n".join(copies)


def _contents(parts: list[Part], names: Mapping[str, str]) -> str:
    lines = []
    for part in parts:
        if part.title:
            lines.append(f"<p>{html.escape(part.title)}</p>")
        items = (
            f'<li><a href="#{names[one.address]}">{html.escape(one.title)}</a></li>'
            for one in part.chapters
        )
        lines.append(f"<ul>{''.join(items)}</ul>")
    return "\n".join(lines)


def _chapter(chapter: Chapter, path: str, names: Mapping[str, str]) -> str:
    tree = LexborHTMLParser(chapter.article.html or "")
    article = tree.css_first("article")
    if article is None:
        return ""
    for element in tree.css(".headerlink, .hb-contents, .hb-sources__back, .hb-overdue"):
        element.decompose()
    _prefix(tree, names[chapter.address])
    for link in tree.css("a[href]"):
        link.attrs["href"] = _address(link.attributes["href"] or "", chapter, path, names)
    for image in tree.css("img[src]"):
        target = relative_target(f"{chapter.address}index.html", image.attributes["src"] or "")
        if target:
            image.attrs["src"] = posixpath.relpath(target, posixpath.dirname(path))
    article.attrs["id"] = names[chapter.address]
    article.attrs["class"] = "hb-book__chapter"
    return article.html or ""


def _prefix(tree: LexborHTMLParser, prefix: str) -> None:
    """Put the chapter's name before every identifier and wherever one is named."""
    for element in tree.css("[id]"):
        element.attrs["id"] = f"{prefix}--{element.attributes['id']}"
    for name in _REFERENCES:
        for element in tree.css(f"[{name}]"):
            values = (element.attributes[name] or "").split()
            element.attrs[name] = " ".join(f"{prefix}--{value}" for value in values)
    # Radio buttons of two chapters are not one group.
    for element in tree.css("input[name]"):
        element.attrs["name"] = f"{prefix}--{element.attributes['name']}"


def _address(address: str, chapter: Chapter, path: str, names: Mapping[str, str]) -> str:
    if address.startswith("#"):
        return f"#{names[chapter.address]}--{address[1:]}"
    target = relative_target(f"{chapter.address}index.html", address)
    if target is None:
        return address
    folder = f"{target}/" if target else ""
    fragment = urlsplit(address).fragment
    if folder in names:
        return f"#{names[folder]}" + (f"--{fragment}" if fragment else "")
    relative = posixpath.relpath(target or ".", posixpath.dirname(path))
    return f"{relative}/" + (f"#{fragment}" if fragment else "")
