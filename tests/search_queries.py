"""The queries that the search is judged by, and what answers them.

The search learns from the questions in `docs/_data/topics.yml`. It learned none of those here, and
is judged by them: `collected.jsonl` holds queries that sellers typed or forums quote.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FOLDER = Path(__file__).parent / "search"
TOPICS = FOLDER.parents[1] / "docs" / "_data" / "topics.yml"
SETS = ("collected",)


@dataclass(frozen=True)
class Query:
    """What is typed, in which language's pages, and the topics that answer it."""

    text: str
    home: str
    topics: frozenset[str]


def queries(name: str) -> list[Query]:
    """The queries of a set; the home page is empty for Chinese, `en/` for English."""
    also = {
        entry["query"]: entry["also"]
        for entry in yaml.safe_load((FOLDER / "narrow.yml").read_text(encoding="utf-8"))
    }
    found = []
    for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        topics = {record["topic"], *(also.get(record["query"], ()) if name == "collected" else ())}
        home = "en/" if record["lang"] == "en" else ""
        found.append(Query(record["query"], home, frozenset(topics)))
    return found


def learned() -> list[Query]:
    """The questions that the search has learned from."""
    return [
        Query(text, home, frozenset({name}))
        for name, topic in yaml.safe_load(TOPICS.read_text(encoding="utf-8")).items()
        for home, language in (("", "zh"), ("en/", "en"))
        for text in topic["questions"][language]
    ]


class Topics:
    """Which topics a result answers: those of its page, and of its section."""

    def __init__(self, pages: Iterable[dict[str, Any]]) -> None:
        self.of_page = {page["url"]: set(page["topics"]) for page in pages}
        self.of_section = {
            f"{page['url']}#{section['id']}": set(section["topics"])
            for page in pages
            for section in page["sections"]
        }

    def of(self, url: str) -> set[str]:
        """The topics of an address relative to the site's root."""
        return self.of_page.get(url.partition("#")[0], set()) | self.of_section.get(url, set())


@dataclass(frozen=True)
class Score:
    """How many of the queries are answered by the first result, by one of three, by none at all."""

    asked: int
    first: int
    three: int
    empty: int


def score(
    asked: Sequence[Query], results: Sequence[Sequence[Sequence[str]]], topics: Topics
) -> Score:
    """Judge what is listed for each query: its items in order, each with the addresses it links to.

    Addresses are relative to the root. An item is right if one of its addresses is.
    """
    right = [
        [any(topics.of(url) & query.topics for url in item) for item in items[:3]]
        for query, items in zip(asked, results, strict=True)
    ]
    return Score(
        len(asked),
        sum(answers[:1] == [True] for answers in right),
        sum(any(answers) for answers in right),
        sum(not items for items in results),
    )
