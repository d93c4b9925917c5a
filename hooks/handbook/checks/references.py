"""Whatever a page or a record refers to exists: sources, stores, terms, topics, pages, headings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from handbook.checks.links import missing, unknown_anchor
from handbook.directives import DIRECTIVES
from handbook.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.content import Content, Page
    from handbook.document import Directive
    from handbook.yamldoc import Location

# More pages than these in one language would make a topic answer nothing in particular.
TOPIC_PAGES = 4


def check_references(content: Content) -> Iterator[Finding]:
    """References of pages, of front matter and of data files that lead to nothing."""
    references = _References(content)
    for page in content.judged_pages:
        yield from references.of_page(page)
    yield from references.of_data()
    yield from references.topics_on_pages()


class _References:
    def __init__(self, content: Content) -> None:
        self.content = content

    def ids(self, field: str) -> set[str] | None:
        """The ids of a data file; None while the file cannot be read."""
        return self.content.ids(field)

    # Pages

    def of_page(self, page: Page) -> Iterator[Finding]:
        path = page.source.path
        topics = self.ids("topics")
        if page.meta:
            for index, topic in enumerate(page.meta.topics):
                span = page.front_matter.value_span(("topics", index))
                yield from missing("unknown-topic", path, span, topic, topics)
        for heading in page.document.headings:
            for topic in heading.topics:
                yield from missing("unknown-topic", path, heading.topics_span, topic, topics)
        sources = self.ids("sources")
        for footnote in page.document.footnotes:
            if footnote.definition:
                yield Finding(
                    "footnote-definition", path, footnote.span, {"id": footnote.identifier}
                )
            else:
                yield from missing(
                    "unknown-source", path, footnote.span, footnote.identifier, sources
                )
        for directive in page.document.directives:
            yield from self.directive(page, directive)

    def directive(self, page: Page, directive: Directive) -> Iterator[Finding]:
        path = page.source.path
        yield from missing(
            "unknown-directive", path, directive.name_span, directive.name, set(DIRECTIVES)
        )
        if not directive.closed:
            yield Finding("unclosed-directive", path, directive.name_span, {"id": directive.name})
        argument = DIRECTIVES.get(directive.name)
        if argument == "title" and not directive.argument:
            yield Finding("untitled-block", path, directive.name_span, {"id": directive.name})
        if argument in ("message", "messages"):
            for name in directive.argument.split() or [""]:
                yield from missing(
                    "unknown-message", path, directive.argument_span, name, self.content.messages
                )

    # Data files

    def of_data(self) -> Iterator[Finding]:
        for name, source in self.content.records.sources.items():
            for index, other in enumerate(source.rests_on or ()):
                yield from self.source("sources", (name, "from", index), other)
        for name, number in self.content.records.do_not_use.items():
            yield from self.source("do_not_use", (name, "source"), number.source)
        for name, term in self.content.records.terms.items():
            if term.source:
                yield from self.source("terms", (name, "source"), term.source)
            if term.see:
                yield from self.page("terms", (name, "see"), term.see)
        yield from self.of_stores()
        yield from self.of_lists()

    def of_stores(self) -> Iterator[Finding]:
        for code, store in self.content.records.stores.items():
            yield from self.source("stores", (code, "contact", "source"), store.contact.source)
            if store.note_source:
                yield from self.source("stores", (code, "note_source"), store.note_source)
            for index, phone in enumerate(store.phones):
                yield from self.source("stores", (code, "phones", index, "source"), phone.source)
            place = (code, "claim_windows")
            known = self.ids("claim_windows")
            yield from self.known(
                "unknown-claim-windows", "stores", place, store.claim_windows, known
            )
        for name, windows in self.content.records.claim_windows.items():
            for kind, field in type(windows.windows).model_fields.items():
                window = getattr(windows.windows, kind)
                location = (name, "windows", field.alias or kind, "source")
                yield from self.source("claim_windows", location, window.source)

    def of_lists(self) -> Iterator[Finding]:
        seen: set[str] = set()
        for index, change in enumerate(self.content.records.changes):
            if change.id in seen:
                yield from self.finding_in("duplicate-id", "changes", (index, "id"), change.id)
            seen.add(change.id)
            for number, source in enumerate(change.sources):
                yield from self.source("changes", (index, "sources", number), source)
            for number, page in enumerate(change.pages):
                yield from self.page("changes", (index, "pages", number), page)
        for index, kind in enumerate(self.content.records.order_kinds):
            for number, situation in enumerate(kind.situations):
                place = (index, "situations", number, "page")
                yield from self.page("order_kinds", place, situation.page)

    def finding_in(self, rule: str, field: str, location: Location, name: str) -> Iterator[Finding]:
        yaml = self.content.data[field].yaml
        yield Finding(rule, yaml.source.path, yaml.value_span(location), {"id": name})

    def known(
        self, rule: str, field: str, location: Location, name: str, known: Iterable[str] | None
    ) -> Iterator[Finding]:
        yaml = self.content.data[field].yaml
        yield from missing(rule, yaml.source.path, yaml.value_span(location), name, known)

    def source(self, field: str, location: Location, name: str) -> Iterator[Finding]:
        yield from self.known("unknown-source", field, location, name, self.ids("sources"))

    def page(self, field: str, location: Location, reference: str) -> Iterator[Finding]:
        """A page named in a data file; it must have the heading in both languages."""
        slug, _, anchor = reference.partition("#")
        yield from self.known("unknown-page", field, location, slug, self.content.slugs)
        page = self.content.page(slug, "zh")
        if page and anchor:
            yaml = self.content.data[field].yaml
            yield from unknown_anchor(
                yaml.source.path, yaml.value_span(location), page, anchor, self.content
            )

    # The whole

    def topics_on_pages(self) -> Iterator[Finding]:
        pages: dict[str, list[Page]] = defaultdict(list)
        mine = {topic for page in self.content.judged_pages for topic in _topics(page)}
        for page in self.content.pages.values():
            if page.language != "zh" or page.meta is None:
                continue
            # A page whose text does not name a topic need not be parsed for it.
            if not any(topic in page.source.text for topic in mine):
                continue
            for topic in _topics(page):
                pages[topic].append(page)
        for topic, having in pages.items():
            if len(having) > TOPIC_PAGES:
                page = having[-1]
                yield Finding(
                    "topic-overused",
                    page.source.path,
                    page.front_matter.key_span(("topics",)),
                    {
                        "topic": topic,
                        "count": str(len(having)),
                        "limit": str(TOPIC_PAGES),
                        "pages": ", ".join(page.slug for page in having),
                    },
                )


def _topics(page: Page) -> set[str]:
    """The topics of a page and of its sections."""
    topics = {*(page.meta.topics if page.meta else ())}
    for heading in page.document.headings:
        topics |= {*heading.topics}
    return topics
