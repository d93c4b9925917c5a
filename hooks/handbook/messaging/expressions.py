"""What is looked for in every language - addresses, numbers, signs - as regular expressions.

They are read alike by Python, in ASCII mode, and by JavaScript. Those named `raw_` are for the text
as it is written, the others for the folded one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, BeforeValidator, Field

from handbook.messaging.phrases import ANY_LETTER, PhraseCompiler, written_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


# Words and phrases, separated by commas.
WordList = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda text: tuple(part.strip() for part in text.split(",") if part.strip())),
]


class _Links(BaseModel):
    subdomains: WordList
    shorteners: WordList
    products: WordList
    reviews: WordList
    endings: WordList
    words: WordList
    plain: WordList
    dots: WordList
    ats: WordList


class _Numbers(BaseModel):
    phone: WordList
    other: WordList
    money: WordList
    spelled: WordList
    spelled_unspaced: str = Field(alias="spelled-unspaced")
    shapes: dict[str, str]


# A character by its number in hexadecimal digits.
_Code = Annotated[int, BeforeValidator(lambda digits: int(digits, 16))]


class General(BaseModel):
    """general.yml."""

    important: WordList
    mailboxes: WordList
    mailbox_words: WordList = Field(alias="mailbox-words")
    emoji: tuple[tuple[_Code, _Code], ...]
    links: _Links
    numbers: _Numbers


@dataclass(frozen=True)
class Expressions:
    """Every expression by what it finds."""

    # Where a sentence ends.
    sentence_end: str
    # Letters in such a run that no language has the word; phrases would be sought in it for long.
    no_word: str
    # Addresses: e-mail, with a scheme, without one, with the dot written in words.
    email: str
    address: str
    host: str
    hidden_host: str
    # What stands behind an address without belonging to it; then scheme, host and path of one.
    trailing: str
    parts: str
    # Runs of digits that may be a telephone number, and the words and signs beside them.
    number: str
    phone_words: str
    other_words: str
    money_before: str
    money_after: str
    # A toll-free number whose last part is a word.
    vanity: str
    # A number of which at least a part is written in words, and one such word.
    spelled: str
    digit_words: str
    important: str
    raw_emoji: str
    raw_html: str
    raw_breaks: str
    # Placeholders that were left over, and what only looks like one: a sign that hides an address.
    raw_blank: str
    raw_no_blank: str


def build_expressions(general: General, fold: Callable[[str], str]) -> Expressions:
    """The expressions for the data of general.yml, its words brought to the one spelling."""
    return _Builder(general, fold).build()


_HAN = r"\u4e00-\u9fff"
# A part of a host's name, with the letters that look like Latin ones; what an address goes on with.
_LABEL = r"[a-z0-9\u0370-\u04ff](?:[a-z0-9\u0370-\u04ff-]*[a-z0-9\u0370-\u04ff])?"
_REST = r"[^\s<>\"'()\[\]{}\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]"
_PATH = rf"(?:[/?#:]{_REST}*)?"
_MAILBOX = r"(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]*"
# What may stand between two digits of a telephone number.
_BETWEEN = r"(?:[ \t).*_~\u2022|\u00b7/\]-]|\((?=[0-9]{1,5}\s?\))){0,3}"
_EXTENSION = r"(?:\s?(?:ext|ext\.|x|extension|\u8f6c|dw|poste|int|interno)\.?\s?[0-9]{1,6})?"
_BREAK = r"(?:\r\n|\r(?!\n)|\n)"


def _one_of(words: Iterable[str]) -> str:
    """Any of some words, the longer ones first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(re.escape(word) for word in ordered)})"


def _unspaced(words: Iterable[str]) -> list[str]:
    """Those of a script that is written without spaces."""
    return [word for word in words if re.search(r"[\u3040-\u9fff]", word)]


class _Builder:
    def __init__(self, general: General, fold: Callable[[str], str]) -> None:
        self.general = general
        self.fold = fold

    def build(self) -> Expressions:
        links, numbers = self.general.links, self.general.numbers
        money = _one_of(map(self.fold, numbers.money))
        spelled = self._phrases(numbers.spelled)
        unspaced = numbers.spelled_unspaced
        important = _one_of(map(self.fold, self.general.important))
        return Expressions(
            sentence_end=(
                r"[.!?]+(?=[\"')\]]*(?:\s|$))|[;\u3002\uff61]|[!?](?=[\u3040-\u9fff])"
                r"|[\r\n\u2028\u2029]"
            ),
            no_word=rf"{ANY_LETTER}{{60,}}",
            email=self._email(),
            address=(
                rf"(?<![a-z0-9])[a-z][a-z0-9+-]{{1,9}}:\/{{1,3}}{_REST}+"
                rf"|(?<![a-z0-9])(?:tel|sms|callto|skype|whatsapp):{_REST}+"
            ),
            host=(
                rf"(?<![a-z0-9@._\u0370-\u04ff-])(?:{_LABEL}\.)+"
                rf"(?:{_one_of(links.endings)}|xn--[a-z0-9-]+)(?![a-z0-9_-]|\.[a-z0-9]){_PATH}"
                rf"|(?<![a-z0-9.])(?<!version )(?<!firmware )(?<!software )(?<!\u7248\u672c)"
                rf"(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}(?![0-9.]){_PATH}"
                rf"|[{_HAN}]{{1,12}}\.(?:com|cn|net|shop|store|top|xyz)(?![a-z]){_PATH}"
            ),
            hidden_host=self._hidden_host(),
            trailing=r"[.,;:!?\"')\]}*_\u3002\uff61]+$",
            parts=r"^(?:([a-z][a-z0-9+-]*):\/*)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(.*)$",
            number=(
                rf"(?<![a-z0-9_])(?<![a-z0-9][-_/])(?:\(?\+\s?)?[(\[]?[0-9](?:{_BETWEEN}[0-9]){{6,}}"
                rf"{_EXTENSION}(?![a-z0-9_])"
            ),
            phone_words=self._phrases(numbers.phone),
            other_words=self._phrases(numbers.other),
            money_before=rf"{money}\s?$",
            money_after=rf"^\s?{money}(?![a-z])",
            vanity=r"(?<![0-9])1[ -]8(?:00|33|44|55|66|77|88)[ -][a-z]{4,10}(?![a-z])",
            spelled=(
                rf"(?:(?:{spelled}|[0-9]{{1,4}})(?:[ ,.-]+(?:then|and) |[ ,.-]+)){{4,}}"
                rf"(?:{spelled}|[0-9]{{1,4}})"
                rf"|[{unspaced}0-9](?:[ ,.-]?[{unspaced}0-9]){{6,}}"
            ),
            digit_words=rf"{spelled}|[{unspaced}]",
            important=rf"[\[\u3010\u3014]\s*{important}\s*[\]\u3011\u3015]",
            raw_emoji=f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in self.general.emoji)}]+",
            raw_html=(
                r"[<\uff1c]\/?[A-Za-z][^<>\uff1c\uff1e\n]{0,300}[>\uff1e]|<!--"
                r"|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});"
            ),
            raw_breaks=rf"{_BREAK}(?:[ \t]*{_BREAK}){{2,}}",
            raw_blank=(
                r"\{\{?[^{}\n]{1,60}\}\}?|\[[^\[\]\n0-9]{0,60}[^\[\]\n\s0-9][^\[\]\n0-9]{0,60}\]"
                r"|\u3010[^\u3010\u3011\n]{1,40}\u3011|<<[^<>\n]{1,40}>>"
                r"|#[A-Za-z]+(?:[_-][A-Za-z]+)+#|%[A-Za-z]+(?:_[A-Za-z]+)+%"
            ),
            raw_no_blank=rf"^[\[{{]\s*{_one_of((*links.dots, *links.ats, *'a@.'))}\s*[\]}}]$",
        )

    def _email(self) -> str:
        """An e-mail address, with its signs or with words in their places."""
        links = self.general.links
        ats, dots = self._sign_words(links.ats), self._sign_words(links.dots)
        endings, boxes = _one_of(links.endings), _one_of(self.general.mailboxes)
        known = _one_of(set(self.general.mailboxes) - set(self.general.mailbox_words))
        bracketed = rf"\s*[\[({{<]\s*(?:{ats}|a|@)\s*[\])}}>]\s*"
        sign = rf"[ ,]+(?:then |and |plus )?(?:the |an |a )?{ats}[ -](?:sign|symbol)[ ,]+(?:then )?"
        at, dot = rf"(?:{bracketed}|\s+{ats}\s+|{sign})", self._dot()
        return (
            rf"{_MAILBOX}@{_LABEL}(?:\.{_LABEL})*|{_MAILBOX}\s?@\s?{_LABEL}(?:\.{_LABEL})+"
            rf"|{_MAILBOX}\s?@\s?{_LABEL}\s?[.\u3002]\s?{_one_of(links.plain)}(?![a-z])"
            rf"|{_MAILBOX}\s?@\s?{known}(?![a-z0-9])"
            rf"|{_MAILBOX}{bracketed}{_LABEL}(?:(?:{dot}|\.){_LABEL})*"
            rf"|{_MAILBOX}{at}{_LABEL}{dot}{endings}(?![a-z])"
            rf"|{_MAILBOX}\"?(?:\s+{ats}\s+|{sign}|\s?[#&*]\s?){boxes}(?:{dot}|\.)\s?{endings}(?![a-z])"
            rf"|{_MAILBOX}#{_LABEL}\.{_one_of(links.plain)}(?![a-z])"
            rf"|{_MAILBOX}\s+{known}(?:{dot}|\.|\s)\s?com(?![a-z])"
            rf"|{_MAILBOX}\"?\s+(?:{ats}|on)\s+{known}(?:\.[a-z]+)?(?![a-z0-9])"
            rf"|(?:mail|address|adresse|\u90ae\u7bb1)(?:\s?:|\s+(?:is|to|us))?\s+"
            rf"{_MAILBOX}\s+{ats}\s+{_LABEL}\.{endings}(?![a-z])"
            rf"|{_MAILBOX}\s?(?:{_one_of(_unspaced(links.ats))})\s?{_LABEL}"
            rf"\s?(?:{dots}|\.)\s?{endings}(?![a-z])"
            rf"|{_MAILBOX}[_-]{ats}[_-]{_LABEL}[_-]{dots}[_-]{endings}(?![a-z])"
            r"|mailto:\S+"
        )

    def _hidden_host(self) -> str:
        """A host whose dot is in brackets, in words, between spaces or another sign."""
        links = self.general.links
        dots, endings = self._sign_words(links.dots), _one_of(links.endings)
        plain = _one_of(links.plain)
        begin = rf"(?<![a-z0-9.-]){_LABEL}"
        return (
            rf"{begin}\s*[\[({{]\s*(?:{dots}|\.)\s*[\])}}]\s*{endings}(?![a-z])"
            rf"|{begin}\s+{dots}\s+{plain}(?![a-z])"
            rf"|{begin}\s+\.\s?{endings}\s?(?:/|slash)\s?{_REST}+"
            rf"|{begin}\s+\.\s?(?:com|net|org|shop|store|cn|de|fr|uk)(?![a-z])"
            rf"|{begin}(?:,|\s?\u3002)(?:com|net|org|shop|cn)(?![a-z])"
            rf"|(?<![a-z0-9.-])[a-z0-9]+(?:[-_]dot[-_][a-z0-9]+)+"
            rf"|(?<![a-z0-9.-])www[ .]+{_LABEL}[ .]+{endings}(?![a-z])"
            rf"|(?:{_LABEL}|[{_HAN}]{{1,12}})\s?(?:{_one_of(_unspaced(links.dots))})"
            rf"\s?{plain}(?![a-z])"
        )

    def _dot(self) -> str:
        dots = self._sign_words(self.general.links.dots)
        return rf"(?:\s*[\[({{]\s*(?:{dots}|\.)\s*[\])}}]\s*|\s+{dots}\s+)"

    def _sign_words(self, words: Iterable[str]) -> str:
        return _one_of(map(self.fold, words))

    def _phrases(self, words: Iterable[str]) -> str:
        return written_out(PhraseCompiler({}, self.fold).any_of(words).source, {}, 0)
