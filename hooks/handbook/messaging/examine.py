"""A message's text against the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import re2

from handbook.messaging.links import addresses
from handbook.messaging.numbers import telephone_numbers
from handbook.messaging.phrases import ADDRESS
from handbook.messaging.ruleset import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from handbook.messaging.folding import Folded
    from handbook.messaging.ruleset import LanguageRules, RuleSet

# Amazon's API takes 2,000 characters of text: /definitions/CreateUnexpectedProblemRequest/properties/
# text/maxLength of its model; see docs/_data/sources.yml, spapi-messaging.
LONGEST = 2000

# What stands for something that was taken out of a text; it is part of no word and of no expression.
_GONE = "\x00"
# What the expression of one rule may take, in bytes.
_MEMORY = 256 << 20
# A text is held against another language when it has at least so many small words of that one ...
_WORDS_NEEDED = 3
# ... and so many times as many as of its own.
_TIMES = 2


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
    hits = list(_signs(text, rules, find_blanks=blanks is None))
    forgotten = [(hit.start, hit.end) for hit in hits if hit.rule == "unresolved-placeholder"]
    flat = _without(folded, [*(blanks or ()), *forgotten])
    capitals = "".join("A" if text[origin].isupper() else "a" for origin in folded.origins)

    def hit(rule: str, start: int, end: int) -> Hit:
        return Hit(*folded.origin(start, end), rule)

    def take_out(start: int, end: int, sign: str) -> str:
        return flat[:start] + sign * (end - start) + flat[end:]

    for one in addresses(flat, capitals, rules, stores, store):
        if one.rule:
            hits.append(hit(one.rule, one.start, one.end))
        outside = one.rule in ("external-link", "email-address", "phone-number")
        flat = take_out(one.start, one.end, ADDRESS if outside else _GONE)
    for start, end in telephone_numbers(flat, rules.expressions):
        hits.append(hit("phone-number", start, end))
        flat = take_out(start, end, ADDRESS)
    hits += [
        hit("important-misuse", match.start(), match.end())
        for match in re.finditer(rules.expressions.important, folded.text)
    ]
    if tag := rules.tag(language):
        flat = re.sub(rules.expressions.sentence_end, lambda match: "\n" * len(match[0]), flat)
        for name in dict.fromkeys((tag, EVERYWHERE)):
            hits += [
                hit(rule, start, end) for rule, start, end in _phrases(flat, rules.language(name))
            ]
        if _is_other_language(flat, tag, rules):
            hits.append(Hit(0, len(text), "language-mismatch"))
    return _without_repeats(hits)


def _signs(text: str, rules: RuleSet, *, find_blanks: bool) -> Iterator[Hit]:
    """What is wrong with the text as it is written, before it is folded."""
    expressions = rules.expressions
    important = [
        rules.folding.fold(text).origin(match.start(), match.end())
        for match in re.finditer(expressions.important, rules.folding.fold(text).text)
    ]
    for match in re.finditer(expressions.raw_html, text):
        yield Hit(match.start(), match.end(), "html")
    for match in re.finditer(expressions.raw_breaks, text):
        yield Hit(match.start(), match.end(), "line-breaks")
    if find_blanks:
        for match in re.finditer(expressions.raw_blank, text):
            marked = any(start < match.end() and match.start() < end for start, end in important)
            if not marked and not re.fullmatch(r"\[\s*(?:at|dot|a|punkt)\s*\]", match[0].lower()):
                yield Hit(match.start(), match.end(), "unresolved-placeholder")
    for run in _runs(ord(character) for character in text):
        if any(first <= run[2] <= last for first, last in rules.general.emoji):
            yield Hit(run[0], run[1], "emoji")
    if len(text) > LONGEST:
        yield Hit(LONGEST, len(text), "too-long")


def _runs(codes: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Each character as a range with its code."""
    for offset, code in enumerate(codes):
        yield offset, offset + 1, code


def _without(folded: Folded, ranges: Iterable[tuple[int, int]]) -> str:
    """The folded text with ranges of the original taken out, as long as before."""
    gone = {offset for start, end in ranges for offset in range(start, end)}
    if not gone:
        return folded.text
    return "".join(
        _GONE if origin in gone else character
        for character, origin in zip(folded.text, folded.origins, strict=True)
    )


def _phrases(flat: str, language: LanguageRules) -> Iterator[tuple[str, int, int]]:
    """What the phrases of a language find in a folded text whose sentences are lines."""
    for rule, bad in language.bad.items():
        groups = language.together.get(rule, ())
        if not groups and not (bad and _compiled(bad).search(flat)):
            continue
        fine = language.fine[rule]
        rest = _compiled(fine).sub(lambda match: _GONE * len(match[0]), flat) if fine else flat
        if bad:
            for match in _compiled(bad).finditer(rest):
                yield rule, match.start(), match.end()
        for group in groups:
            matches = [_compiled(part).search(rest) for part in group]
            if all(matches):
                yield rule, matches[-1].start(), matches[-1].end()


@cache
def _compiled(expression: str) -> Any:  # noqa: ANN401 - re2 has no types
    options = re2.Options()
    options.max_mem = _MEMORY
    return re2.compile(expression, options)


def _is_other_language(flat: str, tag: str, rules: RuleSet) -> bool:
    """Whether the text is plainly in another language of the library."""
    han = len(re.findall(r"[\u3400-\u4dbf\u4e00-\u9fff]", flat))
    kana = len(re.findall(r"[\u3041-\u30fa]", flat))
    arabic = len(re.findall(r"[\u0620-\u064a\u0671-\u06d3]", flat))
    words = re.findall(r"[a-z\u00df-\u024f']+", flat)
    latin = sum(map(len, words))
    east = han + kana
    if tag == "ja":
        return (east == 0 and latin + arabic > 12) or (han > 12 and kana * 8 < han)
    if tag == "zh":
        return (latin > 12 and han * 12 < latin) or kana * 4 > east > 8 or arabic > latin + east
    if tag == "ar":
        return (latin > 12 and arabic * 3 < latin) or east > 8
    if east * 3 > latin and east > 8 or arabic * 2 > latin and arabic > 8:
        return True
    counts = {
        name: sum(word in common for word in words)
        for name in rules.tags
        if (common := frozenset(rules.language(name).common))
    }
    own = counts.pop(tag, 0)
    other = max(counts.values(), default=0)
    return other >= _WORDS_NEEDED and other >= _TIMES * own + 1


def _without_repeats(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in order; of those of one rule that overlap, only the first."""
    kept: list[Hit] = []
    ends: dict[str, int] = {}
    for hit in sorted(hits):
        if hit.start >= ends.get(hit.rule, -1):
            kept.append(hit)
            ends[hit.rule] = max(hit.end, hit.start + 1)
    return kept
