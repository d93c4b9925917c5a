"""The browser reads the rules for messages as Python does: the same texts, the same findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handbook.messaging.examine import examine
from handbook.messaging.ruleset import ruleset
from vectors import LANGUAGES, stores, vectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

    from conftest import ServedSite

# Makes the engine of the page ready; offsets are turned into code points, as Python counts.
PREPARE = """async () => {
  const [engine, general] = await Promise.all([handbook.load("examine"), handbook.load("rules")]);
  const rules = engine.prepare(general);
  const prepared = {};
  window.examineAll = async (cases) => {
    const found = [];
    for (const { text, language, store } of cases) {
      const tag = engine.tagOf(language, rules.tags);
      const words = [];
      for (const one of tag ? new Set([tag, rules.everywhere]) : []) {
        prepared[one] ??= engine.prepareLanguage(await handbook.load("words-" + one));
        words.push(prepared[one]);
      }
      const points = (offset) => [...text.slice(0, offset)].length;
      found.push(engine.examine(text, rules, { language, store, words })
        .map((hit) => [points(hit.start), points(hit.end), hit.rule]));
    }
    return found;
  };
}"""

Case = dict[str, str]


@pytest.fixture(scope="module")
def page(browser: Browser, site: ServedSite) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(f"{site.address}en/check-text/")
    page.evaluate(PREPARE)
    yield page
    page.close()


def differences(page: Page, cases: Sequence[Case]) -> list[str]:
    """Where the browser finds something else than Python."""
    found: list[Any] = page.evaluate("cases => window.examineAll(cases)", list(cases))
    wrong = []
    for case, hits in zip(cases, found, strict=True):
        expected = [
            [hit.start, hit.end, hit.rule]
            for hit in examine(
                case["text"],
                ruleset(),
                language=case["language"],
                stores=stores(),
                store=case["store"] or None,
            )
        ]
        if hits != expected:
            wrong.append(f"{case}\n  browser {hits}\n  python  {expected}")
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_texts_give_the_same_findings(page: Page, language: str) -> None:
    cases = [
        {"text": vector.text, "language": language, "store": vector.store or ""}
        for vector in vectors(language)
    ]
    assert len(cases) > 200
    assert differences(page, cases) == []


# Pieces that are easily read in two ways.
PIECES = [
    "call", "1-888-280-4331", "113-1234567-1234567", "amazon.com", "https://", "www.", "bit.ly/x",
    "(at)", "{name}", "[x]", "<b>", "😀👍🏽", "\n\n\n", " ", "。", "！", "we will",
    "差評", "退款", "我们", "が", "مرحبا", "٠٨٠٠", "İ", "ß", "e\u0301", "\u200b",
    "\U0001d7d8", "ﬁ", "½",
]  # fmt: skip


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.lists(
        st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=12).map("".join),
        min_size=20,
        max_size=40,
    ),
    st.sampled_from([*LANGUAGES, "und"]),
    st.sampled_from(["", "US", "DE"]),
)
def test_any_text_gives_the_same_findings(
    page: Page, texts: list[str], language: str, store: str
) -> None:
    cases = [{"text": text, "language": language, "store": store} for text in texts]
    assert differences(page, cases) == []
