"""What rendering needs to know: the content, the page, the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.interface import phrase, words

if TYPE_CHECKING:
    import datetime as dt

    from handbook.content import Content, Page
    from handbook.message import Message
    from handbook.models import Fulfilment, Language, Text


@dataclass(frozen=True)
class RenderedPage:
    """The page that is rendered.

    `path` is the file below `docs/`, from which links to other pages are relative.
    """

    path: str
    language: Language
    fulfilment: tuple[Fulfilment, ...]
    reviewed: dt.date
    due: dt.date | None

    @classmethod
    def of_page(cls, page: Page) -> RenderedPage:
        """A page of the content.

        Raises:
            ValueError: Its front matter is not valid.
        """
        if page.meta is None:
            raise ValueError(page.source.path)
        path = page.source.path.removeprefix("docs/")
        meta = page.meta
        return cls(path, page.language, meta.fulfilment, meta.reviewed, meta.due)

    @classmethod
    def of_message(cls, message: Message, language: Language) -> RenderedPage:
        """The page that a message has of its own.

        Raises:
            ValueError: Its front matter is not valid.
        """
        if message.meta is None:
            raise ValueError(message.source.path)
        meta = message.meta
        path = f"messages/{message.id}.{language}.md"
        return cls(path, language, meta.fulfilment, meta.reviewed, None)


@dataclass(frozen=True)
class RenderContext:
    """The content and the page, and the words for its reader."""

    content: Content
    page: RenderedPage

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.page.language

    def words(self, key: str, **fields: object) -> str:
        """A phrase of the interface in the reader's language."""
        return words(key, self.language, **fields)

    def phrase(self, key: str) -> str:
        """A phrase in the reader's language whose fields a script fills in."""
        return phrase(key, self.language)

    def text(self, text: Text) -> str:
        """A record's text in the reader's language."""
        return text.said(self.language)

    def page_link(self, reference: str) -> str:
        """The link target (a Markdown file) of `slug` or `slug#anchor`, seen from this page."""
        slug, hash_sign, anchor = reference.partition("#")
        up = "../" * self.page.path.count("/")
        return f"{up}{slug}.{self.language}.md{hash_sign}{anchor}"

    def page_title(self, reference: str) -> str:
        """The title of the page, and of the section, that a reference leads to."""
        slug, _, anchor = reference.partition("#")
        page = self.content.page(slug, self.language)
        if page is None or page.meta is None:
            return reference
        titles = [page.meta.title]
        titles += [
            heading.title for heading in page.document.headings if heading.identifier == anchor
        ]
        return self.words("join.colon").join(titles)
