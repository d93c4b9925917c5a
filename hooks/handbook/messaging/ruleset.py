"""The rules for messages, compiled: one form for Python and, as JSON, for the browser."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Any

import opencc
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from handbook.messaging.folding import DROPPED, Folding
from handbook.messaging.phrases import compile_phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Amazon's API takes 2,000 characters of text: /definitions/CreateUnexpectedProblemRequest/
# properties/text/maxLength of its model; see docs/_data/sources.yml, spapi-messaging.
LONGEST = 2000
# How far a word may stand from the number that it explains, in characters.
NEAR = 32
# Phrases of this language are looked for in every text: sellers mix it into all others.
EVERYWHERE = "en"

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Looked(_Data):
    """What a rule looks for in a language: `fine` is taken out before `bad` is looked for.

    `together`: groups of phrases that break the rule when each occurs somewhere in the message.
    """

    bad: tuple[str, ...] = ()
    fine: tuple[str, ...] = ()
    together: tuple[Annotated[tuple[str, ...], Field(min_length=2)], ...] = ()


# Words and phrases, separated by commas.
_List = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda text: tuple(part.strip() for part in text.split(",") if part.strip())),
]


class Words(_Data):
    """words/<tag>.yml.

    `gap` is the longest gap that `..` stands for, in characters; `common` are frequent small words
    by which the language is recognised; `abbreviations` end with a stop that ends no sentence.
    """

    gap: Annotated[int, Field(ge=5, le=120)]
    common: _List
    abbreviations: _List = ()
    lists: dict[str, _List]
    rules: dict[str, Looked]


class _Links(_Data):
    subdomains: tuple[str, ...]
    shorteners: tuple[str, ...]
    products: tuple[str, ...]
    reviews: tuple[str, ...]
    endings: tuple[str, ...]
    words: tuple[str, ...]
    plain: tuple[str, ...]
    dots: tuple[str, ...]
    ats: tuple[str, ...]


class _Numbers(_Data):
    phone: tuple[str, ...]
    other: tuple[str, ...]
    money: tuple[str, ...]
    spelled: tuple[str, ...]
    spelled_unspaced: str = Field(alias="spelled-unspaced")
    shapes: dict[str, str]


# A character by its number in hexadecimal digits.
_Code = Annotated[int, BeforeValidator(lambda digits: int(digits, 16))]


class General(_Data):
    """general.yml."""

    important: tuple[str, ...]
    mailboxes: tuple[str, ...]
    emoji: tuple[tuple[_Code, _Code], ...]
    links: _Links
    numbers: _Numbers


@dataclass(frozen=True)
class LanguageRules:
    """One language: expressions by rule; an empty one finds nothing."""

    bad: Mapping[str, str]
    fine: Mapping[str, str]
    together: Mapping[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Expressions:
    """Regular expressions for folded text, and for the text as it is written (`raw_`)."""

    sentence_end: str
    email: str
    address: str
    host: str
    hidden_host: str
    number: str
    phone_words: str
    other_words: str
    money_before: str
    money_after: str
    spelled: str
    important: str
    trailing: str
    parts: str
    raw_html: str
    raw_blank: str
    raw_breaks: str
    raw_no_blank: str


class RuleSet:
    """Everything that is looked for.

    Args:
        general: What is looked for in every language.
        words: What is looked for in each, by BCP 47 tag.
    """

    def __init__(self, general: General, words: Mapping[str, Words]) -> None:
        self.general = general
        self._words = words
        self.folding = Folding(_simplified(_texts(general, words)))
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
            self._compiled[tag] = self._compile(self._words[tag])
        return self._compiled[tag]

    def _compile(self, words: Words) -> LanguageRules:
        def expression(phrases: Sequence[str]) -> str:
            return compile_phrases(phrases, words.lists, self._fold, words.gap) if phrases else ""

        return LanguageRules(
            {rule: expression(looked.bad) for rule, looked in words.rules.items()},
            {rule: expression(looked.fine) for rule, looked in words.rules.items()},
            {
                rule: [[expression([part]) for part in group] for group in looked.together]
                for rule, looked in words.rules.items()
                if looked.together
            },
        )

    def _fold(self, text: str) -> str:
        return self.folding.fold(text).text

    def _any(self, words: Iterable[str]) -> str:
        return compile_phrases(list(words), {}, self._fold, 0)

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
        links, numbers = self.general.links, self.general.numbers
        label = r"[a-z0-9\u0370-\u04ff](?:[a-z0-9\u0370-\u04ff-]*[a-z0-9\u0370-\u04ff])?"
        endings = "|".join(sorted(links.endings, key=len, reverse=True))
        plain = "|".join(links.plain)
        rest = r"[^\s<>\"'()\[\]{}\u3000-\u303f\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]"
        dots, ats = (
            "|".join(re.escape(self._fold(word)) for word in group)
            for group in (links.dots, links.ats)
        )
        hidden_dot = rf"(?:\s*[\[({{]\s*(?:{dots}|\.)\s*[\])}}]\s*|\s+(?:{dots})\s+)"
        hidden_at = rf"(?:\s*[\[({{<]\s*(?:{ats}|a|@)\s*[\])}}>]\s*|\s+(?:{ats})\s+)"
        boxes = "|".join(self.general.mailboxes)
        name = r"[a-z0-9][a-z0-9._%+-]*"
        signs = [self._fold(sign) for sign in numbers.money]
        codes = "|".join(re.escape(sign) for sign in signs)
        spelled = self._any(numbers.spelled)
        gap = r"[ \t().*_~\u2022|\u00b7-]{0,3}"
        return Expressions(
            sentence_end=r"[.!?]+(?=[\"')\]]*(?:\s|$))|[;\u3002\uff61]|[!?](?=[\u3040-\u9fff])|[\r\n\u2028\u2029]",
            email=(
                rf"{name}\s?@\s?{label}(?:\.{label})*"
                rf"|{name}\s*[\[({{<]\s*(?:{ats}|a|@)\s*[\])}}>]\s*{label}(?:(?:{hidden_dot}|\.){label})*"
                rf"|{name}{hidden_at}{label}{hidden_dot}(?:{endings})(?![a-z])"
                rf"|{name}\s+(?:{ats})\s+(?:{boxes})(?:{hidden_dot}|\.)(?:{endings})(?![a-z])"
                rf"|{name}\s+(?:{ats})\s+(?:gmail|qq|outlook|hotmail|yahoo|163|126|icloud)(?![a-z0-9])"
                r"|mailto:\S+"
            ),
            address=rf"(?<![a-z0-9])[a-z][a-z0-9+-]{{1,9}}:\/{{1,3}}{rest}+|(?<![a-z0-9])(?:tel|sms|callto|skype|whatsapp):{rest}+",
            host=(
                rf"(?<![a-z0-9@._\u0370-\u04ff-])(?:{label}\.)+(?:{endings}|xn--[a-z0-9-]+)(?![a-z0-9_-]|\.[a-z0-9])(?:[/?#:]{rest}*)?"
                rf"|(?<![0-9.])(?:[0-9]{{1,3}}\.){{3}}[0-9]{{1,3}}(?![0-9.])(?:[/?#:]{rest}*)?"
                rf"|[\u4e00-\u9fff]{{1,12}}\.(?:com|cn|net|shop|store|top|xyz)(?![a-z])(?:[/?#:]{rest}*)?"
            ),
            hidden_host=(
                rf"(?<![a-z0-9.-]){label}\s*[\[({{]\s*(?:{dots}|\.)\s*[\])}}]\s*(?:{endings})(?![a-z])"
                rf"|(?<![a-z0-9.-]){label}\s+(?:{dots})\s+(?:{plain})(?![a-z])"
                rf"|(?<![a-z0-9.-]){label}\s+\.\s?(?:com|net|org|shop|store|cn|de|fr|uk)(?![a-z])"
            ),
            number=(
                rf"(?<![a-z0-9_])(?<![a-z0-9][-_/])(?:\(?\+\s?)?\(?[0-9](?:{gap}[0-9]){{6,}}"
                r"(?:\s?(?:ext|ext\.|x|extension|\u8f6c|dw|poste|int|interno)\.?\s?[0-9]{1,6})?(?![a-z0-9_])"
            ),
            phone_words=self._any(numbers.phone),
            other_words=self._any(numbers.other),
            money_before=rf"(?:{codes})\s?$",
            money_after=rf"^\s?(?:{codes})(?![a-z])",
            spelled=(
                rf"(?:{spelled}[ ,.-]+){{6,}}{spelled}"
                rf"|[{numbers.spelled_unspaced}](?:[ ,.-]?[{numbers.spelled_unspaced}]){{6,}}"
            ),
            important=rf"[\[\u3010\u3014]\s*(?:{'|'.join(self._fold(word) for word in self.general.important)})\s*[\]\u3011\u3015]",
            trailing=r"[.,;:!?\"')\]}*_\u3002\uff61]+$",
            # scheme, host and path of an address
            parts=r"^(?:([a-z][a-z0-9+-]*):\/*)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(.*)$",
            raw_html=r"<\/?[A-Za-z][^<>\n]{0,300}>|<!--|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});",
            raw_blank=(
                r"\{\{?[^{}\n]{1,60}\}\}?|\[[^\[\]\n]{0,60}[^\[\]\n\s0-9][^\[\]\n]{0,60}\]"
                r"|\u3010[^\u3010\u3011\n]{1,40}\u3011"
                r"|#[A-Za-z]+(?:[_-][A-Za-z]+)+#|%[A-Za-z]+(?:_[A-Za-z]+)+%|<<[^<>\n]{1,40}>>"
            ),
            # a sign that hides an address, no placeholder
            raw_no_blank=r"^\[\s*(?:[Aa][Tt]|[Dd][Oo][Tt]|[Aa]|[Pp]unkt)\s*\]$",
            raw_breaks=r"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n)){2,}",
        )

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
            "longest": LONGEST,
            "near": NEAR,
            "emoji": [list(pair) for pair in self.general.emoji],
            "subdomains": list(links.subdomains),
            "shorteners": list(links.shorteners),
            "products": list(links.products),
            "reviews": list(links.reviews),
            "words": list(links.words),
            "everywhere": EVERYWHERE,
        }

    def language_json(self, tag: str) -> dict[str, Any]:
        """What the browser needs for one language."""
        return asdict(self.language(tag))


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
    return RuleSet(general, words)


def _yaml(text: str) -> Any:  # noqa: ANN401 - whatever the file holds; its model checks it
    # Every word is a text: "no", "on" and "null" are words too.
    return yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - it makes nothing but strings, lists and mappings


def _texts(general: General, words: Mapping[str, Words]) -> str:
    """Everything that is looked for, as one text."""
    return general.model_dump_json() + "".join(one.model_dump_json() for one in words.values())


def _simplified(texts: str) -> dict[str, str]:
    """The traditional characters of which the texts have the simplified form."""
    wanted = set(_HAN.findall(texts))
    every = [chr(code) for code in range(0x4E00, 0xA000)]
    # A line of its own for each, so that none is converted as part of a word.
    converted = opencc.OpenCC("t2s").convert("\n".join(every)).split("\n")
    return {
        before: after
        for before, after in zip(every, converted, strict=True)
        if before != after and after in wanted
    }
