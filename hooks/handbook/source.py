"""A text file of the handbook and the positions in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, order=True)
class Span:
    """A range in a file: lines and columns from 1, columns in code points, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class SourceFile:
    """The text of one file, with its path relative to the handbook's root (always with `/`)."""

    path: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their line breaks; there is always at least one."""
        return self.text.split("\n")

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        for line in self.lines[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def span(self, start: int, end: int) -> Span:
        """Turn offsets in code points into a span; offsets beyond the text are moved into it."""
        start = min(max(start, 0), len(self.text))
        end = min(max(end, start), len(self.text))
        line = bisect_right(self._line_starts, start)
        end_line = bisect_right(self._line_starts, end)
        return Span(
            line,
            start - self._line_starts[line - 1] + 1,
            end_line,
            end - self._line_starts[end_line - 1] + 1,
        )

    def text_at(self, span: Span) -> str:
        """The text that a span of this file covers."""
        return self.text[self.offset(span.line, span.column) : self.offset(*_end(span))]

    def offset(self, line: int, column: int) -> int:
        """The offset in code points of a line and column; a place beyond the text is its end."""
        if line > len(self.lines):
            return len(self.text)
        return min(self._line_starts[line - 1] + column - 1, len(self.text))

    def line_span(self, line: int) -> Span:
        """The whole of a line, counted from 1; a line beyond the end means the last one."""
        line = min(max(line, 1), len(self.lines))
        return Span(line, 1, line, len(self.lines[line - 1]) + 1)


def _end(span: Span) -> tuple[int, int]:
    return span.end_line, span.end_column


@dataclass(eq=False)
class NotUtf8Error(Exception):
    """The file holds bytes that are not UTF-8.

    `line` and `column` (from 1) name the first such byte, counting the text before it.
    """

    line: int
    column: int


def read_source(file: Path, root: Path) -> SourceFile:
    """Read a file as UTF-8 with its line ends normalised to a line feed.

    Raises:
        NotUtf8Error: The bytes are not UTF-8.
        OSError: The file cannot be read.
    """
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from behind a byte order mark.
        before = _lines_ended(error.object[: error.start].decode("utf-8")).split("\n")
        raise NotUtf8Error(len(before), len(before[-1]) + 1) from error
    return SourceFile(file.relative_to(root).as_posix(), _lines_ended(text))


def _lines_ended(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
