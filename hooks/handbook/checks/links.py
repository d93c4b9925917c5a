"""Every link leads somewhere: pages, headings, records, files of the site, addresses outside.

A link has one finding at most, the first thing that is wrong with it.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from handbook.anchors import SOURCES_ANCHOR, cites, is_complete, page_anchors
from handbook.checks.places import Place, spoken_places
from handbook.document import bare_links
from handbook.findings import Edit, Finding, Words, did_you_mean
from handbook.urls import RECORD_SCHEMES, Problem, problem_of, scheme_of, store_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.content import Content, Page
    from handbook.document import Link
    from handbook.source import SourceFile, Span

# Written like a link and none: `[text]（target）`, `【text】(target)`, `[text] (target)`.
_NEARLY = re.compile(
    r"(?:\][（(]|[】］][ ]?[（(]|\][ ][（(])"
    r"(?P<target>[^\s()（）]*(?:\.md|://|#|:)[^\s()（）]*|[^\s()（）]+\.md[^()（）]*)[)）]"
)
_SPACED = re.compile(r"\]\((?P<target>[^()\n]+)\)")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]\n]*\]\((?P<target>[^()\s]*)\)")
# What a template fills in is judged in the finished site.
_ATTRIBUTE = re.compile(r"\b(?:href|src|action)\s*=\s*([\"'])(?P<target>[^{}\"'<>]*)\1")
_TEMPLATE_PATH = re.compile(r"\{\{\s*(['\"])(?P<path>[^'\"{}]+)\1\s*\|\s*url\b")


def missing(
    rule: str, path: str, span: Span, name: str, known: Iterable[str] | None
) -> Iterator[Finding]:
    """A finding where a name is not among the known ones; nothing where these are not known."""
    if known is None:
        return
    known = set(known)
    if name not in known:
        hint, near = did_you_mean(name, known)
        yield Finding(rule, path, span, {"id": name, "near": hint}, near)


def unknown_anchor(
    path: str, span: Span, target: Page, anchor: str, content: Content
) -> Iterator[Finding]:
    """A finding where a page has no such heading."""
    known = page_anchors(target, content)
    if anchor in known or not is_complete(target, content):
        return
    hint, near = did_you_mean(anchor, known)
    values: dict[str, str | Words] = {"id": anchor, "page": target.source.path, "near": hint}
    yield Finding("unknown-anchor", path, span, values, near)


def check_links(content: Content) -> Iterator[Finding]:
    """Links of pages, of front matter, of data files and of templates; ids that are used twice."""
    links = _Links(content)
    for page in content.judged_pages:
        yield from links.of_page(page)
    for place in spoken_places(content):
        yield from links.of_text(place)
    for source in content.templates.values():
        yield from links.of_template(source)
    yield from links.of_records()


class _Links:
    def __init__(self, content: Content) -> None:
        self.content = content
        self.stores = content.store_domains
        self.own_site = content.site_url.rstrip("/")

    # Pages

    def of_page(self, page: Page) -> Iterator[Finding]:
        path = page.source.path
        for link in page.document.links:
            yield from self.link(page, link)
        defined = {_label(link.text) for link in page.document.links if link.kind == "definition"}
        for reference in page.document.references:
            if _label(reference.label) not in defined:
                hint, near = did_you_mean(_label(reference.label), defined)
                values: dict[str, str | Words] = {"id": reference.label, "near": hint}
                yield Finding("undefined-reference", path, reference.span, values, near)
        yield from self.nearly_links(page)
        yield from self.ids(page)

    def nearly_links(self, page: Page) -> Iterator[Finding]:
        prose = page.document.prose
        for pattern in (_NEARLY, _SPACED):
            for match in pattern.finditer(prose):
                span = page.source.span(match.start(), match.end())
                target = match["target"]
                yield Finding("not-a-link", page.source.path, span, {"target": target})

    def ids(self, page: Page) -> Iterator[Finding]:
        """Ids of raw HTML; those of headings are compared with each other elsewhere."""
        headings = {heading.identifier for heading in page.document.headings}
        seen: Counter[str] = Counter(name for name in headings if name)
        for element in page.document.ids:
            seen[element.identifier] += 1
            if seen[element.identifier] > 1:
                values = {"id": element.identifier}
                yield Finding("duplicate-id", page.source.path, element.span, values)
        if cites(page):
            for heading in page.document.headings:
                if heading.identifier == SOURCES_ANCHOR:
                    values = {"id": SOURCES_ANCHOR}
                    yield Finding("duplicate-id", page.source.path, heading.identifier_span, values)

    def link(self, page: Page, link: Link) -> Iterator[Finding]:
        path = page.source.path
        target = link.target.strip()
        scheme = scheme_of(target)
        if target in ("", "#"):
            yield Finding("empty-link", path, link.whole or link.span)
        elif link.kind == "inline" and not link.image and not _has_text(link):
            yield Finding("empty-link-text", path, link.whole or link.span)
        elif scheme in RECORD_SCHEMES and link.kind not in ("html", "bare"):
            yield from self.record(path, link.span, scheme, target.partition(":")[2])
        elif scheme or target.startswith(("//", "www.")):
            yield from self.outside(page, link, target)
        elif link.image:
            yield from self.image(page, link, target)
        elif link.kind == "html":
            yield from self.html(page, link, target)
        else:
            yield from self.internal(page, link, target)
        if link.image and not link.has_alt:
            yield Finding("missing-alt", path, link.whole or link.span)

    def record(self, path: str, span: Span, scheme: str, name: str) -> Iterator[Finding]:
        """A link to a record: `store:US`."""
        if scheme == "store":
            yield from missing("unknown-store", path, span, name, self.content.ids("stores"))
            store = self.content.records.stores.get(name)
            if store and store.contact.url is None:
                yield Finding("unconfirmed-store-link", path, span, {"id": name})
        elif scheme == "term":
            yield from missing("unknown-term", path, span, name, self.content.ids("terms"))
        elif scheme == "phone":
            yield from missing("unknown-phone", path, span, name, self.content.phone_ids)
        else:
            yield from missing("unknown-message", path, span, name, self.content.messages)

    def outside(self, page: Page, link: Link, target: str) -> Iterator[Finding]:
        """A link with a scheme; how it is written comes before where it leads."""
        path, span = page.source.path, link.span
        if link.kind == "bare" and target.startswith("www."):
            yield Finding("bare-url", path, span, {"url": target})
            return
        problem = problem_of(target, self.stores.values())
        if problem:
            yield _of_problem(problem, path, span)
        elif self.own_site and (target + "/").startswith(self.own_site + "/"):
            yield Finding("own-site-link", path, span, {"url": target})
        elif code := store_of(target, self.stores):
            yield Finding("store-link-by-hand", path, span, {"id": code}, f"store:{code}")
        elif link.image:
            yield Finding("image-elsewhere", path, span, {"url": target})
        elif link.kind == "bare":
            yield Finding("bare-url", path, span, {"url": target})

    def internal(self, page: Page, link: Link, target: str) -> Iterator[Finding]:
        """A link to a page of the handbook, to a heading of one, or to one of this page."""
        path = page.source.path
        file, _, anchor = target.partition("#")
        file = unquote(file.partition("?")[0])
        if file.startswith("/"):
            hint, near = self._near_page(file, page)
            yield Finding("absolute-link", path, link.span, {"id": file, "near": hint}, near)
            return
        leads = self.content.pages.get(posixpath.normpath(f"docs/{file}")) if file else page
        if leads is None:
            if self._is_file(file) or self._is_message_page(file, page.language):
                return
            hint, near = self._near_page(file, page)
            yield Finding("unknown-page", path, link.span, {"id": file, "near": hint}, near)
        elif leads.language != page.language:
            partner = leads.partner.removeprefix("docs/")
            yield Finding("link-language", path, link.span, {"partner": partner}, partner)
        elif anchor:
            yield from unknown_anchor(path, link.span, leads, unquote(anchor), self.content)

    def _near_page(self, file: str, page: Page) -> tuple[Words, str | None]:
        """The page that was meant: another case, a web address, no language, a slip."""
        names = {
            other.source.path.removeprefix("docs/")
            for other in self.content.pages.values()
            if other.language == page.language
        }
        bare = file.strip("/").removeprefix("docs/").removeprefix("en/").lower()
        bare = re.sub(r"(?:/index)?\.(?:html?|md)$", "", bare).rstrip("/") or "index"
        stem = bare.removesuffix(".zh").removesuffix(".en")
        exact = f"{stem}.{page.language}.md"
        return did_you_mean(exact if exact in names else file, names, itself=exact in names)

    def _is_message_page(self, file: str, language: str) -> bool:
        name = file.removeprefix("messages/").removesuffix(f".{language}.md")
        return file == f"messages/{name}.{language}.md" and name in self.content.messages

    def _is_file(self, file: str) -> bool:
        """Whether a published file of `docs/` that is no page is meant, and is there."""
        return posixpath.normpath(f"docs/{file}") in self.content.assets

    def image(self, page: Page, link: Link, target: str) -> Iterator[Finding]:
        file = unquote(target.partition("#")[0].partition("?")[0])
        if link.kind == "html":
            file = posixpath.normpath(posixpath.join(f"/{page.url}", file)).lstrip("/")
        if not self._is_file(file):
            names = {name.removeprefix("docs/") for name in self.content.assets}
            hint, near = did_you_mean(file, names)
            values: dict[str, str | Words] = {"id": file, "near": hint}
            yield Finding("unknown-image", page.source.path, link.span, values, near)

    def html(self, page: Page, link: Link, target: str) -> Iterator[Finding]:
        """A link in raw HTML, which leads where the finished page says, not where the file does."""
        path = page.source.path
        file, _, anchor = target.partition("#")
        file = unquote(file.partition("?")[0])
        if file.endswith(".md"):
            hint, near = self._near_page(file, page)
            rule = "markdown-in-html" if f"docs/{file}" in self.content.pages else "unknown-page"
            yield Finding(rule, path, link.span, {"id": file, "near": hint}, near)
            return
        if file.startswith("/"):
            hint, near = self._near_page(file, page)
            yield Finding("absolute-link", path, link.span, {"id": file, "near": hint}, near)
            return
        leads: Page | None = page
        if file:
            url = posixpath.normpath(posixpath.join(f"/{page.url}", file)).strip("/")
            url = re.sub(r"(?:^|/)index\.html$", "", url)
            leads = self.content.page_at(url + "/" if url else "")
            if leads is None and self._is_file(url):
                return
        if leads is None:
            hint, near = self._near_page(file, page)
            yield Finding("unknown-page", path, link.span, {"id": file, "near": hint}, near)
        elif anchor:
            yield from unknown_anchor(path, link.span, leads, unquote(anchor), self.content)

    # Text outside of pages

    def of_text(self, place: Place) -> Iterator[Finding]:
        """Links in front matter and in the sentences of records."""
        path = place.source.path
        for target, start, end in bare_links(place.text):
            span = place.span(start, end)
            # An address without a scheme is words: nothing can be clicked in a record's text.
            problem = None
            if not target.startswith("www."):
                problem = problem_of(target, self.stores.values(), record=place.address)
            if problem:
                yield _of_problem(problem, path, span)
        for match in _MARKDOWN_LINK.finditer(place.text):
            # Markdown is not read here; the brackets would be shown.
            span = place.span(match.start(), match.end())
            if "://" not in match["target"]:
                yield Finding("markdown-in-text", path, span, {"target": match["target"]})

    def of_records(self) -> Iterator[Finding]:
        """The contact page of a store lies in that store."""
        file = self.content.data.get("stores")
        for code, store in self.content.records.stores.items():
            url = store.contact.url
            if file and url and store_of(url, self.stores) != code:
                span = file.yaml.value_span((code, "contact", "url"))
                values = {"id": code, "domain": store.domain}
                yield Finding("contact-of-another-store", file.yaml.source.path, span, values)

    # Templates

    def of_template(self, source: SourceFile) -> Iterator[Finding]:
        for match in _ATTRIBUTE.finditer(source.text):
            target = match["target"].strip()
            span = source.span(match.start("target"), match.end("target"))
            if not target:
                yield Finding("empty-link", source.path, source.span(match.start(), match.end()))
            elif scheme_of(target) or target.startswith("//"):
                problem = problem_of(target, self.stores.values())
                if problem:
                    yield Finding(problem.rule, source.path, span, problem.values, problem.better)
        for match in _TEMPLATE_PATH.finditer(source.text):
            path = match["path"].partition("#")[0]
            if path.endswith("/"):
                known = {page.url for page in self.content.pages.values()}
            elif path.startswith("assets/"):
                known = set(self.content.assets) | {
                    name.removeprefix("overrides/") for name in self.content.assets
                }
            else:
                continue
            span = source.span(match.start("path"), match.end("path"))
            yield from missing("unknown-page", source.path, span, path, known)


def _of_problem(problem: Problem, path: str, span: Span) -> Finding:
    fix = None
    if problem.rule == "insecure-link" and problem.better:
        fix = Edit(path, span, problem.better)
    return Finding(problem.rule, path, span, problem.values, problem.better, fix)


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _has_text(link: Link) -> bool:
    """Whether a reader sees something to click; a number's record brings its own text."""
    return bool(link.text.strip()) or scheme_of(link.target) == "phone"
