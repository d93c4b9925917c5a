"""Each page as Markdown beside it, and the list of them (llms.txt), for machines that read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from markdownify import ATX, MarkdownConverter
from selectolax.lexbor import LexborHTMLParser

from handbook.interface import words
from handbook.languages import HOMES
from handbook.publish.contents import read_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bs4 import Tag

    from handbook.publish.contents import Chapter
    from handbook.publish.pages import SitePage

NAME = "index.md"

# What serves a reader at a screen: links to a heading, ways back, everything to press or fill in.
_FOR_SCREENS = (
    ".headerlink, .hb-contents, .hb-sources__back, "
    "[hidden], button, input, select, textarea, script"
)


class _Converter(MarkdownConverter):
    def convert_span(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """A chip or a note stands apart from what follows."""
        del parent_tags
        return f" {text.strip()} " if element.get("class") else text

    def convert_summary(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """What a fold hides is open in Markdown; its title is a line of its own."""
        del element, parent_tags
        return f"\n\n**{text.strip()}**\n\n"


def page_markdown(chapter: Chapter) -> str:
    """A page as Markdown: title, description, text. Links are relative to the page's address."""
    article = LexborHTMLParser(chapter.article.html or "")
    for element in article.css(_FOR_SCREENS):
        element.decompose()
    soup = BeautifulSoup(article.body.inner_html or "" if article.body else "", "html.parser")
    options: dict[str, Any] = {"heading_style": ATX, "bullets": "-"}
    text = _Converter(**options).convert_soup(soup).strip()
    heading, _, body = text.partition("\n")
    quote = f"\n\n> {chapter.description}" if chapter.description else ""
    return f"{heading}{quote}\n\n{body.strip()}\n"


def write_markdown(
    site: Path, pages: Iterable[SitePage], chapters: Mapping[str, Chapter], site_url: str
) -> None:
    """Write `index.md` beside each page, and `llms.txt` at the root.

    Args:
        site: The finished site.
        pages: Its pages.
        chapters: Those of them that are chapters, by address.
        site_url: The public address; without it, links in llms.txt are relative.
    """
    for address, chapter in chapters.items():
        (site / address / NAME).write_text(page_markdown(chapter), encoding="utf-8")
    root = f"{site_url.rstrip('/')}/" if site_url else ""
    lines: list[str] = []
    for language in HOMES:
        for part in read_parts(pages, chapters, language):
            if not part.title and part.chapters:
                first = part.chapters[0]
                mark = "##" if lines else "#"
                lines += [f"{mark} {first.title}", "", f"> {first.description}", ""]
                lines += [words("llms.about", language), ""]
            else:
                lines += [f"## {part.title}", ""]
            lines += [
                f"- [{one.title}]({root}{one.address}{NAME}): {one.description}"
                for one in part.chapters
            ]
            lines.append("")
    (site / "llms.txt").write_text("\n".join(lines), encoding="utf-8")
