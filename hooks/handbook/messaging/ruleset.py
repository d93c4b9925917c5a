"""The rules for messages, compiled: one form for Python and, as JSON, for the browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from handbook.messaging import memory
from handbook.messaging.expressions import Expressions, General, WordList, build_expressions
from handbook.messaging.folding import DROPPED, Folding
from handbook.messaging.limits import limits
from handbook.messaging.phrases import Expression, PhraseCompiler, written_out
from handbook.simplified import simplified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# How far a word may stand from the number that it explains, in characters.
NEAR = 32
# The longest part of an enumeration, in characters.
ENUMERATED = 30
# Phrases of this language are looked for in every text: sellers mix it into all others.
EVERYWHERE = "en"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Looked(_Data):
    """What a rule looks for in a language: `fine` is taken out before `bad` is looked for.

    `sure`: phrases that break the rule whatever is fine in them.
    `together`: groups of phrases that break the rule when each occurs somewhere in the message.
    """

    bad: tuple[str, ...] = ()
    sure: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    together: tuple[Annotated[tuple[str, ...], Field(min_length=2)], ...] = ()


class Words(_Data):
    """words/<tag>.yml.

    `gap` is the longest gap that `..` stands for, in characters; `common` are frequent small words
    by which the language is recognised; `abbreviations` end with a stop that ends no sentence;
    before each of `turns` a clause ends, as at a comma; `joins` stand before the last part of an
    enumeration, whose commas end none unless one of `subjects` follows. `aside` is what no rule
    looks at: what others say or want.
    """

    gap: Annotated[int, Field(ge=5, le=120)]
    common: WordList
    abbreviations: WordList = ()
    turns: WordList = ()
    joins: WordList = ()
    subjects: WordList = ()
    aside: tuple[str, ...] = ()
    lists: dict[str, WordList]
    rules: dict[str, Looked]


@dataclass(frozen=True, eq=False)
class LanguageRules:
    """One language: expressions by rule; a rule that looks for nothing has none.

    `join` finds the commas of an enumeration, `turn` the space before a word with which a clause
    begins, `aside` what no rule looks at; each may be None. `lists` are named in the expressions.
    """

    gap: int
    join: str | None
    turn: str | None
    aside: str | None
    lists: Mapping[str, str]
    bad: Mapping[str, Expression]
    sure: Mapping[str, Expression]
    fine: Mapping[str, str]
    together: Mapping[str, Sequence[Sequence[str]]]

    def written_out(self, source: str, *, clause: bool = False) -> str:
        """One of the expressions as RE2 reads it; what is fine or aside keeps to its clause."""
        return written_out(source, self.lists, self.gap, clause=clause)


class RuleSet:
    """Everything that is looked for.

    Args:
        general: What is looked for in every language.
        words: What is looked for in each, by BCP 47 tag.
    """

    def __init__(self, general: General, words: Mapping[str, Words]) -> None:
        self.general = general
        self._words = words
        self.folding = Folding(simplified(_texts(general, words)))
        self._compiled: dict[str, LanguageRules] = {}

    @property
    def tags(self) -> tuple[str, ...]:
        """The languages that have rules of their own."""
        return tuple(self._words)

    def tag(self, language: str) -> str | None:
        """The language of the rules for a BCP 47 tag: itself, or one that shares its base."""
        base = language.partition("-")[0].lower()
        for tag in self._words:
            if tag.lower() == language.lower():
                return tag
        return next((tag for tag in self._words if tag.partition("-")[0] == base), None)

    def abbreviations(self, tag: str) -> tuple[str, ...]:
        """Abbreviations of a language; none for one that has no rules."""
        return self._words[tag].abbreviations if tag in self._words else ()

    def language(self, tag: str) -> LanguageRules:
        """The compiled rules of a language.

        Raises:
            KeyError: There is no such language.
            PhraseError: A phrase of it cannot be read.
        """
        if tag not in self._compiled:
            self._compiled[tag] = self._compile(tag)
        return self._compiled[tag]

    def _compile(self, tag: str) -> LanguageRules:
        words = self._words[tag]
        phrases = PhraseCompiler(words.lists, self._fold)
        bad = {rule: phrases.any_of(one.bad) for rule, one in words.rules.items() if one.bad}
        sure = {rule: phrases.any_of(one.sure) for rule, one in words.rules.items() if one.sure}
        fine = {
            rule: phrases.any_of(one.fine).source for rule, one in words.rules.items() if one.fine
        }
        together = {
            rule: [[phrases.any_of([part]).source for part in group] for group in one.together]
            for rule, one in words.rules.items()
            if one.together
        }
        aside = phrases.any_of(words.aside).source if words.aside else None
        return LanguageRules(
            words.gap,
            *self._clauses(words),
            aside,
            phrases.compiled_lists,
            bad,
            sure,
            fine,
            together,
        )

    def _clauses(self, words: Words) -> tuple[str | None, str | None]:
        """What finds the commas of an enumeration, and where a clause begins without a comma."""

        def written(phrases: Sequence[str]) -> str:
            return written_out(PhraseCompiler({}, self._fold).any_of(phrases).source, {}, words.gap)

        join = turn = None
        if words.turns:
            turn = rf"[ \t](?={written(words.turns)})"
        if words.joins:
            begins = written([*words.turns, *words.subjects])
            part = rf"[^,:\n]{{0,{ENUMERATED}}}"
            last = written(words.joins)
            join = rf",(?!\s?{begins})(?=(?:{part},){{0,3}}{part}?{last})"
        return join, turn

    def _fold(self, text: str) -> str:
        return self.folding.fold(text).text

    @cached_property
    def common(self) -> Mapping[str, frozenset[str]]:
        """The small words of each language that is told by them."""
        return {
            tag: frozenset(map(self._fold, words.common))
            for tag, words in self._words.items()
            if words.common
        }

    @cached_property
    def expressions(self) -> Expressions:
        """What is looked for in every language, as expressions."""
        return build_expressions(self.general, self._fold)

    def as_json(self) -> dict[str, Any]:
        """What the browser needs whatever the language."""
        links = self.general.links
        return {
            "expressions": asdict(self.expressions),
            "shapes": dict(self.general.numbers.shapes),
            "dropped": DROPPED,
            "same": dict(sorted(self.folding.same.items())),
            "common": {tag: sorted(words) for tag, words in self.common.items()},
            "tags": list(self.tags),
            "longest": limits().longest,
            "near": NEAR,
            "subdomains": list(links.subdomains),
            "shorteners": list(links.shorteners),
            "products": list(links.products),
            "reviews": list(links.reviews),
            "words": list(links.words),
            "everywhere": EVERYWHERE,
        }

    def language_json(self, tag: str) -> dict[str, Any]:
        """What the browser needs for one language."""
        return _json(self.language(tag))


class _Remembered(RuleSet):
    """The handbook's rules; their phrases are compiled once for all runs."""

    def _compile(self, tag: str) -> LanguageRules:
        if kept := memory.recall(f"words-{tag}"):
            return LanguageRules(
                kept["gap"],
                kept["join"],
                kept["turn"],
                kept["aside"],
                kept["lists"],
                _expressions(kept["bad"]),
                _expressions(kept["sure"]),
                kept["fine"],
                kept["together"],
            )
        compiled = super()._compile(tag)
        memory.keep(f"words-{tag}", _json(compiled))
        return compiled


def _json(language: LanguageRules) -> dict[str, Any]:
    return {
        "gap": language.gap,
        "join": language.join,
        "turn": language.turn,
        "aside": language.aside,
        "lists": dict(language.lists),
        "bad": _plain(language.bad),
        "sure": _plain(language.sure),
        "fine": dict(language.fine),
        "together": language.together,
    }


def _plain(expressions: Mapping[str, Expression]) -> dict[str, list[Any]]:
    return {rule: [one.source, list(one.needs)] for rule, one in expressions.items()}


def _expressions(plain: Mapping[str, Sequence[Any]]) -> dict[str, Expression]:
    return {rule: Expression(source, tuple(needs)) for rule, (source, needs) in plain.items()}


@cache
def ruleset() -> RuleSet:
    """The handbook's rules, read from the package."""
    folder = resources.files("handbook.messaging")
    general = General.model_validate(_yaml(folder.joinpath("general.yml").read_text("utf-8")))
    words = {
        file.name.removesuffix(".yml"): Words.model_validate(_yaml(file.read_text("utf-8")))
        for file in sorted(folder.joinpath("words").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".yml")
    }
    return _Remembered(general, words)


def _yaml(text: str) -> Any:  # noqa: ANN401 - whatever the file holds; its model checks it
    # Every word is a text: "no", "on" and "null" are words too.
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - it makes nothing but strings, lists and mappings


def _texts(general: General, words: Mapping[str, Words]) -> str:
    """Everything that is looked for, as one text."""
    return general.model_dump_json() + "".join(one.model_dump_json() for one in words.values())
