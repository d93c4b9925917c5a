"""YAML keeps the place of every key and value, and what cannot be read becomes a finding."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from handbook.source import SourceFile, Span
from handbook.yamldoc import YamlDocument, parse_yaml
from spans import PROPERTY, is_inside, text_at

if TYPE_CHECKING:
    from handbook.yamldoc import Location


def parse(text: str) -> YamlDocument:
    return parse_yaml(SourceFile("docs/_data/x.yml", text), 0, len(text))


STORES = """\
US:
  name: 美国  # the store
  phones:
    - id: one
    - {id: two, "from": home}
  note: |
    first line
    second line
  other: ~
"""


@pytest.mark.parametrize(
    ("location", "key", "value"),
    [
        pytest.param(("US",), "US", "name: 美国  # the store", id="group"),
        pytest.param(("US", "name"), "name", "美国", id="plain text without its comment"),
        pytest.param(("US", "phones", 0), "id: one", "id: one", id="item of a list"),
        pytest.param(("US", "phones", 0, "id"), "id", "one", id="inside an item"),
        pytest.param(("US", "phones", 1, "from"), '"from"', "home", id="quoted key"),
        pytest.param(("US", "note"), "note", "|", id="a block is shown by its first line"),
        pytest.param(("US", "other"), "other", "~", id="nothing"),
    ],
)
def test_places_of_keys_and_values(location: Location, key: str, value: str) -> None:
    document = parse(STORES)
    assert text_at(document.source, document.key_span(location)) == key
    assert text_at(document.source, document.value_span(location)) == value


@pytest.mark.parametrize(
    ("location", "place"),
    [
        pytest.param(("US", "country"), "US", id="a missing key"),
        pytest.param(("US", "phones", 1, "e164"), '{id: two, "from": home}', id="in an item"),
        pytest.param(("US", "name", "zh"), "name", id="below a text"),
        pytest.param(("SE", "name"), "US:", id="nothing of it is there: the first line"),
        pytest.param((), "US:", id="the whole"),
    ],
)
def test_what_is_absent_stands_where_its_nearest_parent_stands(
    location: Location, place: str
) -> None:
    document = parse(STORES)
    assert text_at(document.source, document.key_span(location)) == place


def test_an_absent_value_stands_at_its_parents_key() -> None:
    document = parse(STORES)
    assert document.value_span(("US", "name", "zh")) == Span(2, 3, 2, 7)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("", None, id="empty"),
        pytest.param("# only a comment\n", None, id="comment"),
        pytest.param("a: 1\n", {"a": 1}, id="number"),
        pytest.param("a: 2026-11-30\n", {"a": dt.date(2026, 11, 30)}, id="date"),
        pytest.param("a: 2026-11-31\n", {"a": "2026-11-31"}, id="a day that does not exist"),
        pytest.param("a: 2026-13-01\n", {"a": "2026-13-01"}, id="a month that does not exist"),
        pytest.param("a: !!timestamp soon\n", {"a": "soon"}, id="a date that is none"),
        pytest.param("a: 0x_\n", {"a": "0x_"}, id="a number that is none"),
        pytest.param("a: !!bool perhaps\n", {"a": "perhaps"}, id="neither true nor false"),
        pytest.param("- [a, b]\n- c\n", [["a", "b"], "c"], id="lists"),
        pytest.param("a: &x [1]\nb: *x\n", {"a": [1], "b": [1]}, id="anchor and alias"),
    ],
)
def test_values(text: str, value: object) -> None:
    document = parse(text)
    assert document.value == value
    assert document.findings == ()


BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n" for before, name in pairwise("abcdefgh")
)


@pytest.mark.parametrize(
    ("text", "place", "zh", "en"),
    [
        pytest.param(
            "a: [1\nb: 2\n",
            (2, 2, 2, 3),
            "列表的方括号没有合上",
            "expected ',' or ']', but got ':'",
            id="open list",
        ),
        pytest.param(
            "a: b: c\n",
            (1, 5, 1, 6),
            "这里不能有冒号，文字里有冒号就加引号；也可能是这一行缩进错了",
            "mapping values are not allowed here",
            id="colon",
        ),
        pytest.param(
            "a: 1\n b: 2\n",
            (2, 3, 2, 4),
            "这里不能有冒号，文字里有冒号就加引号；也可能是这一行缩进错了",
            "mapping values are not allowed here",
            id="indentation",
        ),
        pytest.param(
            "a: '1\n",
            (2, 1, 2, 1),
            "引号没有合上",
            "found unexpected end of stream",
            id="open quotation mark",
        ),
        pytest.param(
            "a: 'b' c\n",
            (1, 8, 1, 9),
            "和上面的行对不齐，或者引号、括号后面还有多余的文字",
            "expected <block end>, but found '<scalar>'",
            id="text behind a quotation",
        ),
        pytest.param(
            "\ta: 1\n",
            (1, 1, 1, 2),
            "缩进用了制表符（Tab），换成空格",
            "found character '\\t' that cannot start any token",
            id="tab",
        ),
        pytest.param(
            "a: @x\n",
            (1, 4, 1, 5),
            "文字不能以这个符号开头，加引号",
            "found character '@' that cannot start any token",
            id="a sign that begins no text",
        ),
        pytest.param(
            "汉: \x07\n",
            (1, 4, 1, 5),
            "有看不见的控制字符，多半是复制带来的",
            "special characters are not allowed",
            id="control character",
        ),
        pytest.param(
            "a: *x\n",
            (1, 4, 1, 5),
            "文字以 “*” 开头时要加引号",
            "found undefined alias 'x'",
            id="unknown alias",
        ),
        pytest.param(
            "? [a]\n: b\n", (1, 3, 1, 4), "列表不能当键", "found unhashable key", id="a list as key"
        ),
        pytest.param(
            "a: 1\n---\nb: 2\n",
            (2, 1, 2, 2),
            "多了一行 “---”",
            "but found another document",
            id="second",
        ),
        pytest.param(
            "a: !!python/object:os.x {}\n",
            (1, 4, 1, 5),
            "文字以 “!” 开头时要加引号",
            "could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.x'",
            id="code is never run",
        ),
        pytest.param(
            "<<: 1\n",
            (1, 5, 1, 6),
            "expected a mapping or list of mappings for merging, but found scalar",
            "expected a mapping or list of mappings for merging, but found scalar",
            id="what nobody has said in Chinese",
        ),
        pytest.param("[" * 500, (1, 1, 1, 501), "层数太多", "nested too deeply", id="depth"),
        pytest.param(
            "&a [*a]\n",
            (1, 1, 1, 8),
            "层数太多",
            "nested too deeply",
            id="a list that holds itself",
        ),
        pytest.param(
            BOMB,
            (1, 1, 1, 37),
            "“*” 引用得太多",
            "too much is brought in by aliases",
            id="eight lines that stand for a hundred million values",
        ),
    ],
)
def test_what_cannot_be_read_becomes_a_finding(
    text: str, place: tuple[int, int, int, int], zh: str, en: str
) -> None:
    document = parse(text)
    (finding,) = document.findings
    assert document.value is None
    assert (finding.rule, finding.path, finding.span) == (
        "yaml-syntax",
        "docs/_data/x.yml",
        Span(*place),
    )
    assert finding.message("en") == (
        f"The YAML cannot be read: {en}. Common causes: uneven indentation, "
        "no space after a colon, a quote that is not closed."
    )
    assert finding.message("zh") == (
        f"YAML 写法有误：{zh}。常见原因：缩进不齐、冒号后缺空格、引号没有成对。"
    )


@pytest.mark.parametrize(
    ("text", "places"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", ["3:1"], id="once"),
        pytest.param("a: 1\na: 2\na: 3\n", ["2:1", "3:1"], id="each time but the first"),
        pytest.param("x:\n  a: 1\n  a: 2\n", ["3:3"], id="in a group"),
        pytest.param("- {a: 1, a: 2}\n", ["1:10"], id="in a list"),
        pytest.param("x: {a: 1}\ny: {a: 2}\n", [], id="in two groups"),
        pytest.param("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n", [], id="one is brought along by <<"),
    ],
)
def test_a_key_written_twice(text: str, places: list[str]) -> None:
    findings = parse(text).findings
    assert [f"{finding.span.line}:{finding.span.column}" for finding in findings] == places
    for finding in findings:
        assert finding.rule == "duplicate-key"
        assert finding.message("zh") == "“a” 写了两次。留下一处。"
        assert finding.message("en") == "“a” is written twice. Keep one of them."


def test_a_part_of_a_file_has_places_of_the_whole_file() -> None:
    text = "---\ntitle: 退款\ntopics: [a, b]\n---\n\nbody: x\n"
    source = SourceFile("docs/refund.zh.md", text)
    document = parse_yaml(source, 4, text.index("---", 4))
    assert document.value == {"title": "退款", "topics": ["a", "b"]}
    assert document.value_span(("title",)) == Span(2, 8, 2, 10)
    assert document.value_span(("topics", 1)) == Span(3, 13, 3, 14)
    assert document.whole == Span(2, 1, 2, 10)


# Pieces of YAML, between broken bars, and every sign that means something.
PIECES = st.sampled_from(
    (
        "\n  ¦: ¦- ¦&a ¦*a¦<<: ¦---¦!!int ¦!!timestamp ¦!!binary ¦!!set ¦2026-11-3¦0x¦1:6¦\ufeff"
        "¦\x85"
    ).split("¦")
) | st.sampled_from("abc:-?&*!|>%@[]{},#'\" \n\t~=<0123456789._汉")


@PROPERTY
@given(st.text() | st.lists(PIECES).map("".join))
def test_any_text_is_read_or_becomes_a_finding_inside_the_file(text: str) -> None:
    source = SourceFile("x.md", f"---\n{text}\n---\n")
    document = parse_yaml(source, 4, 4 + len(text))
    spans = [*document._keys.values(), *document._values.values(), document.whole]
    spans += [finding.span for finding in document.findings]
    assert all(is_inside(source, span) for span in spans)
    for finding in document.findings:
        assert finding.message("zh")
        assert finding.message("en")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def leaves(value: object, location: Location) -> list[tuple[Location, object]]:
    """Every value that holds no other, with its place."""
    if isinstance(value, dict):
        parts: list[tuple[str | int, Any]] = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    else:
        return [(location, value)]
    return [leaf for key, part in parts for leaf in leaves(part, (*location, key))]


@PROPERTY
@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_every_place_holds_the_value_that_it_names(value: dict[str, object]) -> None:
    # One value to a line, so that a value's place holds all of it.
    text = yaml.safe_dump(value, default_flow_style=False, width=float("inf"), sort_keys=False)
    source = SourceFile("x.yml", text)
    document = parse(text)
    assert document.value == value
    assert document.findings == ()
    for location, leaf in leaves(value, ()):
        span = document.value_span(location)
        if text_at(source, span)[:1] not in ("'", '"'):
            assert yaml.safe_load(text_at(source, span)) == leaf
        key = location[-1]
        if isinstance(key, str) and key.isalpha() and key.isascii():
            assert text_at(source, document.key_span(location)).strip("'\"") == key
