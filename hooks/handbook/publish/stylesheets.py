"""Style sheets without what no page uses: the theme's serve many sites, this one needs a part.

A rule stays if every class, id, element and attribute that its selector names occurs on some page
or in some script; so what a script adds to a page later keeps its style. Names that a script puts
together (`"hb-kind--" + kind`) are known by their beginning. Custom properties go if nothing reads
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tinycss2
from tinycss2.ast import (
    AtRule,
    Declaration,
    FunctionBlock,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    ParseError,
    QualifiedRule,
    SquareBracketsBlock,
    StringToken,
    URLToken,
    WhitespaceToken,
)
from tinycss2.serializer import serialize_identifier, serialize_string_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from handbook.publish.pages import SitePage

_WORD = re.compile(r"[A-Za-z_-][\w-]*")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
# At-rules whose block holds rules; every other block is kept as it is.
_CONDITIONAL = {"media", "supports", "layer", "container", "scope", "starting-style"}
# Pseudo-classes that a list of selectors satisfies if one of them does.
_ANY = {"is", "where", "has", "matches", "-webkit-any", "-moz-any"}


@dataclass(frozen=True)
class Names:
    """What pages and scripts can name: whole words, and beginnings of words put together."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, pages: Iterable[SitePage], scripts: Iterable[str]) -> Names:
        """Collect from the pages' elements and attributes, and from the scripts' words."""
        words: set[str] = set()
        scripts = list(scripts)
        for page in pages:
            for element in page.elements():
                words.add(element.tag or "")
                for name, value in element.attributes.items():
                    words.add(name)
                    words.update((value or "").split())
                if element.tag == "script":
                    scripts.append(element.text())
        found = {word for script in scripts for word in _WORD.findall(script)}
        beginnings = {word for word in found if word.endswith(("-", "_")) and word.strip("-_")}
        return cls(frozenset(words | found), tuple(sorted(beginnings)))

    def __contains__(self, name: object) -> bool:
        """Can the name occur on a page?"""
        return isinstance(name, str) and (name in self.words or name.startswith(self.beginnings))


@dataclass(frozen=True)
class Sheet:
    """A style sheet; `url` gives its addresses the form that they need in the joined one."""

    css: str
    url: Callable[[str], str] = str


def trim(sheets: Iterable[Sheet], names: Names) -> str:
    """Style sheets that pages load together as one, with only the rules that can apply.

    Args:
        sheets: The style sheets in their order; what one sets another may read.
        names: What pages and scripts name.
    """
    parsed = [(_used(_parsed(sheet.css), names), sheet.url) for sheet in sheets]
    while True:
        text = "".join(_text(rule, url) for rules, url in parsed for rule in rules)
        read = set(_VARIABLE.findall(text)) | {word for word in names.words if word[:2] == "--"}
        dropped = [_drop_variables(rules, read) for rules, _ in parsed]
        if not any(dropped):
            return text


def _parsed(css: str) -> list[Node]:
    rules: list[Node] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return rules


def _used(rules: Iterable[Node], names: Names) -> list[Node]:
    kept: list[Node] = []
    for rule in _without_errors(rules):
        if isinstance(rule, QualifiedRule):
            selectors = [one for one in _split(rule.prelude) if _can_match(one, names)]
            if not selectors:
                continue
            rule.prelude = _joined(selectors)
            rule.content = _without_errors(
                tinycss2.parse_blocks_contents(
                    rule.content, skip_comments=True, skip_whitespace=True
                )
            )
        elif isinstance(rule, AtRule) and rule.content and rule.lower_at_keyword in _CONDITIONAL:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            rule.content = _used(inner, names)
            if not rule.content:
                continue
        kept.append(rule)
    return kept


def _without_errors(nodes: Iterable[Node]) -> list[Node]:
    """What a browser would read: it passes over what it cannot understand."""
    return [node for node in nodes if not isinstance(node, ParseError)]


def _split(tokens: Sequence[Node]) -> list[list[Node]]:
    """Split at commas that stand in no bracket."""
    parts: list[list[Node]] = [[]]
    for one in tokens:
        if one == ",":
            parts.append([])
        else:
            parts[-1].append(one)
    return parts


def _joined(selectors: list[list[Node]]) -> list[Node]:
    tokens = list(selectors[0])
    for selector in selectors[1:]:
        tokens += [LiteralToken(0, 0, ","), *selector]
    return tokens


def _can_match(selector: Sequence[Node], names: Names) -> bool:
    before: Node | None = None
    for token in selector:
        if isinstance(token, IdentToken) and before != ":" and token.value not in names:
            return False
        if isinstance(token, HashToken) and token.value not in names:
            return False
        if isinstance(token, SquareBracketsBlock) and not _attribute(token, names):
            return False
        if (
            isinstance(token, FunctionBlock)
            and token.lower_name in _ANY
            and not any(_can_match(one, names) for one in _split(token.arguments))
        ):
            return False
        before = token
    return True


def _attribute(block: SquareBracketsBlock, names: Names) -> bool:
    """Can an attribute selector match? Its value counts only if it is compared as a whole."""
    tokens = [token for token in block.content if not isinstance(token, WhitespaceToken)]
    if tokens and isinstance(tokens[0], IdentToken) and tokens[0].value not in names:
        return False
    whole = len(tokens) == 3 and tokens[1] in ("=", "~=")  # noqa: PLR2004 - name, sign, value
    value = getattr(tokens[-1], "value", "") if whole else ""
    return not value or not _WORD.fullmatch(value) or value in names


def _drop_variables(rules: Iterable[Any], read: set[str]) -> bool:
    """Take out custom properties that nothing reads; True if there were any."""
    dropped = False
    for rule in rules:
        content = getattr(rule, "content", None)
        if not isinstance(content, list) or isinstance(rule, Declaration):
            continue
        kept = [
            item
            for item in content
            if not (
                isinstance(item, Declaration)
                and item.name.startswith("--")
                and item.name not in read
            )
        ]
        dropped |= len(kept) < len(content)
        rule.content = kept
        dropped |= _drop_variables(kept, read)
    return dropped


def _text(rule: Any, url: Callable[[str], str]) -> str:  # noqa: ANN401 - any node of the tree
    if isinstance(rule, Declaration):
        important = "!important" if rule.important else ""
        return f"{serialize_identifier(rule.name)}:{_tokens(rule.value, url)}{important};"
    prelude = _tokens(rule.prelude, url)
    if isinstance(rule, AtRule):
        prelude = f"@{serialize_identifier(rule.at_keyword)} {prelude}".rstrip()
        if rule.content is None:
            return f"{prelude};"
    if _is_parsed(rule.content):
        content = "".join(_text(item, url) for item in rule.content)
    else:
        content = _tokens(rule.content, url)
    content = content.removesuffix(";")
    return f"{prelude}{{{content}}}" if content else ""


def _is_parsed(content: Sequence[Node]) -> bool:
    return all(isinstance(item, Declaration | QualifiedRule | AtRule) for item in content)


def _tokens(tokens: Iterable[Node], url: Callable[[str], str]) -> str:
    """Write tokens with white space of one blank."""
    written: list[Node] = []
    for token in tokens:
        if isinstance(token, WhitespaceToken):
            written.append(WhitespaceToken(0, 0, " "))
        elif isinstance(token, URLToken):
            written.append(_address(url(token.value)))
        elif (
            isinstance(token, FunctionBlock)
            and token.lower_name == "url"
            and isinstance(token.arguments[0], StringToken)
        ):
            written.append(_address(url(token.arguments[0].value)))
        elif token.type != "comment":
            written.append(token)
    text: str = tinycss2.serialize(written)
    return text.strip()


def _address(address: str) -> URLToken:
    quoted = serialize_string_value(address)
    return URLToken(0, 0, address, f'url("{quoted}")')
