"""What the tests of positions share: the text at a place, and how property tests run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import settings

if TYPE_CHECKING:
    from handbook.source import SourceFile, Span

# The same examples in every run, and no limit on the time of one.
PROPERTY = settings(deadline=None, derandomize=True, max_examples=150)


def is_inside(source: SourceFile, span: Span) -> bool:
    """Whether a span begins and ends at places that the file has, in this order."""
    lines = source.text.split("\n")
    return (
        1 <= span.line <= span.end_line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
        and 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        and (span.line, span.column) <= (span.end_line, span.end_column)
    )


def text_at(source: SourceFile, span: Span) -> str:
    """The text that a span covers; fails where the span does not lie in the file."""
    assert is_inside(source, span), span
    lines = source.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)
