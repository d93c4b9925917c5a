"""The search index: what can be found, where it leads, and that it is the same each time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.content import Content, load
from handbook.search import write_index
from handbook.search.entries import Entry, entries
from handbook.search.index import index
from minisite import minisite, replace

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.models import Language

HTML = {
    "": "<p>从这里开始。</p>",
    "refund": '<p>不要手动退款。</p><h2 id="why">为什么</h2><p>不赔。</p><h2 id="re">回</h2>',
    "messages": "<p>问候</p>",
    "stores": '<h3 id="us">美国站</h3><p>1-800-555-0100</p><h2 id="about">说明</h2>',
    "glossary": '<dl><dt id="refund">退款</dt><dd>退钱。</dd></dl>',
}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    return load(minisite(tmp_path_factory.mktemp("site")))


def rendered(content: Content) -> dict[str, str]:
    """A body for each page of the miniature."""
    return {
        page.source.path.removeprefix("docs/"): HTML.get(page.slug, "<p>一</p>")
        for page in content.pages.values()
    }


def found(content: Content, language: Language = "zh") -> dict[str, Entry]:
    return {entry.url: entry for entry in entries(content, rendered(content), language)}


def test_pages_sections_messages_stores_and_terms_are_found(content: Content) -> None:
    kinds = {url: entry.kind for url, entry in found(content).items()}
    assert kinds["refund/"] == "guide"
    assert kinds["refund/#why"] == "guide"
    assert kinds["messages/"] == "library"
    assert kinds["messages/hello/"] == "message"
    assert kinds[""] == "more"


def test_each_language_has_its_own_entries(content: Content) -> None:
    zh, en = found(content), found(content, "en")
    assert {f"en/{url}" for url in zh} == set(en)
    assert zh["messages/hello/"].title == "问候"
    assert en["en/messages/hello/"].title == "Greeting"


def test_a_section_is_known_by_its_topics_and_its_page(content: Content) -> None:
    entry = found(content)["refund/#why"]
    assert (entry.title, entry.page, entry.text) == ("为什么", "退款", "不赔。")
    assert entry.names[0] == content.records.topics["refund"].zh


def test_a_section_answers_its_own_topics_and_those_of_its_page(content: Content) -> None:
    topics = {url: entry.topics for url, entry in found(content).items()}
    assert topics["refund/#why"] == topics["refund/#re"] == ("refund",)
    assert topics["messages/"] == ("templates",)
    assert topics["messages/hello/"] == topics[""] == ()


def test_the_questions_of_topics_are_in_the_index_of_their_language(content: Content) -> None:
    data = index(content, rendered(content), "zh")
    assert data["questions"] == ["谁退款\n能退钱吗", ""]
    assert index(content, rendered(content), "en")["questions"] == ["", "a text to copy"]
    numbers = {entry[0]: entry[3] for entry in data["entries"]}
    assert (numbers["refund/"], numbers["messages/"], numbers[""]) == ([0], [1], [])


def test_a_page_is_found_by_its_description(content: Content) -> None:
    assert found(content)["refund/"].text == "谁来退款。\n不要手动退款。"


def test_a_message_is_found_by_its_use_and_its_text_in_the_readers_language(
    content: Content,
) -> None:
    assert found(content)["messages/hello/"].text.startswith("第一次回信\n您好。\n\n这是关于订单 [")
    assert found(content, "en")["en/messages/hello/"].text.startswith("the first reply\nHello,")


def test_every_spelling_of_the_glossary_is_in_the_index(content: Content) -> None:
    terms = index(content, rendered(content), "zh")["terms"]
    assert terms == [[term.zh, term.en, *term.also] for term in content.records.terms.values()]


def test_the_index_folds_to_the_characters_that_the_content_uses(content: Content) -> None:
    pairs = index(content, rendered(content), "zh")["fold"]
    table = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert table["從"] == "从"
    assert "貨" not in table


def test_the_same_content_gives_the_same_bytes(content: Content, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_index(content, rendered(content), tmp_path / name)
    for language in ("zh", "en"):
        first = (tmp_path / "one" / f"{language}.js").read_bytes()
        assert first == (tmp_path / "two" / f"{language}.js").read_bytes()


def test_the_file_is_a_script_that_hands_over_json(content: Content, tmp_path: Path) -> None:
    write_index(content, rendered(content), tmp_path)
    script = (tmp_path / "en.js").read_text(encoding="utf-8")
    start, end = "handbookSearch.take(", ");\n"
    assert script.startswith(start)
    assert script.endswith(end)
    assert json.loads(script.removeprefix(start).removesuffix(end)) == index(
        content, rendered(content), "en"
    )


def test_a_page_whose_front_matter_is_not_valid_is_not_indexed(tmp_path: Path) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/refund.zh.md", "title: 退款\n", "")
    broken = load(root)
    with pytest.raises(ValueError, match=r"docs/refund\.zh\.md"):
        entries(broken, rendered(broken), "zh")


def test_the_real_index_has_no_stray_characters(site_folder: Path) -> None:
    for language in ("zh", "en"):
        script = (site_folder / "search" / f"{language}.js").read_text(encoding="utf-8")
        assert not set(script) & set("\u200b\u200c\u200d\ufeff\u00ad\v")
        assert "↩" not in script
        assert "<sup" not in script
