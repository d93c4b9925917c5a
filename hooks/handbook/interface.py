"""The handbook's own words around its content, from `interface.yml`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.models import Language


@cache
def _words() -> Mapping[str, Mapping[Language, str]]:
    text = resources.files("handbook").joinpath("interface.yml").read_text(encoding="utf-8")
    words: Mapping[str, Mapping[Language, str]] = yaml.safe_load(text)
    return words


def words(key: str, language: Language, **fields: object) -> str:
    """A phrase of the interface.

    Raises:
        KeyError: There is no such phrase, or a field of it is not given.
    """
    return _words()[key][language].format_map(fields)


def phrase(key: str, language: Language) -> str:
    """A phrase with its fields unfilled, for a script that fills them.

    Raises:
        KeyError: There is no such phrase.
    """
    return _words()[key][language]


def both(key: str, **fields: object) -> str:
    """A phrase in both languages, for a terminal whose reader's language is not known."""
    return f"{words(key, 'zh', **fields)} / {words(key, 'en', **fields)}"


def all_words(language: Language) -> dict[str, str]:
    """Every phrase in one language, fields unfilled; for templates."""
    return {key: phrase[language] for key, phrase in _words().items()}
