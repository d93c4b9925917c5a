"""Files are read as UTF-8, and offsets in them become lines and columns."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.source import NotUtf8Error, SourceFile, Span, read_source
from spans import PROPERTY, is_inside, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "ab\n汉字😀\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("", [""], id="an empty file has one line"),
        pytest.param("a", ["a"], id="no line end"),
        pytest.param("a\n", ["a", ""], id="line end at the end"),
        pytest.param("\n\nb", ["", "", "b"], id="empty lines"),
        pytest.param("a\u2028b\x0bc", ["a\u2028b\x0bc"], id="only a line feed ends a line"),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert SourceFile("x.md", text).lines == lines


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        pytest.param(0, 1, Span(1, 1, 1, 2), id="first character"),
        pytest.param(3, 6, Span(2, 1, 2, 4), id="columns are code points"),
        pytest.param(1, 4, Span(1, 2, 2, 2), id="over a line end"),
        pytest.param(2, 3, Span(1, 3, 2, 1), id="the line end itself"),
        pytest.param(7, 7, Span(3, 1, 3, 1), id="empty, at the end"),
        pytest.param(5, 3, Span(2, 3, 2, 3), id="an end before the start is moved to the start"),
        pytest.param(-4, 99, Span(1, 1, 3, 1), id="offsets beyond the text are moved into it"),
        pytest.param(50, 99, Span(3, 1, 3, 1), id="wholly beyond the text"),
    ],
)
def test_span_of_offsets(start: int, end: int, span: Span) -> None:
    assert SourceFile("x.md", TEXT).span(start, end) == span


@pytest.mark.parametrize(
    ("line", "span"),
    [
        pytest.param(1, Span(1, 1, 1, 3), id="first"),
        pytest.param(2, Span(2, 1, 2, 4), id="wide characters count once"),
        pytest.param(3, Span(3, 1, 3, 1), id="empty last line"),
        pytest.param(0, Span(1, 1, 1, 3), id="before the first"),
        pytest.param(9, Span(3, 1, 3, 1), id="beyond the last"),
    ],
)
def test_span_of_a_line(line: int, span: Span) -> None:
    assert SourceFile("x.md", TEXT).line_span(line) == span


@PROPERTY
@given(st.text(), st.integers(0, 30), st.integers(0, 30))
def test_a_span_covers_the_text_between_its_offsets(text: str, start: int, length: int) -> None:
    source = SourceFile("x.md", text)
    assert text_at(source, source.span(start, start + length)) == text[start : start + length]


@PROPERTY
@given(st.text(), st.integers(), st.integers())
def test_every_span_lies_inside_the_file(text: str, start: int, end: int) -> None:
    source = SourceFile("x.md", text)
    assert is_inside(source, source.span(start, end))
    assert is_inside(source, source.line_span(start))


def test_spans_sort_by_their_place() -> None:
    spans = [Span(2, 1, 2, 2), Span(1, 9, 1, 10), Span(1, 2, 1, 3)]
    assert sorted(spans) == [Span(1, 2, 1, 3), Span(1, 9, 1, 10), Span(2, 1, 2, 2)]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("退款\n".encode(), "退款\n", id="UTF-8"),
        pytest.param(b"", "", id="empty"),
        pytest.param(b"a\r\nb\r\n", "a\nb\n", id="Windows line ends"),
        pytest.param(b"a\rb\r", "a\nb\n", id="line ends of old"),
        pytest.param(b"\xef\xbb\xbfa", "a", id="a byte order mark is not text"),
    ],
)
def test_reading_gives_text_with_line_feeds(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "x.md").write_bytes(data)
    assert read_source(tmp_path / "x.md", tmp_path) == SourceFile("x.md", text)


def test_the_path_is_relative_to_the_root(tmp_path: Path) -> None:
    (tmp_path / "docs" / "_data").mkdir(parents=True)
    file = tmp_path / "docs" / "_data" / "stores.yml"
    file.write_text("x", encoding="utf-8")
    assert read_source(file, tmp_path).path == "docs/_data/stores.yml"


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        pytest.param("退款".encode("gbk"), 1, 1, id="GBK"),
        pytest.param("退款\n不退\n".encode() + b"a\xff", 3, 2, id="one byte, far into the file"),
        pytest.param("汉字".encode() + b"\x80", 1, 3, id="columns are code points"),
        pytest.param("汉".encode()[:2], 1, 1, id="a character cut off at the end"),
        pytest.param("a".encode("utf-16"), 1, 1, id="UTF-16"),
        pytest.param(b"\xef\xbb\xbfab\xff", 1, 3, id="after a byte order mark"),
        pytest.param(b"a\r\nb\xff", 2, 2, id="after a Windows line end"),
        pytest.param(b"a\rb\xff", 2, 2, id="after a line end of old"),
    ],
)
def test_bytes_that_are_not_utf8_are_named_by_their_place(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    (tmp_path / "x.md").write_bytes(data)
    with pytest.raises(NotUtf8Error) as raised:
        read_source(tmp_path / "x.md", tmp_path)
    assert (raised.value.line, raised.value.column) == (line, column)


def test_the_error_passes_through_a_context_manager(tmp_path: Path) -> None:
    @contextmanager
    def block() -> Iterator[None]:
        yield

    (tmp_path / "x.md").write_bytes(b"\xff")
    with pytest.raises(NotUtf8Error), block():
        read_source(tmp_path / "x.md", tmp_path)


def test_a_file_that_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_source(tmp_path / "x.md", tmp_path)


@PROPERTY
@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_a_source_or_have_a_place_where_they_are_not_utf8(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.md"
        file.write_bytes(data)
        place = None
        try:
            text = read_source(file, file.parent).text
        except NotUtf8Error as error:
            place = error
            text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
    assert "\r" not in text
    if place is None:
        ended = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        assert text.encode() == ended.removeprefix(b"\xef\xbb\xbf")
    else:
        assert text.split("\n")[place.line - 1][place.column - 1] == "\ufffd"
