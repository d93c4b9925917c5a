"""What a check has found, and the catalogue of rules that it speaks with.

A rule's code and its sentences in both languages stand in `rules.yml`, once; how serious it is
stands in `severity.yml`. A finding carries the rule's name and the values that fill the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

import yaml

from handbook.messaging.catalogue import message_rules
from handbook.severity import Severity, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handbook.source import Span

UiLanguage = Literal["zh", "en"]


@dataclass(frozen=True)
class Words:
    """A part of a sentence that differs between the languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Rule:
    """One thing that is checked: `message` has a sentence in each language, with `{fields}`."""

    name: str
    code: str
    severity: Severity
    message: Mapping[UiLanguage, str]


@dataclass(frozen=True)
class Edit:
    """A text that takes the place of a range of a file; an empty range is an insertion."""

    path: str
    span: Span
    text: str


@dataclass(frozen=True)
class Finding:
    """A rule that is broken at a place.

    `path` is relative to the root, with `/`; `values` fill the rule's sentences; `suggestion` is
    text that could stand there instead. `fix` is what `--fix` does, where the mending is
    mechanical. `severity_here` is set where it differs from the rule's.
    """

    rule: str
    path: str
    span: Span
    values: Mapping[str, str | Words] = field(default_factory=dict, compare=False)
    suggestion: str | None = None
    fix: Edit | None = field(default=None, compare=False)
    severity_here: Severity | None = None

    @property
    def code(self) -> str:
        """The rule's code."""
        return rules()[self.rule].code

    @property
    def severity(self) -> Severity:
        """How severe it is."""
        return self.severity_here or rules()[self.rule].severity

    def message(self, language: UiLanguage) -> str:
        """The sentence for an editor, in one language."""
        values = {
            name: getattr(value, language) if isinstance(value, Words) else value
            for name, value in self.values.items()
        }
        return rules()[self.rule].message[language].format_map(values).strip()


def did_you_mean(
    wrong: str, known: Iterable[str], *, itself: bool = False
) -> tuple[Words, str | None]:
    """A hint at the nearest known word, and that word; an empty hint where none is near.

    With `itself` the word is known to be what was meant.
    """
    known = sorted(known)
    near = [wrong] if itself else [word for word in known if word.lower() == wrong.lower()]
    near = near or get_close_matches(wrong, known, n=1, cutoff=0.7)
    if not near:
        return Words("", ""), None
    return Words(f"是不是想写 “{near[0]}”？", f"Did you mean “{near[0]}”?"), near[0]


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by name, in the order of the catalogue."""
    sentences = {
        name: (entry["code"], entry["zh"], entry["en"]) for name, entry in _read().items()
    } | {name: (rule.code, rule.zh, rule.en) for name, rule in message_rules().items()}
    return {
        name: Rule(name, code, severity_of(name), {"zh": zh, "en": en})
        for name, (code, zh, en) in sentences.items()
    }


def _read() -> Mapping[str, Any]:
    text = resources.files("handbook").joinpath("rules.yml").read_text(encoding="utf-8")
    value: Mapping[str, Any] = yaml.safe_load(text)
    return value


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The findings without repeats, sorted by path, line, column and rule."""
    return sorted(
        set(findings),
        key=lambda finding: (finding.path, finding.span, finding.rule),
    )
