"""What can be found: the sections of pages, stores, terms and messages, each with its address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handbook.anchors import store_anchor
from handbook.interface import words
from handbook.search.sections import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.content import Content, Page
    from handbook.message import Message, MessageText
    from handbook.models import Fulfilment, Language, Term, Text, Topic

# guide: a page or section that answers a topic; more: one that answers none
Kind = Literal["guide", "library", "faq", "more", "message", "store", "term"]

# The terms of what a message is, by who receives it.
TEMPLATE = "message-template"
CASE_TEXT = "case-text"


@dataclass(frozen=True)
class Entry:
    """Something that can be found.

    `url` is relative to the site's root; `topics` are those that it or its page answers; `page` is
    the title of the page that it stands on, empty if it is the page itself; `terms` are those that
    the glossary explains by it, `names` its own topics and what the home page calls it.
    """

    url: str
    kind: Kind
    fulfilment: tuple[Fulfilment, ...]
    topics: tuple[str, ...]
    title: str
    page: str
    terms: tuple[str, ...]
    names: tuple[str, ...]
    text: str


def entries(content: Content, rendered: Mapping[str, str], language: Language) -> list[Entry]:
    """Everything that a reader of a language can find, in the order of the pages' addresses.

    Args:
        content: The content.
        rendered: The HTML of each page's body, by the page's path below `docs/`.
        language: The reader's language.
    """
    terms, situations = _terms(content, language), _situations(content, language)
    pages = sorted(
        (page for page in content.pages.values() if page.language == language),
        key=lambda page: page.url,
    )
    found = [
        entry
        for page in pages
        for entry in _page(page, content, rendered[_path(page)], terms, situations)
    ]
    return found + [_message(message, content, language) for message in content.messages.values()]


def _terms(content: Content, language: Language) -> dict[str, list[str]]:
    """The terms that the glossary explains by a page or section, by that place."""
    places: dict[str, list[str]] = {}
    for term in content.records.terms.values():
        if term.see:
            places.setdefault(term.see, []).append(_text(term, language))
    return places


def _situations(content: Content, language: Language) -> dict[str, list[str]]:
    """What the home page calls the pages and sections that it leads to."""
    places: dict[str, list[str]] = {}
    for kind in content.records.order_kinds:
        for situation in kind.situations:
            places.setdefault(situation.page, []).append(_text(situation.title, language))
    return places


def _path(page: Page) -> str:
    return page.source.path.removeprefix("docs/")


def _page(
    page: Page,
    content: Content,
    html: str,
    terms: Mapping[str, list[str]],
    situations: Mapping[str, list[str]],
) -> Iterator[Entry]:
    if page.meta is None:
        raise ValueError(page.source.path)
    topics = {heading.identifier: heading.topics for heading in page.document.headings}
    stores = {store_anchor(code) for code in content.records.stores}
    directives = {directive.name for directive in page.document.directives}
    for section in sections(html):
        own = topics.get(section.id, ()) if section.id else page.meta.topics
        answers = tuple(dict.fromkeys((*own, *page.meta.topics)))
        kind: Kind = "guide" if answers else "more"
        if "stores" in directives and section.id in stores:
            kind = "store"
        elif "terms" in directives and section.id in content.records.terms:
            kind = "term"
        elif page.slug == "faq" and own:
            kind = "faq"
        elif "templates" in answers:
            kind = "library"
        place = f"{page.slug}#{section.id}" if section.id else page.slug
        names = [_text(content.records.topics[topic], page.language) for topic in own]
        names += situations.get(place, [])
        text = section.text if section.id else f"{page.meta.description}\n{section.text}"
        yield Entry(
            page.url + (f"#{section.id}" if section.id else ""),
            kind,
            page.meta.fulfilment,
            answers,
            section.title if section.id else page.meta.title,
            page.meta.title if section.id else "",
            tuple(terms.get(place, ())),
            tuple(names),
            text.strip(),
        )


def _message(message: Message, content: Content, language: Language) -> Entry:
    if message.meta is None:
        raise ValueError(message.source.path)
    home = "" if language == "zh" else "en/"
    meta = message.meta
    form = TEMPLATE if meta.recipient == "buyer" else CASE_TEXT
    text = message.texts.get(language)
    texts = [_filled(text, content, language)] if text else []
    return Entry(
        f"{home}messages/{message.id}/",
        "message",
        meta.fulfilment,
        (),
        _text(meta.title, language),
        words("frame.messages", language),
        (),
        tuple(_text(term, language) for term in [content.records.terms.get(form)] if term),
        "\n".join([_text(meta.use_when, language), *texts]),
    )


def _filled(text: MessageText, content: Content, language: Language) -> str:
    """The text with the labels of its placeholders, as a reader sees them."""
    filled = text.text
    for placeholder in text.placeholders:
        record = content.records.placeholders.get(placeholder.name)
        if record:
            label = f"[{_text(record.label, language)}]"
            filled = filled.replace(f"{{{placeholder.name}}}", label)
    return filled


def _text(text: Text | Term | Topic, language: Language) -> str:
    return text.zh if language == "zh" else text.en
