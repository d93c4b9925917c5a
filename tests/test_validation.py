"""What is wrong with front matter or a data file is said in an editor's words, at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook import models
from handbook.content import data_schemas
from handbook.findings import Words
from handbook.source import SourceFile
from handbook.validation import validate
from handbook.yamldoc import parse_yaml
from minisite import CLAIM_WINDOWS, FILES, REFUND_EN, SOURCES, STORES
from spans import PROPERTY, is_inside, text_at

if TYPE_CHECKING:
    from pydantic import BaseModel

    from handbook.findings import Finding

FRONT = REFUND_EN.split("---\n")[1]
FRONT_MATTER = Words("front matter ", "The front matter")


@dataclass(frozen=True)
class Shown:
    """A finding as an editor sees it: what is marked, and both sentences."""

    rule: str
    line: int
    column: int
    marked: str
    zh: str
    en: str
    suggestion: str | None = None


def shown(finding: Finding, source: SourceFile) -> Shown:
    return Shown(
        finding.rule,
        finding.span.line,
        finding.span.column,
        text_at(source, finding.span),
        finding.message("zh"),
        finding.message("en"),
        finding.suggestion,
    )


def check(model: type[BaseModel], text: str, where: Words = FRONT_MATTER) -> list[Shown]:
    source = SourceFile("docs/x", text)
    value, findings = validate(model, parse_yaml(source, 0, len(text)), where)
    assert (value is None) == bool(findings)
    return [shown(finding, source) for finding in findings]


def changed(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def bad(key: str, place: tuple[int, int, str], zh: str, en: str) -> Shown:
    """The finding of a wrong value."""
    return Shown(
        "bad-value", *place, f"“{key}” 的值不对：{zh}。", f"The value of “{key}” is wrong: {en}."
    )


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("docs/_data/")])
def test_data_files_of_the_miniature_are_valid(path: str) -> None:
    name = path.removeprefix("docs/_data/").removesuffix(".yml")
    assert check(data_schemas()[name], FILES[path]) == []


def test_valid_front_matter_gives_its_values() -> None:
    source = SourceFile("docs/refund.en.md", FRONT)
    meta, findings = validate(models.PageMeta, parse_yaml(source, 0, len(FRONT)), FRONT_MATTER)
    assert findings == []
    assert meta is not None
    assert (meta.title, meta.topics, meta.fulfilment) == ("Refund", ("refund",), ("fba",))


SLUG = r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
DATE = ("应是日期，例如 2026-11-23", "a date such as 2026-11-23")
LIST = ("应是列表，例如 [fba, mcf]", "a list is expected, such as [fba, mcf]")
WHOLE = ("应是整数", "a whole number is expected")
TEXT = ("应是文字", "text is expected")
GROUP = ("应是一组 “键: 值”", "a group of “key: value” is expected")
KINDS = "'fba', 'fbm', 'sfp', 'mcf', 'any'"
OWNERS = "'customer-service', 'operations', 'editors', 'it'"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("title: Refund", "title: 12", bad("title", (1, 8, "12"), *TEXT), id="no text"),
        pytest.param(
            "title: Refund", "title:", bad("title", (1, 7, ""), *TEXT), id="nothing after the colon"
        ),
        pytest.param(
            "title: Refund",
            'title: ""',
            bad("title", (1, 8, '""'), "不能为空", "it must not be empty"),
            id="empty",
        ),
        pytest.param(
            "title: Refund",
            f"title: {'x' * 61}",
            bad("title", (1, 8, "x" * 61), "最多 60 个字符", "at most 60 characters"),
            id="too long",
        ),
        pytest.param(
            "[refund]", "refund", bad("topics", (3, 9, "refund"), *LIST), id="text for a list"
        ),
        pytest.param(
            "[refund]",
            "[a, b, c, d]",
            bad("topics", (3, 9, "[a, b, c, d]"), "最多 3 项", "at most 3 items"),
            id="too many",
        ),
        pytest.param(
            "[refund]",
            "[a, 'b c']",
            bad("topics", (3, 13, "'b c'"), f"写法应符合 {SLUG}", f"it must look like {SLUG}"),
            id="an item that is no name",
        ),
        pytest.param(
            "[fba]",
            "[]",
            bad("fulfilment", (4, 13, "[]"), "至少 1 项", "at least 1 items"),
            id="too few",
        ),
        pytest.param(
            "[fba]",
            "[fbx]",
            bad("fulfilment", (4, 14, "fbx"), f"可用的值是 {KINDS}", f"it must be one of {KINDS}"),
            id="an item that does not exist, said once",
        ),
        pytest.param("2026-11-30", "soon", bad("reviewed", (5, 11, "soon"), *DATE), id="no date"),
        pytest.param(
            "2026-11-30",
            "2026-11-31",
            bad("reviewed", (5, 11, "2026-11-31"), *DATE),
            id="a day that does not exist",
        ),
        pytest.param(
            "2026-11-30",
            "2026-11-30 10:00",
            bad("reviewed", (5, 11, "2026-11-30 10:00"), *DATE),
            id="a date with a time",
        ),
        pytest.param(
            "2026-11-30", "[1]", bad("reviewed", (5, 11, "[1]"), *DATE), id="a list for a date"
        ),
        pytest.param(
            "review_in: 3",
            "review_in: six",
            bad("review_in", (6, 12, "six"), *WHOLE),
            id="a number in words",
        ),
        pytest.param(
            "review_in: 3", "review_in: 3.5", bad("review_in", (6, 12, "3.5"), *WHOLE), id="half"
        ),
        pytest.param(
            "review_in: 3",
            'review_in: "3"',
            bad("review_in", (6, 12, '"3"'), *WHOLE),
            id="a number as text",
        ),
        pytest.param(
            "review_in: 3", "review_in: yes", bad("review_in", (6, 12, "yes"), *WHOLE), id="yes"
        ),
        pytest.param(
            "review_in: 3",
            "review_in: 0",
            bad("review_in", (6, 12, "0"), "不能小于 1", "not less than 1"),
            id="too small",
        ),
        pytest.param(
            "review_in: 3",
            "review_in: 25",
            bad("review_in", (6, 12, "25"), "不能大于 24", "not more than 24"),
            id="too big",
        ),
        pytest.param(
            "owner: customer-service",
            "owner: me",
            bad("owner", (7, 8, "me"), f"可用的值是 {OWNERS}", f"it must be one of {OWNERS}"),
            id="not one of the choices",
        ),
        pytest.param(
            "owner: customer-service",
            "owner: it\n1: x",
            Shown(
                "bad-value",
                8,
                4,
                "x",
                "“1” 的值不对：不符合要求（Keys should be strings）。",
                "The value of “1” is wrong: Keys should be strings.",
            ),
            id="a key that is a number",
        ),
        pytest.param(
            "title: Refund\n",
            "",
            Shown(
                "missing-key",
                1,
                1,
                "description: Who refunds.",
                "front matter 缺少 “title”。请补上。",
                "The front matter lacks “title”. Add it.",
            ),
            id="a missing key",
        ),
        pytest.param(
            "title: Refund\n",
            "title: Refund\nauthor: me\n",
            Shown(
                "unknown-key",
                2,
                1,
                "author",
                "front matter 没有 “author” 这一项。请删掉或改名。",
                "The front matter has no key “author”. Remove it or rename it.",
            ),
            id="an unknown key",
        ),
    ],
)
def test_front_matter(old: str, new: str, expected: Shown) -> None:
    assert check(models.PageMeta, changed(FRONT, old, new)) == [expected]


def test_a_key_with_a_slip_is_missing_and_suggested() -> None:
    assert check(models.PageMeta, changed(FRONT, "title:", "titel:")) == [
        Shown(
            "missing-key",
            1,
            1,
            "titel: Refund",
            "front matter 缺少 “title”。请补上。",
            "The front matter lacks “title”. Add it.",
        ),
        Shown(
            "unknown-key",
            1,
            1,
            "titel",
            "front matter 没有 “titel” 这一项。是不是想写 “title”？",
            "The front matter has no key “titel”. Did you mean “title”?",
            "title",
        ),
    ]


@pytest.mark.parametrize("text", ["", "- a\n", "hello\n"], ids=["empty", "a list", "a text"])
def test_a_document_that_is_no_group(text: str) -> None:
    assert [(one.rule, one.zh, one.en) for one in check(models.PageMeta, text)] == [
        (
            "bad-value",
            f"“front matter” 的值不对：{GROUP[0]}。",
            f"The value of “The front matter” is wrong: {GROUP[1]}.",
        )
    ]


def test_broken_yaml_is_the_only_finding() -> None:
    assert [one.rule for one in check(models.PageMeta, "title: [\n")] == ["yaml-syntax"]


def missing(where: str, key: str, place: tuple[int, int, str]) -> Shown:
    """The finding of a missing key below the top of a data file."""
    return Shown(
        "missing-key",
        *place,
        f"{where} 缺少 “{key}”。请补上。",
        f"{where} lacks “{key}”. Add it.",
    )


def unknown(where: str, key: str, near: str, place: tuple[int, int]) -> Shown:
    """The finding of a key with a slip below the top of a data file."""
    return Shown(
        "unknown-key",
        *place,
        key,
        f"{where} 没有 “{key}” 这一项。是不是想写 “{near}”？",
        f"{where} has no key “{key}”. Did you mean “{near}”?",
        near,
    )


STATUS = "'official', 'reported', 'derived', 'unknown'"
CODE = "^[A-Z]{2}$"
CONTACT = (
    "status 是 confirmed 时要有 url，其他时候 url 写 null",
    "with status confirmed a url is needed, otherwise url is null",
)
WINDOW = (
    "status 是 unknown 时 from_days 和 to_days 写 null，其他时候都要有",
    "with status unknown from_days and to_days are null, otherwise both are needed",
)


@pytest.mark.parametrize(
    ("model", "text", "old", "new", "expected"),
    [
        pytest.param(
            models.Sources,
            SOURCES,
            "help-refund:\n  title",
            "200298130:\n  title",
            [bad("200298130", (1, 1, "200298130"), *TEXT)],
            id="an id of digits needs quotation marks",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "help-refund:\n  title",
            "help refund:\n  title",
            [
                bad(
                    "help refund",
                    (1, 1, "help refund"),
                    f"写法应符合 {SLUG}",
                    f"it must look like {SLUG}",
                )
            ],
            id="an id with a space",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "  publisher: Amazon\n  url",
            "  url",
            [missing("help-refund", "publisher", (1, 1, "help-refund"))],
            id="what the status needs",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "  from:\n    - help-refund\n    - guide\n",
            "",
            [missing("ours", "from", (23, 1, "ours"))],
            id="a conclusion from nothing",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "    en: Sellers' guide\n",
            "",
            [missing("guide › title", "en", (12, 3, "title"))],
            id="one language",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "read_as: copy",
            "readas: copy",
            [unknown("guide", "readas", "read_as", (17, 3))],
            id="a slip in a record",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "status: derived",
            "status: certain",
            [
                bad(
                    "status",
                    (27, 11, "certain"),
                    f"可用的值是 {STATUS}",
                    f"it must be one of {STATUS}",
                )
            ],
            id="a status that does not exist",
        ),
        pytest.param(
            models.Sources,
            SOURCES,
            "dated: 2024-05\n",
            "dated: 2024\n",
            [bad("dated", (8, 10, "2024"), *TEXT)],
            id="a year without quotation marks",
        ),
        pytest.param(
            models.Stores,
            STORES,
            "US:\n",
            "usa:\n",
            [bad("usa", (1, 1, "usa"), f"写法应符合 {CODE}", f"it must look like {CODE}")],
            id="a code that is none",
        ),
        pytest.param(
            models.Stores,
            STORES,
            "url: null",
            "url: https://www.amazon.se/contact-us",
            [bad("contact", (53, 5, "url: https://www.amazon.se/contact-us"), *CONTACT)],
            id="an address that is not confirmed",
        ),
        pytest.param(
            models.Stores,
            STORES,
            "url: https://www.amazon.com/contact-us",
            "url: null",
            [bad("contact", (13, 5, "url: null"), *CONTACT)],
            id="confirmed without an address",
        ),
        pytest.param(
            models.Stores,
            STORES,
            "id: us-abroad",
            "idd: us-abroad",
            [
                missing("US › phones › 1", "id", (30, 7, "idd: us-abroad")),
                unknown("US › phones › 1", "idd", "id", (30, 7)),
            ],
            id="a slip in an item of a list",
        ),
        pytest.param(
            models.Stores,
            STORES,
            '"+12065550100"',
            "12065550100",
            [bad("e164", (31, 13, "12065550100"), *TEXT)],
            id="a number without quotation marks",
        ),
        pytest.param(
            models.Stores,
            STORES,
            "- sv",
            "- swedish",
            [
                bad(
                    "languages",
                    (51, 7, "swedish"),
                    "写法应符合 ^[a-z]{2}(-[A-Z]{2})?$",
                    "it must look like ^[a-z]{2}(-[A-Z]{2})?$",
                )
            ],
            id="the only item is wrong, said once",
        ),
        pytest.param(
            models.ClaimWindowSets,
            CLAIM_WINDOWS,
            "from_days: 60",
            "from_days: null",
            [bad("customer-return", (8, 7, "from_days: null"), *WINDOW)],
            id="half a window",
        ),
        pytest.param(
            models.ClaimWindowSets,
            CLAIM_WINDOWS,
            "from_days: 60",
            "from_days: -1",
            [bad("from_days", (8, 18, "-1"), "不能小于 0", "not less than 0")],
            id="days before the event",
        ),
        pytest.param(
            models.ClaimWindowSets,
            CLAIM_WINDOWS,
            "since: 2024-10-23",
            "sinse: 2024-10-23",
            [
                missing("us", "since", (1, 1, "us")),
                unknown("us", "sinse", "since", (5, 3)),
            ],
            id="a slip in a group of windows",
        ),
    ],
)
def test_data_file(
    model: type[BaseModel], text: str, old: str, new: str, expected: list[Shown]
) -> None:
    assert check(model, changed(text, old, new), Words("x.yml ", "x.yml")) == expected


def test_a_slip_in_a_key_with_a_hyphen_is_suggested() -> None:
    text = CLAIM_WINDOWS.replace("removal-lost:", "removal_lost:", 1)
    found = check(models.ClaimWindowSets, text, Words("x.yml ", "x.yml"))
    assert found[1] == unknown("us › windows", "removal_lost", "removal-lost", (23, 5))


def test_an_empty_data_file_is_named() -> None:
    (found,) = check(models.Topics, "# nothing yet\n", Words("topics.yml ", "topics.yml"))
    assert found.zh == f"“topics.yml” 的值不对：{GROUP[0]}。"
    assert found.en == f"The value of “topics.yml” is wrong: {GROUP[1]}."


def test_an_item_of_a_list_of_records_is_named_by_its_file() -> None:
    (found,) = check(models.Changes, "- hello\n", Words("changes.yml ", "changes.yml"))
    assert (found.line, found.column, found.marked) == (1, 3, "hello")
    assert found.en == f"The value of “changes.yml” is wrong: {GROUP[1]}."


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=6,
)
MODELS = st.sampled_from([models.PageMeta, models.MessageMeta, *data_schemas().values()])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """The YAML of a valid file with one of its lines replaced, or of anything at all."""
    value: Any = draw(VALUES)
    filler = str(value).replace("\r", " ")
    if draw(st.booleans()):
        return filler
    lines = draw(st.sampled_from([FRONT, *FILES.values()])).split("\n")
    number = draw(st.integers(0, len(lines) - 1))
    lines[number] = lines[number].partition(":")[0] + ": " + filler.replace("\n", " ")
    return "\n".join(lines)


@PROPERTY
@given(MODELS, documents())
def test_any_document_is_valid_or_has_findings_inside_the_file(
    model: type[BaseModel], text: str
) -> None:
    source = SourceFile("docs/x.yml", text)
    value, findings = validate(model, parse_yaml(source, 0, len(text)), FRONT_MATTER)
    assert (value is None) == bool(findings)
    for finding in findings:
        assert is_inside(source, finding.span)
        assert finding.message("zh")
        assert finding.message("en")
