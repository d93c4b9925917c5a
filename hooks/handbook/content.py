"""The whole content of the handbook, read once: pages, records, messages.

`load` never stops at the first mistake: what cannot be read is left out and reported, everything
else is there. Paths are relative to the root and use `/`.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, RootModel

from handbook import models
from handbook.document import Document, parse_document
from handbook.findings import Finding, Words
from handbook.languages import HOMES
from handbook.message import Message, parse_message
from handbook.source import NotUtf8Error, SourceFile, Span, read_source
from handbook.validation import validate
from handbook.yamldoc import YamlDocument, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from handbook.models import Language

__all__ = ["LANGUAGES", "Content", "Page", "Records", "load"]

LANGUAGES: tuple[Language, Language] = ("zh", "en")
DOCS = "docs"
DATA = "docs/_data"
MESSAGES = "docs/_messages"
TEMPLATES = "overrides"

_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PAGE_NAME = re.compile(rf"(?P<slug>{_SLUG})\.(?P<language>zh|en)\.md")
_MESSAGE_NAME = re.compile(rf"{_SLUG}\.md")
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?P<yaml>.*?)(?:^|\n)---[^\S\n]*(?:\n|\Z)", re.DOTALL)

# The one thing that is asked of the site generator's configuration, as text: an address.
_SITE_URL = re.compile(r"^site_url:.*?(?P<url>https?://[^\s\"'\]]+)", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """One page in one language; `meta` is None while its front matter is not valid."""

    slug: str
    language: Language
    source: SourceFile
    front_matter: YamlDocument
    meta: models.PageMeta | None
    body_start: int

    @cached_property
    def document(self) -> Document:
        """The body, parsed once, when something first asks for it."""
        return parse_document(self.source, self.body_start)

    @property
    def partner(self) -> str:
        """The path of the same page in the other language."""
        return _partner(self.slug, self.language)

    @property
    def url(self) -> str:
        """The page's address relative to the site's root, without a leading slash."""
        home = HOMES[self.language]
        return home if self.slug == "index" else f"{home}{self.slug}/"

    @property
    def body(self) -> str:
        """The Markdown below the front matter."""
        return self.source.text[self.body_start :]


@dataclass(frozen=True)
class DataFile:
    """A file of records as it is written: positions, and ids of records that are not valid too."""

    yaml: YamlDocument

    @property
    def ids(self) -> set[str]:
        """The ids that the file gives, valid or not."""
        value = self.yaml.value
        if isinstance(value, dict):
            return {str(key) for key in value}
        if isinstance(value, list):
            return {str(item["id"]) for item in value if isinstance(item, dict) and "id" in item}
        return set()


@dataclass(frozen=True)
class Records:
    """The data files; each is empty while its file is not valid."""

    sources: Mapping[str, models.Source] = field(default_factory=dict)
    stores: Mapping[str, models.Store] = field(default_factory=dict)
    claim_windows: Mapping[str, models.ClaimWindows] = field(default_factory=dict)
    do_not_use: Mapping[str, models.DoNotUse] = field(default_factory=dict)
    terms: Mapping[str, models.Term] = field(default_factory=dict)
    topics: Mapping[str, models.Topic] = field(default_factory=dict)
    placeholders: Mapping[str, models.Placeholder] = field(default_factory=dict)
    link_exclusions: Mapping[str, models.LinkExclusion] = field(default_factory=dict)
    changes: tuple[models.Change, ...] = ()
    order_kinds: tuple[models.OrderKind, ...] = ()


# Which file holds which records.
_FILES: dict[str, tuple[str, type[RootModel[Any]]]] = {
    "sources": ("sources", models.Sources),
    "stores": ("stores", models.Stores),
    "claim_windows": ("claim-windows", models.ClaimWindowSets),
    "do_not_use": ("do-not-use", models.DoNotUseNumbers),
    "terms": ("terms", models.Terms),
    "topics": ("topics", models.Topics),
    "placeholders": ("placeholders", models.Placeholders),
    "link_exclusions": ("link-exclusions", models.LinkExclusions),
    "changes": ("changes", models.Changes),
    "order_kinds": ("situations", models.OrderKinds),
}


def _all(path: str) -> bool:
    del path
    return True


# A handbook may do without these.
_OPTIONAL = ("link_exclusions",)


@dataclass(frozen=True)
class Content:
    """Everything that was read, by path, and what was wrong with the reading of it."""

    root: Path
    files: Mapping[str, SourceFile]
    pages: Mapping[str, Page]
    records: Records
    data: Mapping[str, DataFile]
    messages: Mapping[str, Message]
    findings: tuple[Finding, ...]
    # Templates by path; published files that are no pages, and files of the theme, by path.
    templates: Mapping[str, SourceFile] = field(default_factory=dict)
    assets: frozenset[str] = frozenset()
    # The public address of the site where the environment or the configuration names one.
    site_url: str = ""
    # Whether a file is looked into; all are there to be referred to.
    judges: Callable[[str], bool] = _all

    def judging(self, wanted: Callable[[str], bool]) -> Content:
        """The same content, of which only some files and their partners are looked into."""

        def judges(path: str) -> bool:
            partner = partner_path(path)
            return wanted(path) or (partner is not None and wanted(partner))

        return replace(self, judges=judges)

    @property
    def judged_pages(self) -> list[Page]:
        """The pages that are looked into."""
        return [page for path, page in self.pages.items() if self.judges(path)]

    @property
    def judged_messages(self) -> list[Message]:
        """The messages that are looked into."""
        return [one for one in self.messages.values() if self.judges(one.source.path)]

    def ids(self, field: str) -> set[str] | None:
        """The ids of a data file; None while the file cannot be read (its own finding says so)."""
        file = self.data.get(field)
        return file.ids if file and not file.yaml.findings else None

    def page(self, slug: str, language: Language) -> Page | None:
        """A page by its name."""
        return self.pages.get(f"{DOCS}/{slug}.{language}.md")

    def page_at(self, url: str) -> Page | None:
        """A page by its address, relative to the site's root."""
        return self._by_url.get(url)

    @cached_property
    def _by_url(self) -> Mapping[str, Page]:
        return {page.url: page for page in self.pages.values()}

    @cached_property
    def store_domains(self) -> Mapping[str, str]:
        """The domain of each store by its code, of those too whose record is not valid."""
        file = self.data.get("stores")
        stores = file.yaml.value if file else None
        return {
            str(code): str(store["domain"])
            for code, store in (stores.items() if isinstance(stores, dict) else ())
            if isinstance(store, dict) and isinstance(store.get("domain"), str)
        }

    @cached_property
    def phone_ids(self) -> set[str] | None:
        """The ids of all numbers; None while one of their files cannot be read."""
        others = self.ids("do_not_use")
        if self.ids("stores") is None or others is None:
            return None
        stores = self.data["stores"].yaml.value
        phones = [
            phone
            for store in (stores.values() if isinstance(stores, dict) else ())
            if isinstance(store, dict) and isinstance(store.get("phones"), list)
            for phone in store["phones"]
        ]
        return others | {
            str(phone["id"]) for phone in phones if isinstance(phone, dict) and "id" in phone
        }

    @property
    def slugs(self) -> set[str]:
        """The names of all pages."""
        return {page.slug for page in self.pages.values()}


def partner_path(path: str) -> str | None:
    """The path of the same page in the other language; None where the path is no page's."""
    match = _PAGE_NAME.fullmatch(path.removeprefix(f"{DOCS}/"))
    return _partner(match["slug"], match["language"]) if match else None


def _partner(slug: str, language: str) -> str:
    return f"{DOCS}/{slug}.{'en' if language == 'zh' else 'zh'}.md"


def data_schemas() -> dict[str, type[RootModel[Any]]]:
    """The schema of each data file, by the file's name without ending."""
    return dict(_FILES.values())


def load(root: Path) -> Content:
    """Read the content below a root (the folder that holds `docs/`)."""
    return _Loader(root).load()


class _Loader:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, SourceFile] = {}
        self.findings: list[Finding] = []

    def load(self) -> Content:
        pages = self._pages()
        data, records = self._records()
        messages = self._messages()
        templates = self._templates()
        return Content(
            self.root,
            self.files,
            pages,
            records,
            data,
            messages,
            tuple(self.findings),
            templates,
            self._assets(),
            self._site_url(),
        )

    def _templates(self) -> dict[str, SourceFile]:
        sources = (self._read(file) for file in sorted((self.root / TEMPLATES).rglob("*.html")))
        return {source.path: source for source in sources if source}

    def _assets(self) -> frozenset[str]:
        """What is published beside the pages; folders that begin with _ are not."""
        docs = self.root / DOCS
        own = (
            file
            for file in docs.rglob("*")
            if file.suffix != ".md"
            and not any(part.startswith(("_", ".")) for part in file.relative_to(docs).parts)
            and file.is_file()
        )
        theme = (file for file in (self.root / TEMPLATES).rglob("*") if file.suffix != ".html")
        return frozenset(file.relative_to(self.root).as_posix() for file in (*own, *theme))

    def _site_url(self) -> str:
        """The address that the environment names, or else the site generator's configuration."""
        file = self.root / "mkdocs.yml"
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        named = _SITE_URL.search(text)
        return os.environ.get("SITE_URL") or (named["url"] if named else "")

    def _read(self, file: Path) -> SourceFile | None:
        path = file.relative_to(self.root).as_posix()
        try:
            source = read_source(file, self.root)
        except NotUtf8Error as error:
            place = Span(error.line, error.column, error.line, error.column)
            self.findings.append(Finding("not-utf8", path, place))
            return None
        self.files[path] = source
        return source

    def _pages(self) -> dict[str, Page]:
        pages: dict[str, Page] = {}
        docs = self.root / DOCS
        for file in sorted(docs.rglob("*.md")):
            place = file.relative_to(docs)
            # What lies in folders that begin with _ is never published.
            if any(folder.startswith("_") for folder in place.parts[:-1]):
                continue
            source = self._read(file)
            if source is None:
                continue
            name = _PAGE_NAME.fullmatch(place.as_posix())
            if name is None:
                self.findings.append(Finding("page-name", source.path, source.line_span(1)))
                continue
            front, start = self._front_matter(source)
            meta = self._checked(models.PageMeta, front, Words("front matter ", "The front matter"))
            language: Language = "zh" if name["language"] == "zh" else "en"
            pages[source.path] = Page(name["slug"], language, source, front, meta, start)
        return pages

    def _front_matter(self, source: SourceFile) -> tuple[YamlDocument, int]:
        match = _FRONT_MATTER.match(source.text)
        if match is None:
            nothing = YamlDocument(
                source,
                None,
                source.line_span(1),
                (Finding("front-matter-missing", source.path, source.line_span(1)),),
            )
            return nothing, 0
        return parse_yaml(source, match.start("yaml"), match.end("yaml")), match.end()

    def _checked(self, model: type[_Model], document: YamlDocument, where: Words) -> _Model | None:
        value, findings = validate(model, document, where)
        self.findings += findings
        return value

    def _records(self) -> tuple[dict[str, DataFile], Records]:
        data: dict[str, DataFile] = {}
        values: dict[str, Any] = {}
        for field_name, (name, model) in _FILES.items():
            file = self.root / DATA / f"{name}.yml"
            if not file.is_file():
                if field_name in _OPTIONAL:
                    continue
                path = file.relative_to(self.root).as_posix()
                self.findings.append(
                    Finding(
                        "missing-key",
                        path,
                        Span(1, 1, 1, 1),
                        {"key": file.name, "where": Words("docs/_data ", "docs/_data")},
                    )
                )
                continue
            source = self._read(file)
            if source is None:
                continue
            document = parse_yaml(source, 0, len(source.text))
            data[field_name] = DataFile(document)
            checked = self._checked(model, document, Words(f"{file.name} ", file.name))
            if checked is not None:
                values[field_name] = checked.root
        return data, Records(**values)

    def _messages(self) -> dict[str, Message]:
        messages: dict[str, Message] = {}
        folder = self.root / MESSAGES
        for file in sorted(folder.rglob("*.md")):
            source = self._read(file)
            if source is None:
                continue
            if not _MESSAGE_NAME.fullmatch(file.relative_to(folder).as_posix()):
                self.findings.append(Finding("message-name", source.path, source.line_span(1)))
                continue
            front, start = self._front_matter(source)
            meta = self._checked(
                models.MessageMeta, front, Words("front matter ", "The front matter")
            )
            messages[file.stem] = parse_message(source, front, meta, start)
        return messages


_Model = TypeVar("_Model", bound=BaseModel)
