"""From a built site to one that is ready for any host: small, cacheable, readable by machines.

    pages                 the finished pages as trees
    contents              the chapters, as the site's navigation lists them
    markdown, book        each page as Markdown, all pages as one document to print
    stylesheets, assets   what no page uses goes, what stays is named by its content
    policy                which scripts may run, for the server's headers
    compression           gzip and brotli beforehand
    offline               the same as a zip that opens from the file system
    aside                 new in the place of old, whole or not at all

It works on the files that a site generator wrote, and knows no generator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.languages import HOMES
from handbook.publish.assets import publish_assets
from handbook.publish.book import book
from handbook.publish.compression import compress
from handbook.publish.contents import read_chapters
from handbook.publish.markdown import write_markdown
from handbook.publish.pages import read_pages, write_page
from handbook.publish.policy import write_policy

if TYPE_CHECKING:
    from pathlib import Path


def publish(site: Path, site_url: str = "", *, draft: bool = False) -> None:
    """Finish a site in place.

    Args:
        site: The folder that the site generator wrote.
        site_url: The public address, if there is one.
        draft: Leave out what only a server has a use for, and its machine readers.
    """
    pages = read_pages(site)
    chapters = read_chapters(pages)
    if not draft:
        write_markdown(site, pages, chapters, site_url)
    pages += [one for language in HOMES if (one := book(pages, chapters, language))]
    publish_assets(site, pages)
    for page in pages:
        write_page(site, page)
    if not draft:
        write_policy(site)
        compress(site)


__all__ = ["publish"]
