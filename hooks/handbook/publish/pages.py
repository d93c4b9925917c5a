"""The pages of a finished site: read as trees, changed, and written small."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

import minify_html
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from selectolax.lexbor import LexborNode


@dataclass(frozen=True)
class SitePage:
    """A page; `path` is relative to the site's root, with `/`."""

    path: str
    tree: LexborHTMLParser

    def elements(self) -> list[LexborNode]:
        """Every element, from the root down; a list, so that the tree may be changed meanwhile."""
        root = self.tree.root
        return [] if root is None else list(root.traverse(include_text=False))

    def target(self, address: str) -> str | None:
        """The path of the file that a relative address leads to, from the site's root.

        None for an address that is not relative, leads out of the site, or is no address at all.
        """
        return relative_target(self.path, address)


def relative_target(base: str, address: str) -> str | None:
    """The path that a relative address leads to, seen from a file; both from the site's root."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path)))
    if path.startswith("../") or path == "..":
        return None
    return "" if path == "." else path


def read_pages(site: Path) -> list[SitePage]:
    """Every page that has an address of its own, sorted by path: those for errors have none."""
    return [
        SitePage(
            file.relative_to(site).as_posix(), LexborHTMLParser(file.read_text(encoding="utf-8"))
        )
        for file in sorted(site.rglob("*.html"))
        if file.name != "404.html"
    ]


def write_page(site: Path, page: SitePage) -> None:
    """Write a page without the white space that nobody sees; scripts stay as they are."""
    html = minify_html.minify(
        page.tree.html or "",
        keep_closing_tags=True,
        keep_html_and_head_opening_tags=True,
        keep_input_type_text_attr=True,
    )
    file = site / page.path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, encoding="utf-8")


def map_references(page: SitePage, folder: str, change: Callable[[str], str | None]) -> None:
    """Give the files of a folder new addresses in every attribute of a page.

    Args:
        page: The page, which is changed.
        folder: The folder's path from the site's root.
        change: From the path of a file, from the site's root, to its new one; None leaves it.
            It is asked about everything that could be an address, whatever the attribute's name.
    """
    for element in page.elements():
        for name, value in element.attributes.items():
            # Nearly every attribute of a page is something else.
            if not value or f"{folder}/" not in value:
                continue
            path = page.target(value)
            new = change(path) if path and path.startswith(f"{folder}/") else None
            if new is not None:
                parts = urlsplit(value)
                relative = posixpath.relpath(new, posixpath.dirname(page.path) or ".")
                element.attrs[name] = urlunsplit(("", "", relative, parts.query, parts.fragment))
