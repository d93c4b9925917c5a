"""Styles, scripts and pictures of a finished site: trimmed, and named by what is in them.

A file whose name holds the fingerprint of its content can be kept by browsers for good; a changed
one has another name. Every file that a page names, in whatever attribute, gets one; a file that
only a script names keeps its name and is asked for anew each time.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
import shutil
from typing import TYPE_CHECKING

from handbook.publish.pages import SitePage, map_references, relative_target
from handbook.publish.stylesheets import Names, Sheet, trim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

ASSETS = "assets"
# What a server can tell from a name: ten hexadecimal digits before the ending.
FINGERPRINTED = re.compile(r"\.[0-9a-f]{10}\.[a-z0-9]+$")

# The theme names its own files so; what the build changes needs a new one.
_THEME_FINGERPRINT = re.compile(r"\.[0-9a-f]{8}(?=\.)")
_SOURCE_MAP = re.compile(r"\n?(?://|/\*)# sourceMappingURL=\S+(?: ?\*/)?\s*$")
# What the theme brings along, whether a page names it or not.
_THEME = ("images", "javascripts", "stylesheets")


def publish_assets(site: Path, pages: Iterable[SitePage]) -> None:
    """Trim and name the assets; the pages, which are changed, are not written.

    Each set of style sheets that pages load together becomes one file.
    """
    pages = list(pages)
    _remove_unused(site, pages)
    for file in sorted((site / ASSETS).rglob("*")):
        if file.suffix in (".js", ".css"):
            text = file.read_text(encoding="utf-8")
            file.write_text(_SOURCE_MAP.sub("\n", text), encoding="utf-8")
    names = Names.of(pages, _scripts(site))
    new_names: dict[str, str] = {}

    def named(path: str) -> str | None:
        if path not in new_names and (site / path).is_file():
            new_names[path] = _name(site, path)
        return new_names.get(path)

    _join_styles(site, pages, names, named)
    for page in pages:
        map_references(page, ASSETS, named)
    for name in _THEME:
        if (site / ASSETS / name).is_dir() and not any((site / ASSETS / name).rglob("*.*")):
            shutil.rmtree(site / ASSETS / name)


def _remove_unused(site: Path, pages: list[SitePage]) -> None:
    """Take out the theme's files that no page names, source maps among them."""
    used: set[str] = set()
    for page in pages:
        map_references(page, ASSETS, used.add)
    for name in _THEME:
        for file in sorted((site / ASSETS / name).rglob("*.*")):
            if file.is_file() and file.relative_to(site).as_posix() not in used:
                file.unlink()


def _scripts(site: Path) -> Iterable[str]:
    for file in sorted((site / ASSETS).rglob("*.js")):
        yield file.read_text(encoding="utf-8")


def _name(site: Path, path: str) -> str:
    """Rename a file by its content; gives the new path."""
    file = site / path
    fingerprint = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
    folder, name = posixpath.split(path)
    stem, ending = posixpath.splitext(_THEME_FINGERPRINT.sub("", name))
    new = posixpath.join(folder, f"{stem}.{fingerprint}{ending}")
    file.rename(site / new)
    return new


def _join_styles(
    site: Path, pages: list[SitePage], names: Names, named: Callable[[str], str | None]
) -> None:
    """One trimmed style sheet in the place of each set that pages load together."""
    trimmed: dict[tuple[str, ...], str] = {}
    for page in pages:
        links = [
            link
            for link in page.tree.css("link[rel=stylesheet][href]")
            if (page.target(link.attributes["href"] or "") or "").startswith(f"{ASSETS}/")
        ]
        paths = tuple(page.target(link.attributes["href"] or "") or "" for link in links)
        if not paths:
            continue
        if paths not in trimmed:
            number = len(trimmed) or ""
            trimmed[paths] = f"{ASSETS}/style{number}.css"
            (site / trimmed[paths]).write_text(
                trim([_sheet(site, path, named) for path in paths], names), encoding="utf-8"
            )
        links[0].attrs["href"] = posixpath.relpath(
            trimmed[paths], posixpath.dirname(page.path) or "."
        )
        for link in links[1:]:
            link.decompose()
    for path in {path for paths in trimmed for path in paths}:
        (site / path).unlink()


def _sheet(site: Path, path: str, named: Callable[[str], str | None]) -> Sheet:
    def url(address: str) -> str:
        target = relative_target(path, address)
        return posixpath.relpath(named(target) or target, ASSETS) if target else address

    return Sheet((site / path).read_text(encoding="utf-8"), url)
