"""The language that the rules are written in, made into regular expressions.

    refund* you          words; * stands for any letters, ? makes the letter before it optional
    (we|i) will          one of several; an empty one makes it optional: (please|)
    <we> .. <refund>     a list of the same file; .. is a gap within the sentence
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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# The letters that `*` stands for, beside the Latin ones.
_ARABIC = "\u0620-\u06d3"
_ANY_LETTERS = rf"[\w'{_ARABIC}-]*"
_TOKEN = re.compile(
    r"\s*(?:(?P<mark>\.\.|[()|*])|<(?P<list>[a-z][a-z-]*)>"
    r"|(?P<text>[^\s()|*<>]+?(?=\.\.|[\s()|*<>]|$)))"
)
_SPACE = r"[ \t,\"()]*"
_SPACES = r"[ \t,\"()]+"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
# What stands in a text for each character of an address that was found before.
ADDRESS = "\ue000"


class PhraseError(ValueError):
    """A phrase that cannot be read; the text says which and why."""

    def __init__(self, phrase: str, problem: str) -> None:
        super().__init__(f"{phrase!r}: {problem}")


def compile_phrases(
    phrases: Sequence[str],
    lists: Mapping[str, Sequence[str]],
    fold: Callable[[str], str],
    gap: int,
) -> str:
    """One expression that finds any of the phrases.

    Args:
        phrases: The phrases.
        lists: What `<name>` stands for.
        fold: Brings a text to the one spelling.
        gap: The longest gap that `..` stands for, in characters.

    Raises:
        PhraseError: A phrase is not of the language above, or could match nothing at all.
    """
    found = [_Phrase(phrase, lists, fold, gap).expression() for phrase in phrases]
    return f"(?:{'|'.join(found)})"


class _Phrase:
    """A reader of one phrase, from left to right."""

    def __init__(
        self,
        phrase: str,
        lists: Mapping[str, Sequence[str]],
        fold: Callable[[str], str],
        gap: int,
        inside: tuple[str, ...] = (),
    ) -> None:
        self.phrase = phrase
        self.lists = lists
        self.fold = fold
        self.gap = gap
        self.inside = inside
        self.position = 0

    def expression(self) -> str:
        found, may_be_empty = self._choice()
        if self.phrase[self.position :].strip():
            raise PhraseError(self.phrase, f"unexpected {self.phrase[self.position :]!r}")
        if may_be_empty:
            raise PhraseError(self.phrase, "it would match everywhere")
        return found

    def _choice(self) -> tuple[str, bool]:
        """Alternatives until a closing bracket or the end; whether one of them is empty."""
        choices = [self._sequence()]
        while self._mark() == "|":
            self._next()
            choices.append(self._sequence())
        return f"(?:{'|'.join(found for found, _ in choices)})", any(empty for _, empty in choices)

    def _sequence(self) -> tuple[str, bool]:
        """Items one after another; what stands between two depends on the letters they meet in."""
        found, empty = "", True
        # The last letter before: None at the beginning and after a gap, "" where it may be any.
        before: str | None = None
        while (token := self._peek()) and token["mark"] not in ("|", ")"):
            if token["mark"] == "..":
                self._next()
                found += f"{_edge(before)}.{{0,{self.gap}}}?"
                before = None
                continue
            spaced = token[0][:1].isspace()
            item, first, last, optional = self._item()
            if before is None:
                found += _edge(first)
            elif spaced and not optional and _spaced(before) and _spaced(first):
                found += _SPACES
            elif spaced:
                # A list or a group brings the edges of its own words along.
                found += _edge(before) + _SPACE + _edge(first)
            found += item
            empty = empty and optional
            before = last
        return found + _edge(before), empty

    def _item(self) -> tuple[str, str, str, bool]:
        """The next item: its expression, its first and last letter, whether it can be left out."""
        token = self._next()
        if token["mark"] == "*":
            return _ANY_LETTERS, "*", "*", True
        if token["mark"] == "(":
            item, optional = self._choice()
            if self._mark() != ")":
                raise PhraseError(self.phrase, "a bracket is not closed")
            self._next()
            return item, "", "", optional
        if token["list"] == "number":
            return _NUMBER, "0", "0", False
        if token["list"] == "address":
            return f"{ADDRESS}+", "", "", False
        if token["list"]:
            return self._list(token["list"]), "", "", False
        word = self.fold(token["text"])
        return _literal(word), word[:1], word[-1:], False

    def _list(self, name: str) -> str:
        if name not in self.lists:
            raise PhraseError(self.phrase, f"there is no list <{name}>")
        if name in self.inside:
            raise PhraseError(self.phrase, f"the list <{name}> holds itself")
        inside = (*self.inside, name)
        choices = [
            _Phrase(phrase, self.lists, self.fold, self.gap, inside).expression()
            for phrase in self.lists[name]
        ]
        return f"(?:{'|'.join(choices)})"

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self.phrase, self.position)

    def _mark(self) -> str | None:
        token = self._peek()
        return token["mark"] if token else None

    def _next(self) -> re.Match[str]:
        token = self._peek()
        if token is None:
            raise PhraseError(self.phrase, "it ends too early")
        self.position = token.end()
        return token


def _literal(word: str) -> str:
    """A word as an expression: `?` and `-` are what the language says, all else is meant."""
    escaped = re.sub(r"[\\^$.*+()\[\]{}|/]", r"\\\g<0>", word)
    return re.sub(r"(?<=.)-(?=.)", "[- ]?", escaped)


def _spaced(character: str) -> bool:
    """Whether a space must stand beside it: it is a letter of a script that writes with spaces."""
    return character == "*" or bool(re.fullmatch(rf"[\w{_ARABIC}]", character, re.ASCII))


def _edge(character: str | None) -> str:
    """That a Latin word does not go on beyond this first or last character of it."""
    return r"\b" if character and re.fullmatch(r"\w", character, re.ASCII) else ""
