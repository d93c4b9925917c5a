"""A message's text against the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import re2

from handbook.messaging.limits import limits
from handbook.messaging.links import addresses
from handbook.messaging.numbers import telephone_numbers
from handbook.messaging.phrases import ADDRESS
from handbook.messaging.ruleset import EVERYWHERE
from handbook.messaging.tongue import is_other_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.messaging.folding import Folded
    from handbook.messaging.phrases import Expression
    from handbook.messaging.ruleset import LanguageRules, RuleSet

# What stands for something that was taken out of a text; it is part of no word.
_GONE = "\x00"
# What the expression of one rule may take, in bytes.
_MEMORY = 256 << 20


@dataclass(frozen=True, order=True)
class Hit:
    """A rule that the text breaks, and where: offsets in code points, end exclusive."""

    start: int
    end: int
    rule: str


def examine(  # noqa: PLR0913 - each says something else about the message
    text: str,
    rules: RuleSet,
    *,
    language: str,
    stores: Mapping[str, str],
    store: str | None = None,
    blanks: Iterable[tuple[int, int]] | None = None,
) -> list[Hit]:
    """All that is wrong with a text, in its order, whatever kind of order it is for.

    Args:
        text: The text as it would be sent.
        rules: The rules.
        language: BCP 47 tag of the language that it is written in; one that the rules do not know
            gets the rules that need no language.
        stores: Codes of stores by their domains.
        store: The code of the store that it is for, if it is known.
        blanks: Ranges of the text that are placeholders and meant to be there; without them every
            placeholder that is found is one that was forgotten.
    """
    folded = rules.folding.fold(text)
    hits = [
        Hit(*folded.origin(match.start(), match.end()), "important-misuse")
        for match in re.finditer(rules.expressions.important, folded.text)
    ]
    hits += _signs(text, rules)
    if blanks is None:
        hits += _forgotten(text, rules, [hit for hit in hits if hit.rule == "important-misuse"])
    forgotten = [(hit.start, hit.end) for hit in hits if hit.rule == "unresolved-placeholder"]
    flat = _without(folded, [*(blanks or ()), *forgotten])
    capitals = "".join("A" if text[origin].isupper() else "a" for origin in folded.origins)

    def hit(rule: str, start: int, end: int) -> Hit:
        return Hit(*folded.origin(start, end), rule)

    def take_out(start: int, end: int, sign: str) -> str:
        return flat[:start] + sign * (end - start) + flat[end:]

    for one in list(addresses(flat, capitals, rules, stores, store)):
        if one.rule:
            hits.append(hit(one.rule, one.start, one.end))
        outside = one.rule in ("external-link", "email-address", "phone-number")
        flat = take_out(one.start, one.end, ADDRESS if outside else _GONE)
    for start, end in list(telephone_numbers(flat, rules)):
        hits.append(hit("phone-number", start, end))
        flat = take_out(start, end, ADDRESS)
    if tag := rules.tag(language):
        hits += [hit(*found) for found in _phrases(flat, tag, rules)]
        if is_other_language(flat, tag, rules.common):
            hits.append(Hit(0, len(text), "language-mismatch"))
    return _without_repeats(hits)


def _signs(text: str, rules: RuleSet) -> Iterator[Hit]:
    """What is wrong with the text as it is written, before it is folded."""
    for match in re.finditer(rules.expressions.raw_html, text):
        yield Hit(match.start(), match.end(), "html")
    for match in re.finditer(rules.expressions.raw_breaks, text):
        yield Hit(match.start(), match.end(), "line-breaks")
    for match in re.finditer(rules.expressions.raw_emoji, text):
        yield Hit(match.start(), match.end(), "emoji")
    longest = limits().longest
    if len(text) > longest:
        yield Hit(longest, len(text), "too-long")


def _forgotten(text: str, rules: RuleSet, marks: list[Hit]) -> Iterator[Hit]:
    """Placeholders that were not filled in; what is marked is something else."""
    for match in re.finditer(rules.expressions.raw_blank, text):
        marked = any(mark.start < match.end() and match.start() < mark.end for mark in marks)
        if not marked and not re.search(rules.expressions.raw_no_blank, match[0].lower()):
            yield Hit(match.start(), match.end(), "unresolved-placeholder")


def _without(folded: Folded, ranges: Iterable[tuple[int, int]]) -> str:
    """The folded text with ranges of the original taken out, as long as before."""
    gone = {offset for start, end in ranges for offset in range(start, end)}
    if not gone:
        return folded.text
    return "".join(
        _GONE if origin in gone else character
        for character, origin in zip(folded.text, folded.origins, strict=True)
    )


def _phrases(flat: str, tag: str, rules: RuleSet) -> Iterator[tuple[str, int, int]]:
    """What the phrases of a text's language, and those that hold everywhere, find in it.

    Args:
        flat: The folded text.
        tag: Its language.
        rules: The rules.
    """
    languages = [rules.language(name) for name in dict.fromkeys((tag, EVERYWHERE))]
    flat = re.sub(rules.expressions.sentence_end, lambda match: "\n" * len(match[0]), flat)
    flat = re.sub(rules.expressions.no_word, _taken_out, flat)
    for language in languages:
        flat = _in_clauses(flat, language)
    for language in languages:
        for rule, sure in language.sure.items():
            yield from _found(rule, sure, flat, language)
        for rule in language.bad.keys() | language.together.keys():
            yield from _bad(rule, flat, language, languages[0])


def _in_clauses(flat: str, language: LanguageRules) -> str:
    """The text with commas where clauses end and nowhere else, without what is said aside."""
    if language.join:
        flat = re.sub(language.join, " ", flat, flags=re.ASCII)
    if language.turn:
        flat = re.sub(language.turn, ",", flat, flags=re.ASCII)
    if language.aside:
        flat = _compiled(language, language.aside, clause=True).sub(_taken_out, flat)
    return flat


def _bad(
    rule: str, flat: str, language: LanguageRules, own: LanguageRules
) -> Iterator[tuple[str, int, int]]:
    """Where a text breaks a rule by the phrases of a language, but for what is fine.

    Args:
        rule: The rule.
        flat: The text, its sentences lines and its clauses divided by commas.
        language: The language that is looked for.
        own: The text's own language; what is fine in that is never bad in another.
    """
    bad = language.bad.get(rule)
    groups = language.together.get(rule, ())
    if not groups and not (bad and any(_found(rule, bad, flat, language))):
        return
    rest = flat
    for one in dict.fromkeys((own, language)):
        if fine := one.fine.get(rule):
            rest = _compiled(one, fine, clause=True).sub(_taken_out, rest)
    if bad:
        yield from _found(rule, bad, rest, language)
    for group in groups:
        matches = [_compiled(language, part).search(rest) for part in group]
        if all(matches):
            yield rule, matches[-1].start(), matches[-1].end()


def _found(
    rule: str, expression: Expression, flat: str, language: LanguageRules
) -> Iterator[tuple[str, int, int]]:
    if not expression.needs or any(need in flat for need in expression.needs):
        for match in _compiled(language, expression.source).finditer(flat):
            yield rule, match.start(), match.end()


@cache
def _compiled(language: LanguageRules, source: str, *, clause: bool = False) -> Any:  # noqa: ANN401 - re2 has no types
    options = re2.Options()
    options.max_mem = _MEMORY
    return re2.compile(language.written_out(source, clause=clause), options)


def _taken_out(match: re.Match[str]) -> str:
    return _GONE * len(match[0])


def _without_repeats(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in order; of those of one rule that overlap, only the first."""
    kept: list[Hit] = []
    ends: dict[str, int] = {}
    for hit in sorted(hits):
        if hit.start >= ends.get(hit.rule, -1):
            kept.append(hit)
            ends[hit.rule] = max(hit.end, hit.start + 1)
    return kept
