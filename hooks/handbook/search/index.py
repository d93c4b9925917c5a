"""The files of the search index: `search/zh.js` and `search/en.js`."""

from __future__ import annotations

import json
from importlib import resources
from itertools import chain
from typing import TYPE_CHECKING, Any

import yaml

from handbook.content import LANGUAGES
from handbook.interface import all_words
from handbook.search.entries import TEMPLATE, entries
from handbook.simplified import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from handbook.content import Content
    from handbook.models import Fulfilment, Language

# The term that names a kind of order.
_ORDERS: Mapping[Fulfilment, str] = {
    "fba": "fba",
    "fbm": "seller-fulfilled",
    "sfp": "sfp",
    "mcf": "mcf",
}


def write_index(content: Content, rendered: Mapping[str, str], folder: Path) -> None:
    """Write the index of each language into a folder, which is made if need be.

    Args:
        content: The content.
        rendered: The HTML of each page's body, by the page's path below `docs/`.
        folder: The folder to write `zh.js` and `en.js` into.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        value = json.dumps(
            index(content, rendered, language), ensure_ascii=False, separators=(",", ":")
        )
        script = f"handbookSearch.take({value});\n"
        (folder / f"{language}.js").write_text(script, encoding="utf-8")


def index(content: Content, rendered: Mapping[str, str], language: Language) -> dict[str, Any]:
    """What the browser searches for a reader of a language (overrides/assets/search/engine.js)."""
    terms = content.records.terms
    numbers = {name: number for number, name in enumerate(terms)}
    spellings = [[term.zh, term.en, *term.also] for term in terms.values()]
    topics = {name: number for number, name in enumerate(content.records.topics)}
    found = entries(content, rendered, language)
    return {
        "language": language,
        "words": {
            key.removeprefix("search."): phrase
            for key, phrase in all_words(language).items()
            if key.startswith("search.")
        },
        "terms": spellings,
        "orders": {kind: numbers[name] for kind, name in _ORDERS.items() if name in numbers},
        "template": numbers.get(TEMPLATE),
        "questions": [
            "\n".join(topic.questions.zh if language == "zh" else topic.questions.en)
            for topic in content.records.topics.values()
        ],
        "fold": _folding([*chain(*spellings), *(entry.title + entry.text for entry in found)]),
        **_question_words(),
        "entries": [
            [
                entry.url,
                entry.kind,
                " ".join(entry.fulfilment),
                [topics[topic] for topic in entry.topics],
                entry.title,
                entry.page,
                "\n".join(entry.terms),
                "\n".join(entry.names),
                entry.text,
            ]
            for entry in found
        ],
    }


def _folding(texts: Iterable[str]) -> str:
    """Pairs of a traditional character and the simplified one that the texts hold."""
    return "".join(before + after for before, after in simplified("".join(texts)).items())


def _question_words() -> dict[str, list[str]]:
    text = resources.files("handbook.search").joinpath("words.yml").read_text(encoding="utf-8")
    lines: Mapping[str, list[list[str]]] = yaml.safe_load(text)
    return {name: [word for line in words for word in line] for name, words in lines.items()}
