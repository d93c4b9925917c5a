"""The texts of `tests/messages/`, each for one rule in one language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from handbook.messaging.catalogue import Order, severity_for
from handbook.messaging.examine import examine
from handbook.messaging.ruleset import ruleset

FOLDER = Path(__file__).parent / "messages"
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.yml"))
STORES = Path(__file__).parent.parent / "docs/_data/stores.yml"


@dataclass(frozen=True)
class Vector:
    """A text that breaks a rule, or, if not bad, none at all."""

    language: str
    rule: str
    bad: bool
    text: str
    order: Order
    store: str | None


@cache
def stores() -> dict[str, str]:
    """Codes of stores by their domains."""
    records = yaml.safe_load(STORES.read_text(encoding="utf-8"))
    return {store["domain"]: code for code, store in records.items()}


@cache
def vectors(language: str) -> list[Vector]:
    """All texts of a language; a text is for an FBA order unless it says otherwise."""
    rules = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return [
        _vector(language, rule, bad, entry)
        for rule, groups in rules.items()
        for bad, name in ((True, "bad"), (False, "fine"))
        for entry in groups[name]
    ]


def _vector(language: str, rule: str, bad: bool, entry: str | dict[str, str]) -> Vector:  # noqa: FBT001
    """One entry: a text, or `{text, order, store, repeat}` where it needs more."""
    values = {"text": entry} if isinstance(entry, str) else entry
    text = values["text"] * int(values.get("repeat", 1))
    order: Order = values.get("order", "fba")  # type: ignore[assignment]
    return Vector(language, rule, bad, text, order, values.get("store"))


def broken_rules(vector: Vector) -> dict[str, str]:
    """The rules that a text breaks for its kind of order, each with the words that break it."""
    hits = examine(
        vector.text, ruleset(), language=vector.language, stores=stores(), store=vector.store
    )
    return {
        hit.rule: vector.text[hit.start : hit.end]
        for hit in hits
        if severity_for(hit.rule, vector.order)
    }
