"""YAML with the position of every key and value."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from handbook.findings import Finding, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handbook.source import SourceFile, Span

Location = tuple[str | int, ...]

# Scalars whose text may look like a value that does not exist: 31 November, 0x.
_LOOKS_LIKE = ("bool", "float", "int", "timestamp")


class _Loader(yaml.SafeLoader):
    """What looks like a value and is none stays text: the schema says what it expects."""


class _FastLoader(yaml.CSafeLoader):
    """The same in C, ten times as fast; its errors are less plain, and depth would crash it."""


def _or_text(
    construct: Callable[[Any, yaml.ScalarNode], Any],
) -> Callable[[Any, yaml.ScalarNode], Any]:
    def value(loader: Any, node: yaml.ScalarNode) -> Any:  # noqa: ANN401 - any value
        try:
            return construct(loader, node)
        except (AttributeError, LookupError, ValueError):
            return node.value

    return value


for _name in _LOOKS_LIKE:
    _tag = f"tag:yaml.org,2002:{_name}"
    for _loader in (_Loader, _FastLoader):
        _loader.add_constructor(_tag, _or_text(yaml.SafeLoader.yaml_constructors[_tag]))

# More values than any file of ours has.
_VALUES = 200_000
# More brackets, or more levels in one line, than any file of ours has.
_BRACKETS = 2000
_DEEP_LINE = re.compile(r"^(?: {200}|(?:[ \t]*[-?:][ \t]){50})", re.MULTILINE)


def _compose(text: str) -> tuple[yaml.Node | None, Any]:
    """The node tree, and the loader that makes its value."""
    if text.count("[") + text.count("{") < _BRACKETS and not _DEEP_LINE.search(text):
        try:
            fast = _FastLoader(text)
            return fast.get_single_node(), fast
        except yaml.YAMLError:
            pass  # the other loader says what is wrong
    loader = _Loader(text)
    return loader.get_single_node(), loader


@dataclass(frozen=True)
class YamlDocument:
    """The value of a piece of YAML and where each part of it stands.

    `value` is None when the text cannot be read; `findings` then says why.
    """

    source: SourceFile
    value: Any
    whole: Span
    findings: tuple[Finding, ...] = ()
    _keys: dict[Location, Span] = field(default_factory=dict)
    _values: dict[Location, Span] = field(default_factory=dict)
    # Every scalar value as it is written, with the offsets of its text in the file.
    texts: tuple[tuple[Location, int, int], ...] = ()

    def key_span(self, location: Location) -> Span:
        """Where the key of a value stands; for what is absent, where its nearest parent stands."""
        return _nearest(self._keys, location, self.whole)

    def value_span(self, location: Location) -> Span:
        """Where a value stands; for what is absent, where its nearest parent's key stands."""
        return self._values.get(location) or self.key_span(location)


def _nearest(spans: dict[Location, Span], location: Location, whole: Span) -> Span:
    for length in range(len(location), 0, -1):
        if span := spans.get(location[:length]):
            return span
    return whole


def parse_yaml(source: SourceFile, start: int, end: int) -> YamlDocument:
    """Read the YAML between two offsets of a file (in code points).

    A syntax error or a key written twice becomes a finding at its place; nothing is raised.
    """
    text = source.text[start:end]
    whole = source.line_span(source.span(start, start).line)
    positions = _Positions(source, start)
    value = None
    try:
        node, loader = _compose(text)
        if node is not None:
            # First, because making the values writes the keys that `<<` brings into the node.
            positions.record(node, ())
            value = loader.construct_document(node)
    except RecursionError:
        problem = Words("层数太多", "nested too deeply")
        return YamlDocument(source, None, whole, (_finding(source, whole, problem),))
    except _TooManyError:
        problem = Words("“*” 引用得太多", "too much is brought in by aliases")
        return YamlDocument(source, None, whole, (_finding(source, whole, problem),))
    except (yaml.YAMLError, ValueError) as error:
        return YamlDocument(source, None, whole, (_syntax_finding(source, start, error),))
    return YamlDocument(
        source,
        value,
        whole,
        tuple(positions.findings),
        positions.keys,
        positions.values,
        tuple(positions.texts),
    )


def _syntax_finding(source: SourceFile, start: int, error: Exception) -> Finding:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    # A character that YAML does not allow has an offset instead of a mark.
    position = start + (mark.index if mark else getattr(error, "position", 0))
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return _finding(source, source.span(position, position + 1), _in_both(str(problem)))


def _finding(source: SourceFile, span: Span, problem: Words) -> Finding:
    return Finding("yaml-syntax", source.path, span, {"problem": problem})


def _in_both(problem: str) -> Words:
    """What PyYAML says, and the same in Chinese where it is known."""
    begins = (zh for words, zh in _problems().items() if problem.startswith(words))
    return Words(next(begins, problem), problem)


@cache
def _problems() -> Mapping[str, str]:
    text = resources.files("handbook").joinpath("yaml_problems.yml").read_text(encoding="utf-8")
    problems: Mapping[str, str] = yaml.safe_load(text)
    return problems


class _TooManyError(Exception):
    """A file of a few lines stands for more values than anybody wrote: aliases of aliases."""


class _Positions:
    """Collects where the keys and values of a node tree stand, and keys written twice."""

    def __init__(self, source: SourceFile, start: int) -> None:
        self.source = source
        self.start = start
        self.keys: dict[Location, Span] = {}
        self.values: dict[Location, Span] = {}
        self.findings: list[Finding] = []
        self.texts: list[tuple[Location, int, int]] = []

    def record(self, node: yaml.Node, location: Location) -> None:
        """Keep the places of a node and of all that it holds.

        Raises:
            _TooManyError: It holds more than any file of ours does.
        """
        self.values[location] = self.span(node)
        if len(self.values) > _VALUES:
            raise _TooManyError
        if isinstance(node, yaml.ScalarNode) and node.end_mark.index > node.start_mark.index:
            begin, end = self.start + node.start_mark.index, self.start + node.end_mark.index
            self.texts.append((location, begin, end))
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                place = (*location, index)
                self.keys[place] = self.span(item)
                self.record(item, place)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, item in node.value:
                name = str(key.value)
                place = (*location, name)
                span = self.span(key)
                if name in seen:
                    path = self.source.path
                    self.findings.append(Finding("duplicate-key", path, span, {"key": name}))
                seen.add(name)
                self.keys[place] = span
                self.record(item, place)

    def span(self, node: yaml.Node) -> Span:
        """The node's own text; a block that runs over lines is shown by its first line."""
        begin = self.start + node.start_mark.index
        end = self.start + node.end_mark.index
        line_end = self.source.text.find("\n", begin)
        if line_end != -1:
            end = min(end, line_end)
        return self.source.span(begin, max(begin, end))
