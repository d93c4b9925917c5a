"""The policy that nginx sends, in Chromium: every page in both languages, and no violation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from browser.reading import read, watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from deploy.servers import Server

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Chromium says it in the console; a page's own script can hear it too.
LISTEN = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


def addresses() -> list[str]:
    """Every page in both languages."""
    found = [file.name.removesuffix(".zh.md") for file in DOCS.glob("*.zh.md")]
    found += [f"messages/{file.stem}" for file in (DOCS / "_messages").glob("*.md")]
    pages = ["" if name == "index" else f"{name}/" for name in [*found, "print"]]
    return sorted([*pages, *(f"en/{page}" for page in pages)])


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.add_init_script(LISTEN)
    yield context
    context.close()


def test_no_page_breaks_the_policy_below_a_path(nginx: Server, context: BrowserContext) -> None:
    home = nginx.mounts["subpath"]
    page = context.new_page()
    problems = watch(page, home)
    visited = addresses()
    assert len(visited) > 140
    for address in visited:
        response = page.goto(home + address)
        assert response is not None
        assert response.status == 200, address
        assert page.evaluate("window.violations") == [], address
    assert problems == []
    page.close()


@pytest.mark.parametrize("address", ["", "en/", "refund/", "en/check-text/", "messages/"])
def test_no_page_breaks_the_policy_at_the_root(
    nginx: Server, context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    problems = watch(page, nginx.mounts["root"])
    page.goto(nginx.mounts["root"] + address)
    assert page.evaluate("window.violations") == []
    assert problems == []
    page.close()


@pytest.mark.parametrize("mount", ["root", "subpath"])
def test_a_reader_gets_everything_on_nginx(nginx: Server, mount: str, browser: Browser) -> None:
    context = browser.new_context()
    read(context, nginx.mounts[mount])
    context.close()


@pytest.mark.parametrize("mount", ["root", "subpath"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_404_page_has_its_words_its_links_and_its_search(
    nginx: Server, mount: str, language: str, context: BrowserContext
) -> None:
    words, word = {"zh": ("没有这一页", "补发"), "en": ("no such page", "replacement")}[language]
    home = nginx.mounts[mount] + {"zh": "", "en": "en/"}[language]
    page = context.new_page()
    page.goto(f"{home}gone/deeper/")
    first = page.locator(f"section:lang({language})")
    expect(first).to_contain_text(words)
    assert page.evaluate("window.violations") == []
    links = first.locator("a").evaluate_all("all => all.map((one) => one.href)")
    assert links == [f"{home}{one}" for one in ("", "messages/", "faq/")]
    first.locator("input").fill(word)
    first.locator("input").press("Enter")
    page.wait_for_url(re.compile(rf"^{re.escape(home)}\?q="))
    expect(page.locator(".md-search-result__item a").first).to_be_visible()
    page.close()


def test_a_script_that_is_not_the_sites_does_not_run(
    nginx: Server, context: BrowserContext
) -> None:
    """The policy is in force, or the tests above would show nothing."""
    page = context.new_page()
    page.goto(nginx.mounts["subpath"])
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.ran") is None
    assert page.evaluate("window.violations.length") == 1
    page.close()
