"""A rendered page cut into its sections: nothing of its frame, every word where it stands."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.search.sections import Section, sections


def test_a_page_is_cut_at_its_headings() -> None:
    assert sections(
        '<p>先说结论。</p><h2 id="why">为什么</h2><p>不赔。</p><h3 id="who">谁</h3><p>我们。</p>'
    ) == [
        Section("", "", "先说结论。"),
        Section("why", "为什么", "不赔。"),
        Section("who", "谁", "我们。"),
    ]


def test_a_term_of_the_glossary_is_a_section() -> None:
    text = '<dl><dt id="refund">退款 <span lang="en">refund</span></dt><dd><p>退钱。</p></dd></dl>'
    assert sections(text)[1:] == [Section("refund", "退款 refund", "退钱。")]


def test_what_stands_under_a_heading_without_an_id_stays_with_the_section_before() -> None:
    text = '<h2 id="a">A</h2><p>one</p><h3>B</h3><p>two</p>'
    assert sections(text)[1:] == [Section("a", "A", "one\nB\ntwo")]


@pytest.mark.parametrize(
    "part",
    [
        '<p class="hb-meta">复核于 2026-11-23</p>',
        '<sup class="hb-cite"><a href="#source-x">1</a></sup>',
        '<div class="hb-message"><div><pre>Hello,<br>bye</pre></div></div>',
        '<a class="headerlink" href="#why">#</a>',
        '<code lang="en">Sorry 🙏</code>',
        '<div class="hb-sources hb-sources--all"><ul><li>来源</li></ul></div>',
    ],
)
def test_what_is_no_text_of_the_page_is_left_out(part: str) -> None:
    assert sections(f"<p>前。{part}后。</p>") == [Section("", "", "前。后。")]
    assert sections(f'<h2 id="why">为什么{part}</h2><p>不赔。</p>')[1:] == [
        Section("why", "为什么", "不赔。")
    ]


def test_the_list_of_sources_is_no_section() -> None:
    assert sections('<p>一</p><h2 id="sources">来源</h2><ol><li>帮助页</li></ol>') == [
        Section("", "", "一")
    ]


def test_blocks_are_set_apart_and_words_are_not() -> None:
    text = "<ul><li>发<strong>退款</strong><a>回信</a></li><li>一<span>二</span></li></ul>"
    assert sections(text) == [Section("", "", "发退款回信\n一 二")]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_whatever_is_written_is_found_under_its_heading(parts: list[tuple[str, str]]) -> None:
    page = "".join(
        f'<h2 id="s{number}">{html.escape(title)}</h2><p>{html.escape(text)}</p>'
        for number, (title, text) in enumerate(parts)
    )
    assert sections(page)[1:] == [
        Section(f"s{number}", " ".join(title.split()), " ".join(text.split()))
        for number, (title, text) in enumerate(parts)
    ]
