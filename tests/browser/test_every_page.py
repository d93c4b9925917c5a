"""Every page in both languages: opens cleanly, fits a phone, is accessible, and has its partner."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe_playwright_python
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

    from conftest import ServedSite

DOCS = Path(__file__).resolve().parents[2] / "docs"
AXE = next(Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js"))
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}

# Rules of axe-core that are switched off by default are switched on; none is switched off.
RUN_AXE = """async () => {
  const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
  const { violations } = await axe.run(document, { rules, resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html).join(" | "));
}"""


def addresses() -> list[str]:
    """Every page's address relative to the root, from the files that editors write."""
    found = []
    for file in DOCS.glob("*.zh.md"):
        slug = file.name.removesuffix(".zh.md")
        found.append("" if slug == "index" else f"{slug}/")
    found += [f"messages/{file.stem}/" for file in (DOCS / "_messages").glob("*.md")]
    return sorted(found)


def last_heading(address: str) -> str:
    """The fragment of a page's last heading, from the editor's file; empty where it has none."""
    file = DOCS / f"{address.strip('/') or 'index'}.zh.md"
    found = (
        re.findall(r"^#+ .*\{ #([\w-]+)", file.read_text("utf-8"), re.MULTILINE)
        if file.exists()
        else []
    )
    return f"#{found[-1]}" if found else ""


ADDRESSES = addresses()


class Visit:
    """A page that is open, with what went wrong while it was loaded."""

    def __init__(self, context: BrowserContext, site: ServedSite) -> None:
        self.site = site
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.problems.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", lambda request: self.problems.append(f"lost: {request.url}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site.address, "data:", "blob:")):
            self.problems.append(f"elsewhere: {request.url}")

    def open(self, address: str) -> Page:
        """Open a page."""
        response = self.page.goto(self.site.address + address)
        assert response is not None
        assert response.status == 200
        return self.page


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, has_touch=True)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture(scope="module")
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    yield context
    context.close()


def flaws(visit: Visit, language: str) -> list[str]:
    """What is wrong with the page that is open."""
    page = visit.page
    found = list(visit.problems)
    if page.locator("html").get_attribute("lang") != language:
        found.append("the language of the page")
    if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        found.append("it scrolls sideways")
    if re.search("[\u200b-\u200d\u2060\ufeff]", page.content()):
        found.append("zero-width characters")
    ids: list[str] = page.eval_on_selector_all("[id]", "all => all.map((one) => one.id)")
    found += [f"id twice: {name}" for name, times in Counter(ids).items() if times > 1]
    found += [f"id by number: {name}" for name in ids if re.fullmatch(r"_\d+", name)]
    return found + serious_violations(page)


def serious_violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical.

    At the top of the page: further down, axe takes a link that is just sliding under the bar for
    one that is too small.
    """
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    page.add_script_tag(path=AXE)
    violations: list[str] = page.evaluate(RUN_AXE)
    return violations


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_is_sound_on_a_phone_and_the_switch_keeps_page_and_section(
    address: str, site: ServedSite, phone: BrowserContext
) -> None:
    anchor = last_heading(address)
    visit = Visit(phone, site)
    page = visit.open(address + anchor)
    assert flaws(visit, "zh") == []

    page.locator("[data-hb-language]").click()

    page.wait_for_url(f"{site.address}en/{address}{anchor}")
    assert not anchor or page.locator(anchor).count() == 1
    assert flaws(visit, "en") == []
    page.close()


@pytest.mark.parametrize("address", ["", "first-reply/", "stores/", "messages/", "refund/"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_the_page_is_accessible_on_a_desktop(
    address: str, language: str, site: ServedSite, desktop: BrowserContext
) -> None:
    page = Visit(desktop, site).open(language + address)
    assert serious_violations(page) == []
    page.close()


@pytest.mark.parametrize("address", ["", "first-reply/", "stores/", "messages/fba-first-reply/"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_dark_phones_are_accessible_too(
    address: str, language: str, site: ServedSite, browser: Browser
) -> None:
    viewport: Any = PHONE
    context = browser.new_context(viewport=viewport, color_scheme="dark")
    page = Visit(context, site).open(language + address)
    assert serious_violations(page) == []
    context.close()


@pytest.mark.parametrize("address", ["", "refund/", "messages/fba-refund/"])
def test_the_switch_leads_back(address: str, site: ServedSite, desktop: BrowserContext) -> None:
    page = Visit(desktop, site).open(f"en/{address}")
    page.locator("[data-hb-language]").click()
    page.wait_for_url(site.address + address)
    assert page.locator("html").get_attribute("lang") == "zh"
    page.close()


def test_the_switch_keeps_the_section_that_the_reader_has_scrolled_to(
    site: ServedSite, desktop: BrowserContext
) -> None:
    page = Visit(desktop, site).open("refund/")
    page.locator("#why").evaluate("heading => heading.scrollIntoView()")
    # A click by coordinates: Playwright scrolls the page before it clicks an element.
    box = page.locator("[data-hb-language]").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url(f"{site.address}en/refund/#why")
    page.close()


@pytest.mark.parametrize("address", ["", "first-reply/", "stores/", "en/", "en/refund/"])
def test_nothing_is_asked_of_the_public_address_on_another_host(
    address: str, public_site: ServedSite, desktop: BrowserContext
) -> None:
    visit = Visit(desktop, public_site)
    page = visit.open(address)
    canonical = page.locator("link[rel=canonical]").get_attribute("href")
    assert canonical == f"https://handbook.example.com/fba/{address}"
    page.locator(".md-search__input").first.click()
    page.keyboard.type("refund")
    page.locator(".md-search-result__item a").first.wait_for(state="attached")
    assert visit.problems == []
    page.close()
