"""The addresses that the content names, and what is wrong with them when they are fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.checks.places import spoken_places
from handbook.document import bare_links
from handbook.findings import Finding
from handbook.urls import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.content import Content
    from handbook.fetching import Answer
    from handbook.source import Span


@dataclass(frozen=True)
class Named:
    """An address and where it is named."""

    url: str
    path: str
    span: Span


def addresses(content: Content) -> Iterator[Named]:
    """Every address with http or https on pages, in front matter and in records."""
    for page in content.judged_pages:
        for link in page.document.links:
            if re.match(r"https?://", link.target, re.IGNORECASE):
                yield Named(link.target, page.source.path, link.span)
    for place in spoken_places(content):
        for url, start, end in bare_links(place.text):
            if re.match(r"https?://", url, re.IGNORECASE):
                yield Named(url, place.source.path, place.span(start, end))


def exclusion(url: str, content: Content) -> str | None:
    """Why an address is not fetched, from the exclusions; None for one that is."""
    parts = split(url)
    host = (parts.hostname or "") if parts else ""
    for name, excluded in content.records.link_exclusions.items():
        if excluded.host and (host == excluded.host or host.endswith("." + excluded.host)):
            return name
        if excluded.address and url.startswith(excluded.address):
            return name
    return None


def outcomes(named: list[Named], answers: Mapping[str, Answer]) -> Iterator[Finding]:
    """Findings for addresses that do not work, at every place that names one."""
    for one in named:
        answer = answers[one.url]
        values = {"url": one.url, "detail": answer.detail}
        if answer.kind == "broken":
            yield Finding("broken-link", one.path, one.span, values)
        elif answer.kind == "timeout":
            yield Finding("link-timeout", one.path, one.span, values)
        elif answer.kind == "redirected":
            yield Finding("moved-link", one.path, one.span, values, answer.detail)
