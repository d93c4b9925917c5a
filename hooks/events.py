"""MkDocs' events, each a call into the handbook; the only module that imports MkDocs.

The content is read once per build and kept on that build's configuration object: nothing stays in
this module for the next build to find.
"""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files

from handbook.checks import check
from handbook.checks.navigation import check_navigation
from handbook.content import LANGUAGES, Content, load
from handbook.export import Version, write_data
from handbook.feed import write_feeds
from handbook.interface import all_words, both
from handbook.languages import HOMES
from handbook.not_found import write_not_found
from handbook.printers import print_text
from handbook.render import RenderedPage
from handbook.render.pages import message_page
from handbook.revision import read_version
from handbook.scripts import write_scripts
from handbook.search import write_index
from handbook.sitemap import write_sitemap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from handbook.findings import Finding
    from handbook.models import Language

_KEY = "handbook"


@dataclass(frozen=True)
class _Build:
    """What one build knows: the content, checked, and the version that it is built from.

    `rendered` is the HTML of the pages rendered so far, by their path below `docs/`.
    """

    content: Content
    version: Version
    rendered: dict[str, str] = field(default_factory=dict)


def on_startup(command: str, dirty: bool) -> None:  # noqa: FBT001 - the event's signature
    """Let the generator write warnings and errors only; all that it says is still counted."""
    del command, dirty
    for handler in logging.getLogger("mkdocs").handlers:
        handler.setLevel(logging.WARNING)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check the content before anything is written; findings end the build.

    Called once per language with the same configuration object.
    """
    if _KEY not in config.extra:
        root = Path(config.docs_dir).parent
        content = load(root)
        _stop_at_errors(check(content), content)
        version = read_version(root, content)
        # MkDocs writes a date into the sitemap; it must be the content's, not the clock's.
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(version.epoch))
        config.extra[_KEY] = _Build(content, version)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each message."""
    for name in _build(config).content.messages:
        for language in LANGUAGES:
            path = f"messages/{name}.{language}.md"
            files.append(File(path, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Find the pages that the navigation forgets, before the generator only warns of them."""
    content = _build(config).content
    listed = {f"docs/{page.file.src_uri}" for page in nav.pages}
    pages = [
        page
        for file in files
        if (page := content.pages.get(f"docs/{file.src_uri}")) and file.inclusion.is_in_nav()  # type: ignore[no-untyped-call]
    ]
    _stop_at_errors(check_navigation(pages, listed), content)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str | None:
    """The Markdown of a message's page; other pages are read from their files."""
    name, _, language = page.file.src_uri.removesuffix(".md").rpartition(".")
    message = _build(config).content.messages.get(name.removeprefix("messages/"))
    if message is None or not name.startswith("messages/"):
        return None
    return message_page(message, _language(language))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the Markdown extension which page comes next; each page gets an instance of its own."""
    del files
    content = _build(config).content
    config.mdx_configs["handbook.render"] = {
        "content": content,
        "page": _rendered(page.file.src_uri, content),
    }
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Keep what the page says, for the search."""
    del files
    _build(config).rendered[page.file.src_uri] = html


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> dict[str, Any]:
    """What the templates need: words, the other language's address, the file, the version."""
    del nav
    build = _build(config)
    rendered = _rendered(page.file.src_uri, build.content)
    file = rendered.path
    if file.startswith("messages/"):
        file = "_messages/" + file.removeprefix("messages/").rsplit(".", 2)[0] + ".md"
    repository = str(config.extra["repo_url"]).rstrip("/")
    context["handbook"] = {
        "language": rendered.language,
        "words": all_words(rendered.language),
        "partner_url": _partner_url(page.url, rendered.language),
        "root_url": HOMES[rendered.language],
        "file": f"docs/{file}",
        "edit_url": f"{repository}/{config.extra['edit_path']}/docs/{file}" if repository else None,
        "report_url": config.extra.get("report_url") or None,
        "version": build.version,
    }
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Write what belongs to the whole site; the same bytes whichever language comes last."""
    build = _build(config)
    site = Path(config.site_dir)
    write_data(build.content, build.version, site / "data")
    write_scripts(build.content, site / "assets/messages")
    if build.rendered.keys() >= {path.removeprefix("docs/") for path in build.content.pages}:
        write_index(build.content, build.rendered, site / "search")
    site_url = config.site_url or ""
    write_not_found(site, site_url)
    write_feeds(site, build.content, site_url)
    write_sitemap(site, build.content, site_url)


def _stop_at_errors(findings: Iterable[Finding], content: Content) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        print_text(errors, content.files, sys.stderr)
        raise Abort(both("terminal.not-built"))


def _build(config: MkDocsConfig) -> _Build:
    build = config.extra[_KEY]
    if not isinstance(build, _Build):
        raise TypeError(build)
    return build


def _language(name: str) -> Language:
    return "en" if name == "en" else "zh"


def _rendered(src_uri: str, content: Content) -> RenderedPage:
    """The page of a source file, be it written by an editor or made from a message."""
    if page := content.pages.get(f"docs/{src_uri}"):
        return RenderedPage.of_page(page)
    name, _, language = src_uri.removesuffix(".md").rpartition(".")
    message = content.messages[name.removeprefix("messages/")]
    return RenderedPage.of_message(message, _language(language))


def _partner_url(url: str, language: Language) -> str:
    """The same page in the other language, relative to the site's root."""
    url = url.removeprefix("./")
    return f"en/{url}" if language == "zh" else url.removeprefix("en/")
