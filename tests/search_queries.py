"""The queries that the search is judged by, and what answers them.

The search learns from the questions in `docs/_data/topics.yml`. It has learned none of those here
and is judged by them. `collected.jsonl` holds queries that sellers typed or forums quote.
`unseen.jsonl` was written by topic, by somebody who knew neither glossary nor questions, and was
first asked when the search was done; to learn from it would end what it is for.
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
SETS = ("collected", "unseen")


@dataclass(frozen=True)
class Query:
    """What is typed, in which language's pages, and the topic that answers it."""

    text: str
    home: str
    topic: str


def queries(name: str) -> list[Query]:
    """The queries of a set; the home page is empty for Chinese, `en/` for English."""
    records = map(json.loads, (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Query(record["query"], "en/" if record["lang"] == "en" else "", record["topic"])
        for record in records
    ]


def learned() -> list[Query]:
    """The questions that the search has learned from."""
    return [
        Query(text, home, name)
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
        [any(query.topic in topics.of(url) for url in item) for item in items[:3]]
        for query, items in zip(asked, results, strict=True)
    ]
    return Score(
        len(asked),
        sum(answers[:1] == [True] for answers in right),
        sum(any(answers) for answers in right),
        sum(not items for items in results),
    )
