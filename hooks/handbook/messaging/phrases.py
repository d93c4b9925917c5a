"""The language that the rules are written in, made into regular expressions.

    refund* you          words; * stands for any letters, ? makes the letter before it optional
    (we|i) will          one of several; an empty one makes it optional: (please|)
    <we> .. <refund>     a list of the same file; .. is a gap within the sentence, or, in what is
                         fine, within the clause: a comma or a colon ends it
    never refund ...     all the rest of the sentence or clause
    <stars> & free       both in one sentence, in either order
    we will <end>        the end of the sentence
    <number> stars       a number in digits
    write to <address>   an e-mail address, an outside link or a telephone number
    e-mail               a hyphen is also a space or nothing: email, e mail

Between words stand spaces, commas, quotes or brackets, between words of a script without spaces
also nothing. A Latin word is found as a whole, a word of another script also inside a longer one.
Phrases and texts are folded alike. The expressions use only what RE2 and JavaScript read in the
same way; RE2, because hundreds of phrases are one expression and must not cost more than the text
is long.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# The letters that `*` stands for, beside the Latin ones.
_ARABIC = "\u0620-\u06d3"
ANY_LETTER = rf"[\w'{_ARABIC}-]"
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>\.{2,3}|[()|*])|<(?P<list>[a-z][a-z-]*)>"
    r"|(?P<text>[^\s()|*<>]+?(?=\.\.|[\s()|*<>]|$)|[<>]))"
)
# A character within a clause; sentences are lines.
_IN_CLAUSE = r"[^,:\n]"
_END = r"(?:\n|$)"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
# What stands in an expression for `..`, for `...`, for a space that may be missing and for one that
# must not, for the edge of a word, for an opening bracket and, on either side of its name, for a
# list: characters of two bytes that no text has, because browsers load the expressions.
_GAP, _REST, _SPACE, _SPACES, _EDGE, _OPEN, _LIST = "\x81\x82\x83\x84\x86\x87\x88"
_SIGN = r"[ \t,\"()]"
_LISTED = re.compile(f"{_LIST}([a-z-]+){_LIST}")
# What stands in a text for each character of an address that was found before.
ADDRESS = "\ue000"


@dataclass(frozen=True)
class Expression:
    """A regular expression, and what a text must hold at least one of for it to match at all.

    In `source`, lists, gaps and more are named, see `written_out`.
    `needs` spares the reading of an expression, and its making, where it cannot match; it is empty
    where nothing of the kind is known.
    """

    source: str
    needs: tuple[str, ...]


class PhraseError(ValueError):
    """A phrase that cannot be read; the text says which and why."""

    def __init__(self, phrase: str, problem: str) -> None:
        super().__init__(f"{phrase!r}: {problem}")


class PhraseCompiler:
    """Makes phrases into expressions.

    Args:
        lists: What `<name>` stands for.
        fold: Brings a text to the one spelling.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]], fold: Callable[[str], str]) -> None:
        self.fold = fold
        self._lists = lists
        self._compiled: dict[str, Expression] = {}
        self._inside: list[str] = []

    @property
    def compiled_lists(self) -> dict[str, str]:
        """The expressions of the lists that the phrases so far have named."""
        return {name: one.source for name, one in sorted(self._compiled.items())}

    def any_of(self, phrases: Iterable[str]) -> Expression:
        """One expression that finds any of the phrases.

        Raises:
            PhraseError: A phrase is not of the language above, or could match nothing at all.
        """
        return _any([self._expression(phrase) for phrase in phrases])

    def _expression(self, phrase: str) -> Expression:
        """The expression of a phrase, or of several that stand in any order."""
        parts = [_Phrase(part, self).expression() for part in phrase.split(" & ")]
        if len(parts) == 1:
            return parts[0]
        needs = max((part.needs for part in parts), key=_rarity)
        orders = (f"{_REST}?".join(order) for order in permutations(p.source for p in parts))
        return Expression(f"{_OPEN}{'|'.join(orders)})", needs)

    def list(self, name: str, phrase: str) -> Expression:
        """The expression of a list that a phrase names."""
        if name not in self._lists:
            raise PhraseError(phrase, f"there is no list <{name}>")
        if name in self._inside:
            raise PhraseError(phrase, f"the list <{name}> holds itself")
        if name not in self._compiled:
            self._inside.append(name)
            self._compiled[name] = self.any_of(self._lists[name])
            self._inside.pop()
        return Expression(f"{_LIST}{name}{_LIST}", self._compiled[name].needs)


def written_out(source: str, lists: Mapping[str, str], gap: int, *, clause: bool = False) -> str:
    """An expression as RE2 and JavaScript read it.

    Args:
        source: The expression, in which characters stand for lists, gaps and what is frequent.
        lists: The expressions of the lists.
        gap: The longest gap that `..` stands for, in characters.
        clause: Whether a gap ends with the clause, and not only with the sentence.
    """
    while _LIST in source:
        source = _LISTED.sub(lambda match: lists[match[1]], source)
    within = _IN_CLAUSE if clause else "."
    written = {
        _GAP: f"{within}{{0,{gap}}}?",
        _REST: f"{within}*",
        _SPACE: f"{_SIGN}*",
        _SPACES: f"{_SIGN}+",
        _EDGE: r"\b",
        _OPEN: "(?:",
    }
    return re.sub(f"[{''.join(written)}]", lambda match: written[match[0]], source)


@dataclass(frozen=True)
class _Item:
    """A part of a phrase, with its first and last letter ("" where they may be any)."""

    expression: Expression
    first: str = ""
    last: str = ""
    optional: bool = False


# What is written as a list and is none.
_BUILT_IN = {
    "number": _Item(Expression(_NUMBER, ()), "0", "0"),
    "address": _Item(Expression(f"{ADDRESS}+", (ADDRESS,))),
    "end": _Item(Expression(_END, ())),
}


class _Phrase:
    """A reader of one phrase, from left to right."""

    def __init__(self, phrase: str, compiler: PhraseCompiler) -> None:
        self.phrase = phrase
        self.compiler = compiler
        self.tokens = list(_TOKEN.finditer(phrase))
        self.next = 0

    def expression(self) -> Expression:
        found, may_be_empty = self._choice()
        if self.next < len(self.tokens):
            rest = self.phrase[self.tokens[self.next].start() :]
            raise PhraseError(self.phrase, f"unexpected {rest!r}")
        if may_be_empty:
            raise PhraseError(self.phrase, "it would match everywhere")
        return found

    def _choice(self) -> tuple[Expression, bool]:
        """Alternatives until a closing bracket or the end; whether one of them is empty."""
        choices = [self._sequence()]
        while self._mark() == "|":
            self._take()
            choices.append(self._sequence())
        return _any([found for found, _ in choices]), any(empty for _, empty in choices)

    def _sequence(self) -> tuple[Expression, bool]:
        """Items one after another; what stands between two depends on the letters they meet in."""
        found, empty = "", True
        needs: tuple[str, ...] = ()
        # The last letter before: None at the beginning and after a gap, "" where it may be any.
        before: str | None = None
        while (token := self._peek()) and token["mark"] not in ("|", ")"):
            if token["mark"] in ("..", "..."):
                self._take()
                found += _edge(before) + (_GAP if token["mark"] == ".." else _REST)
                before = None
                continue
            spaced = token[0][:1].isspace()
            item = self._item()
            if before is None:
                found += _edge(item.first)
            elif spaced and not item.optional and _spaced(before) and _spaced(item.first):
                found += _SPACES
            elif spaced:
                # A list or a group brings the edges of its own words along.
                found += _edge(before) + _SPACE + _edge(item.first)
            found += item.expression.source
            if not item.optional:
                empty = False
                needs = max(needs, item.expression.needs, key=_rarity)
            before = item.last
        return Expression(found + _edge(before), needs), empty

    def _item(self) -> _Item:
        """The next item."""
        token = self._take()
        if token["mark"] == "*":
            return _Item(Expression(f"{ANY_LETTER}*", ()), "*", "*", optional=True)
        if token["mark"] == "(":
            found, optional = self._choice()
            if self._mark() != ")":
                raise PhraseError(self.phrase, "a bracket is not closed")
            self._take()
            return _Item(found, optional=optional)
        if token["list"] in _BUILT_IN:
            return _BUILT_IN[token["list"]]
        if token["list"]:
            return _Item(self.compiler.list(token["list"], self.phrase))
        word = self.compiler.fold(token["text"])
        certain = max(re.split(r"-|.?\?", word), key=len)
        expression = Expression(_literal(word), (certain,) if certain else ())
        return _Item(expression, word[:1], word[-1:], optional=not re.sub(r"\w\?", "", word))

    def _peek(self) -> re.Match[str] | None:
        return self.tokens[self.next] if self.next < len(self.tokens) else None

    def _mark(self) -> str | None:
        token = self._peek()
        return token["mark"] if token else None

    def _take(self) -> re.Match[str]:
        token = self._peek()
        if token is None:
            raise PhraseError(self.phrase, "it ends too early")
        self.next += 1
        return token


def _any(choices: Sequence[Expression]) -> Expression:
    """Any of several expressions."""
    if len(choices) == 1:
        return choices[0]
    source = f"{_OPEN}{'|'.join(choice.source for choice in choices)})"
    if not all(choice.needs for choice in choices):
        return Expression(source, ())
    needs = {need for choice in choices for need in choice.needs}
    return Expression(source, tuple(sorted(needs)))


def _rarity(needs: tuple[str, ...]) -> tuple[int, int]:
    """How rarely a text holds one of them: the longer the shortest, the fewer, the better."""
    return (min(map(len, needs), default=0), -len(needs))


def _literal(word: str) -> str:
    """A word as an expression: `?` and `-` are what the language says, all else is meant."""
    escaped = re.sub(r"[\\^$.*+()\[\]{}|/]|(?<!\w)\?", r"\\\g<0>", word)
    return re.sub(r"(?<=.)-(?=.)", "[- ]?", escaped)


def _spaced(character: str) -> bool:
    """Whether a space must stand beside it: it is a letter of a script that writes with spaces."""
    return character == "*" or bool(re.fullmatch(rf"[\w{_ARABIC}]", character, re.ASCII))


def _edge(character: str | None) -> str:
    """That a Latin word does not go on beyond this first or last character of it."""
    return _EDGE if character and re.fullmatch(r"\w", character, re.ASCII) else ""
