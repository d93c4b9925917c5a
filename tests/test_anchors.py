"""Which fragments lead to a place on a page: its headings, and what its blocks bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.anchors import page_anchors, store_anchor
from handbook.checks import check
from handbook.content import load
from minisite import INDEX_ZH, minisite, replace, write

if TYPE_CHECKING:
    from pathlib import Path

HEAD = INDEX_ZH.partition("先看")[0]


def anchors(root: Path, body: str) -> set[str]:
    """The anchors of the miniature's home page with another text."""
    write(root, "docs/index.zh.md", HEAD + body)
    content = load(root)
    page = content.page("index", "zh")
    assert page is not None
    return page_anchors(page, content)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("text\n", set(), id="none"),
        pytest.param("## a { #a }\n\n### b { #b-c }\n", {"a", "b-c"}, id="headings"),
        pytest.param("## a\n", set(), id="a heading without an id"),
        pytest.param("x[^help-refund]\n", {"sources"}, id="the list of sources"),
        pytest.param("/// stores\n///\n", {"us", "se", "sources"}, id="stores"),
        pytest.param("/// terms\n///\n", {"removal-order", "buyer", "sources"}, id="terms"),
        pytest.param(
            "/// changes\n///\n", {"windows-2024", "first-edition", "sources"}, id="changes"
        ),
        pytest.param(
            "## a { #a }\n\n/// terms\n///\n\nx[^guide]\n",
            {"a", "removal-order", "buyer", "sources"},
            id="all together",
        ),
        pytest.param("/// phones\n///\n", {"sources"}, id="numbers, which cite sources"),
        pytest.param(
            "/// all-sources\n///\n",
            {
                "all-help-refund",
                "all-guide",
                "all-ours",
                "all-nobody-knows",
                "all-spapi-marketplaces",
                "all-unknown-phones",
            },
            id="all sources",
        ),
        pytest.param("/// start\n///\n", set(), id="a block without anchors"),
        pytest.param("```\n/// terms\n///\n```\n", set(), id="not in code"),
    ],
)
def test_anchors_of_a_page(tmp_path: Path, body: str, expected: set[str]) -> None:
    assert anchors(minisite(tmp_path), body) == expected


@pytest.mark.parametrize(("code", "anchor"), [("US", "us"), ("SE", "se")])
def test_a_stores_anchor_is_its_code_in_small_letters(code: str, anchor: str) -> None:
    assert store_anchor(code) == anchor


@pytest.mark.parametrize(
    ("anchor", "message"),
    [
        pytest.param("why", None, id="a heading"),
        pytest.param("sources", None, id="the list of sources"),
        pytest.param(
            "rply",
            "has no heading “#rply”. Did you mean “reply”?",
            id="a heading that is not there",
        ),
    ],
)
def test_a_link_is_checked_against_the_anchors(
    tmp_path: Path, anchor: str, message: str | None
) -> None:
    root = minisite(tmp_path)
    for language in ("zh", "en"):
        page = f"docs/index.{language}.md"
        replace(root, page, f"refund.{language}.md#why", f"refund.{language}.md#{anchor}")
    assert [finding.message("en") for finding in check(load(root))] == [
        f"docs/refund.{language}.md {message}" for language in ("en", "zh") if message
    ]
