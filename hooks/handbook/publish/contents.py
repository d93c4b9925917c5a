"""What stands where in a finished site: its chapters, as its own navigation lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.languages import HOMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborNode

    from handbook.models import Language
    from handbook.publish.pages import SitePage


@dataclass(frozen=True)
class Chapter:
    """A page of the handbook; `address` is relative to the site's root (`en/refund/`)."""

    address: str
    title: str
    description: str
    article: LexborNode


@dataclass(frozen=True)
class Part:
    """Chapters under one heading of the navigation; the first part has none."""

    title: str
    chapters: tuple[Chapter, ...]


def read_chapters(pages: Iterable[SitePage]) -> dict[str, Chapter]:
    """The pages that are chapters (they hold an article and a description), by address."""
    chapters = {}
    for page in pages:
        article = page.tree.css_first("article")
        title = article and article.css_first("h1")
        if not page.path.endswith("index.html") or article is None or title is None:
            continue
        description = page.tree.css_first("meta[name=description]")
        chapters[page.path.removesuffix("index.html")] = Chapter(
            page.path.removesuffix("index.html"),
            title.text().strip(),
            (description.attributes["content"] or "") if description else "",
            article,
        )
    return chapters


def read_parts(
    pages: Iterable[SitePage], chapters: Mapping[str, Chapter], language: Language
) -> list[Part]:
    """The chapters of a language in the order of the navigation, the messages at the end."""
    home = next((page for page in pages if page.path == f"{HOMES[language]}index.html"), None)
    if home is None:
        return []
    parts: list[Part] = []
    title = ""
    for element in home.tree.css(".hb-nav__title, .hb-nav ul"):
        if element.tag == "p":
            title = element.text().strip()
            continue
        targets = [home.target(link.attributes["href"] or "") for link in element.css("a[href]")]
        found = [chapters.get(_address(target)) for target in targets if target is not None]
        parts.append(Part(title, tuple(one for one in found if one)))
    library = f"{HOMES[language]}messages/"
    messages = [one for name, one in sorted(chapters.items()) if name.startswith(library)]
    parts += [Part(one.title, tuple(messages[1:])) for one in messages[:1]]
    return parts


def _address(path: str) -> str:
    return f"{path}/" if path else ""
