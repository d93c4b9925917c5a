"""How the text is written: typography, the glossary's words, spelling, headings, hidden signs."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import autocorrect_py

from handbook.checks.places import Place, spoken_places
from handbook.document import MARKUP
from handbook.findings import Edit, Finding, Words
from handbook.languages import WRITTEN
from handbook.spelling import slips_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.content import Content, Page
    from handbook.models import Language, Term
    from handbook.source import SourceFile

_HAN = "\u3400-\u9fff"
# Signs that nobody sees. Text from right to left needs some of them in messages.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u202a-\u202e\u2028\u2029\u2060-\u2064\ufeff\ufffd]"
)
_NAMES = {"\ufffd": "REPLACEMENT CHARACTER"}
# Half-width punctuation in a Chinese sentence, and what stands there instead.
_HALF = re.compile(
    rf"(?<=[{_HAN}”）》])[,;:!?](?![\w/])|(?<=[{_HAN}])[,;:!?](?=[{_HAN}])"
    rf"|(?<=[{_HAN}])\.(?=\s|$)|(?<=[{_HAN}])\((?=[^)\n]*[{_HAN}])|(?<=[{_HAN}])\)"
)
_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。", "(": "（", ")": "）"}
_STRAIGHT = re.compile(rf"\"(?=[{_HAN}])|(?<=[{_HAN}])\"")
_WIDE = re.compile(rf"(?<![{_HAN}])[，。；：！？（）、《》【】“”‘’０-９Ａ-Ｚａ-ｚ]+(?![{_HAN}])")
_TWICE = re.compile(r"\b(?P<word>[A-Za-z]+)(?: +|\n)(?P=word)\b", re.IGNORECASE)
_MAY_REPEAT = {"that", "had", "is"}
_QUOTED = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”|\([^)\n]*\)|（[^）\n]*）|\*[^*\n]+\*")
_CHINESE = re.compile(rf"[{_HAN}][{_HAN}，。；：！？、]*")
_WORD = re.compile(r"(?<![\w-])[A-Za-z]+(?:['’-][A-Za-z]+)*(?![\w-])")
_DEEPEST = 3
# An English sentence of this many words, so many of them in small letters, is no name or label.
_WORDS, _SMALL = 5, 4


def check_writing(content: Content) -> Iterator[Finding]:
    """The writing of pages, front matter, records and the Chinese and English of messages."""
    for source in content.files.values():
        if content.judges(source.path):
            yield from _hidden(source)
    texts = [*_texts(content)]
    avoided = _avoided(content)
    for place in texts:
        if place.language == "zh":
            yield from _chinese(place)
        else:
            yield from _english(place)
        yield from _terms(place, avoided)
    yield from _spelling([place for place in texts if place.language == "en"])
    for page in content.judged_pages:
        yield from _headings(page)
        yield from _language(page)


def _texts(content: Content) -> Iterator[Place]:
    """What readers read, whose language is known."""
    for page in content.judged_pages:
        yield Place(page.source, page.document.prose, 0, (), page.language)
    for place in spoken_places(content):
        if (
            place.language
            and not place.address
            and place.key
            and place.key[-1] in ("zh", "en", *_SPOKEN)
        ):
            yield place
    for message in content.judged_messages:
        for text in message.texts.values():
            if text.language in ("zh", "en"):
                language: Language = "zh" if text.language == "zh" else "en"
                yield Place(message.source, text.text, text.start, ("text",), language)


_SPOKEN = ("title", "description")


def _hidden(source: SourceFile) -> Iterator[Finding]:
    for match in _HIDDEN.finditer(source.text):
        span = source.span(match.start(), match.end())
        name = _NAMES.get(match[0]) or unicodedata.name(match[0], "CONTROL CHARACTER")
        values = {"sign": f"U+{ord(match[0]):04X} {name}"}
        fix = Edit(source.path, span, "")
        yield Finding("hidden-character", source.path, span, values, None, fix)


def _chinese(place: Place) -> Iterator[Finding]:
    taken: set[int] = set()
    for match in _HALF.finditer(place.text):
        taken.add(match.start())
        yield _typography(place, match.start(), match.end(), _FULL[match[0]])
    for number, match in enumerate(_STRAIGHT.finditer(place.text)):
        taken.add(match.start())
        following = place.text[match.end() : match.end() + 1]
        opening = bool(re.match(rf"[{_HAN}]", following)) and number % 2 == 0
        yield _typography(place, match.start(), match.end(), "“" if opening else "”")
    yield from _spacing(place, taken)


def _typography(place: Place, start: int, end: int, better: str) -> Finding:
    span = place.span(start, end)
    written = place.text[start:end]
    values = {"written": written, "better": better}
    fix = Edit(place.source.path, span, better)
    return Finding("chinese-typography", place.source.path, span, values, better, fix)


def _spacing(place: Place, taken: set[int]) -> Iterator[Finding]:
    """What autocorrect would change, each change by itself."""
    corrected = autocorrect_py.format(place.text)
    if corrected == place.text:
        return
    before, after = place.text.split("\n"), corrected.split("\n")
    if len(before) != len(after):
        return
    offset = 0
    for line, better in zip(before, after, strict=True):
        # A line without Chinese follows other habits.
        if line != better and re.search(f"[{_HAN}]", line):
            matcher = SequenceMatcher(None, line, better, autojunk=False)
            for tag, start, end, begin, stop in matcher.get_opcodes():
                if tag == "equal" or any(offset + at in taken for at in range(start, end + 1)):
                    continue
                if MARKUP in line[max(0, start - 1) : end + 1]:
                    continue
                if not line[start:end].strip():
                    # A gap, or the lack of one, is shown by the signs around it.
                    first, last = max(start - 1, 0), min(end + 1, len(line))
                    text = line[first:start] + better[begin:stop] + line[end:last]
                    yield _typography(place, offset + first, offset + last, text)
                else:
                    yield _typography(place, offset + start, offset + end, better[begin:stop])
        offset += len(line) + 1


def _english(place: Place) -> Iterator[Finding]:
    path = place.source.path
    for match in _WIDE.finditer(place.text):
        span = place.span(match.start(), match.end())
        better = _narrow(match[0])
        values = {"written": match[0], "better": better}
        fix = Edit(path, span, better)
        yield Finding("english-typography", path, span, values, better, fix)
    for match in _TWICE.finditer(place.text):
        if match["word"].lower() not in _MAY_REPEAT:
            span = place.span(match.start(), match.end())
            yield Finding("repeated-word", path, span, {"word": match["word"]}, match["word"])
    if place.key:
        yield from _foreign(place, 0)


_NARROW = {"“": '"', "”": '"', "‘": "'", "’": "'", "。": ".", "、": ",", "《": '"', "》": '"'}
_NARROW |= {"【": "[", "】": "]"}


def _narrow(text: str) -> str:
    return "".join(_NARROW.get(sign) or unicodedata.normalize("NFKC", sign) for sign in text)


def _foreign(place: Place, start: int) -> Iterator[Finding]:
    """Chinese in an English text, other than quoted or in brackets."""
    shown = _QUOTED.sub(lambda match: MARKUP * len(match[0]), place.text)
    if match := _CHINESE.search(shown):
        span = place.span(start + match.start(), start + match.end())
        values: dict[str, str | Words] = {
            "written": match[0],
            "language": WRITTEN["en"],
        }
        yield Finding("wrong-language", place.source.path, span, values)


def _avoided(content: Content) -> list[tuple[re.Pattern[str], Term, Language]]:
    """The words that the glossary forbids."""
    avoided: list[tuple[re.Pattern[str], Term, Language]] = []
    for term in content.records.terms.values():
        for word in term.avoid:
            chinese = bool(re.search(f"[{_HAN}]", word))
            pattern = re.escape(word) if chinese else rf"\b{re.escape(word)}\b"
            avoided.append((re.compile(pattern, re.IGNORECASE), term, "zh" if chinese else "en"))
    return avoided


def _terms(
    place: Place, avoided: list[tuple[re.Pattern[str], Term, Language]]
) -> Iterator[Finding]:
    for pattern, term, language in avoided:
        for match in pattern.finditer(place.text):
            span = place.span(match.start(), match.end())
            right = term.zh if language == "zh" else term.en
            values: dict[str, str | Words] = {"written": match[0], "better": right}
            yield Finding("avoided-term", place.source.path, span, values, right)


def _spelling(places: list[Place]) -> Iterator[Finding]:
    for slip in slips_in([place.text for place in places]):
        place = places[slip.text]
        around = place.text[max(0, slip.start - 1) : slip.start + len(slip.word) + 1]
        if _HIDDEN.search(around):
            # The word is cut by a sign that has its own finding.
            continue
        span = place.span(slip.start, slip.start + len(slip.word))
        better = slip.corrections[0] if slip.corrections else None
        values = {"word": slip.word, "better": ", ".join(slip.corrections)}
        yield Finding("misspelling", place.source.path, span, values, better)


def _headings(page: Page) -> Iterator[Finding]:
    level = 1
    for heading in page.document.headings:
        if heading.level > _DEEPEST:
            yield Finding("heading-too-deep", page.source.path, heading.span)
        elif heading.level > level + 1:
            values = {"better": "#" * (level + 1), "written": "#" * heading.level}
            yield Finding("heading-skips-level", page.source.path, heading.span, values)
        level = max(heading.level, 1)


def _language(page: Page) -> Iterator[Finding]:
    """Paragraphs, rows and headings that are not in the page's language."""
    prose = page.document.prose
    chinese = {
        block.group
        for block in page.document.blocks
        if re.search(f"[{_HAN}]", prose[block.start : block.end])
    }
    for block in page.document.blocks:
        text = prose[block.start : block.end]
        place = Place(page.source, text, block.start, (), page.language)
        if page.language == "en":
            yield from _label_or_foreign(place)
        elif block.group not in chinese:
            words = _WORD.findall(text)
            if len(words) >= _WORDS and sum(word[0].islower() for word in words) >= _SMALL:
                start = len(text) - len(text.lstrip(MARKUP + " \n"))
                span = place.span(start, len(text.rstrip(MARKUP + " \n")))
                values: dict[str, str | Words] = {
                    "written": text.strip(MARKUP + " \n")[:40],
                    "language": WRITTEN["zh"],
                }
                yield Finding("wrong-language", page.source.path, span, values)


# A sentence that is quoted in Chinese says so in front.
_SAYS_CHINESE = re.compile(r"^\W*(?:In )?Chinese\b[^:\n]*:")


def _label_or_foreign(place: Place) -> Iterator[Finding]:
    if not _SAYS_CHINESE.match(place.text) and not re.search(
        r"\b(?:in|from) (?:the )?Chinese\b|Taiwan|Hong Kong", place.text
    ):
        yield from _foreign(place, 0)
