"""Findings that an editor allows on their line, with the reason beside it.

In Markdown a comment at the end of the line, or alone on the line before; in YAML likewise:

    Text.  <!-- handbook-allow bare-url: shown as an example -->
    url: …  # handbook-allow tracking-parameter: the page needs it

A reason must be given, the rule must exist, and a permission that nothing needs is a finding
itself. The text of a message is sent as it is and holds no comments; nothing is allowed there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.findings import Finding, Words, did_you_mean, rules

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from handbook.source import SourceFile, Span

WORD = "handbook-allow"
_REST = rf"\b{WORD}\b[^\S\n]*:?[^\S\n]*(?P<rule>[\w-]*)[^\S\n]*:?[^\S\n]*(?P<reason>"
_IN_MARKDOWN = re.compile(rf"<!--[^\S\n]*{_REST}[^\n]*?)[^\S\n]*-->")
_IN_YAML = re.compile(rf"(?:^|\s)(?P<mark>#[^\S\n]*{_REST}[^\n]*))", re.MULTILINE)
_FENCE = re.compile(r"^[^\S\n]*(?:```|~~~)", re.MULTILINE)
# These speak of permissions; a permission for one of them would never end.
_OWN = ("unused-permission", "permission-without-reason", "unknown-rule")


@dataclass(frozen=True)
class Permission:
    """One comment: the rule that it allows on a line, and why."""

    path: str
    rule: str
    reason: str
    line: int
    span: Span


def permissions_in(source: SourceFile) -> Iterator[Permission]:
    """The permissions that a file gives, whether they are complete or not."""
    if WORD not in source.text:
        return
    yaml_ends = len(source.text) if source.path.endswith((".yml", ".yaml")) else _front(source)
    for match in _IN_YAML.finditer(source.text, 0, yaml_ends):
        yield _permission(source, match, match.start("mark"), match.end("mark"))
    if source.path.endswith((".yml", ".yaml")) or "/_messages/" in source.path:
        return
    for match in _IN_MARKDOWN.finditer(source.text, yaml_ends):
        if _in_code(source.text, match.start()):
            continue
        yield _permission(source, match, match.start(), match.end())


def _in_code(text: str, position: int) -> bool:
    """Whether a place is shown as code, in a fence or between backquotes."""
    fences = len(_FENCE.findall(text, 0, position))
    line = text[text.rfind("\n", 0, position) + 1 : position]
    return fences % 2 == 1 or line.count("`") % 2 == 1


def _front(source: SourceFile) -> int:
    """Where the front matter of a page ends."""
    end = source.text.find("\n---", 3)
    return end if source.text.startswith("---") and end != -1 else 0


def _permission(source: SourceFile, match: re.Match[str], start: int, end: int) -> Permission:
    span = source.span(start, end)
    line = source.lines[span.line - 1]
    alone = not (line[: span.column - 1] + line[span.end_column - 1 :]).strip()
    known = {rule.code: rule.name for rule in rules().values()}
    name = known.get(match["rule"], match["rule"])
    return Permission(
        source.path, name, match["reason"].strip(), span.line + (1 if alone else 0), span
    )


def without_permissions(text: str) -> str:
    """A piece of Markdown without the comments that allow something."""
    return _IN_MARKDOWN.sub("", text) if WORD in text else text


class Permissions:
    """All that is allowed in a set of files, by path."""

    def __init__(self, files: Mapping[str, SourceFile]) -> None:
        self._given = [one for source in files.values() for one in permissions_in(source)]
        self._allowed = {(one.path, one.line, one.rule) for one in self._given if one.reason}

    def allow(self, finding: Finding) -> bool:
        """Whether a finding is allowed on its line."""
        return (finding.path, finding.span.line, finding.rule) in self._allowed

    def judged(
        self, findings: Iterable[Finding], unjudged: Collection[str] = ()
    ) -> Iterator[Finding]:
        """The findings that nothing allows, and those about the permissions themselves.

        Args:
            findings: What was found.
            unjudged: Rules that were not looked at; permissions for them are left alone.
        """
        used: set[tuple[str, int, str]] = set()
        for finding in findings:
            if self.allow(finding):
                used.add((finding.path, finding.span.line, finding.rule))
            else:
                yield finding
        for one in self._given:
            if one.rule not in rules() or one.rule in _OWN:
                hint, near = did_you_mean(one.rule, set(rules()) - set(_OWN))
                values: dict[str, str | Words] = {"id": one.rule, "near": hint}
                yield Finding("unknown-rule", one.path, one.span, values, near)
            elif not one.reason:
                yield Finding("permission-without-reason", one.path, one.span, {"id": one.rule})
            elif (one.path, one.line, one.rule) not in used and one.rule not in unjudged:
                yield Finding("unused-permission", one.path, one.span, {"id": one.rule})
