"""The pages of a finished site: read as trees, changed, and written small."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
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


def map_references(page: SitePage, change: Callable[[str], str | None]) -> None:
    """Give files new addresses: in every attribute of a page, and in the data that it carries.

    Args:
        page: The page, which is changed.
        change: From the path of a file, from the site's root, to its new one; None leaves it.
            It is asked about everything that could be an address, whatever the attribute's name.
    """

    def mapped(address: str) -> str | None:
        path = page.target(address)
        new = change(path) if path else None
        if new is None:
            return None
        parts = urlsplit(address)
        relative = posixpath.relpath(new, posixpath.dirname(page.path) or ".")
        return urlunsplit(("", "", relative, parts.query, parts.fragment))

    for element in page.elements():
        for name, value in element.attributes.items():
            if value and (new := mapped(value)):
                element.attrs[name] = new
        if element.tag == "script" and element.attributes.get("type") == "application/json":
            data = json.loads(element.text())
            changed = _map_strings(data, mapped)
            if changed != data:
                _set_text(page.tree, element, json.dumps(changed, ensure_ascii=False))


def _map_strings(value: Any, change: Callable[[str], str | None]) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return change(value) or value
    if isinstance(value, list):
        return [_map_strings(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _map_strings(item, change) for key, item in value.items()}
    return value


def _set_text(tree: LexborHTMLParser, element: LexborNode, text: str) -> None:
    """Replace a script's text; `</` cannot end the element early."""
    new = tree.create_node("script")
    for name, value in element.attributes.items():
        new.attrs[name] = value
    new.insert_child(text.replace("</", "<\\/"))
    element.replace_with(new)
