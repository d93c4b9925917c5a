"""The frame around every page: home, navigation, foot, 404, light and dark, keyboard, print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import ServedSite


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    "choice",
    [
        ("fba", "first-reply/"),
        ("fbm", "fbm/"),
        ("sfp", "sfp/"),
        ("mcf", "mcf/"),
        ("unsure", "order-type/"),
    ],
)
@pytest.mark.parametrize("language", ["", "en/"])
def test_two_clicks_lead_from_the_situation_to_the_page_without_a_script(
    language: str, choice: tuple[str, str], site: ServedSite, scriptless: Page
) -> None:
    kind, target = choice
    scriptless.goto(site.address + language)
    scriptless.locator(f"label[for=order-{kind}]").click()
    panels = scriptless.locator(".hb-start__panel:visible")
    expect(panels).to_have_count(1)
    panels.locator("a").first.click()
    assert scriptless.url.startswith(site.address + language + target)


def test_the_chooser_works_by_keyboard(site: ServedSite, page: Page) -> None:
    page.goto(site.address)
    page.locator("#order-fba").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#order-fbm")).to_be_checked()
    expect(page.locator(".hb-start__panel--fbm")).to_be_visible()
    expect(page.locator(".hb-start__panel--fba")).to_be_hidden()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", ["消息库", "站点目录", "常见问题"]),
        ("en/", ["Messages", "Stores", "FAQ"]),
    ],
)
def test_quick_ways_lead_to_messages_stores_and_questions(
    address: str, words: list[str], site: ServedSite, page: Page
) -> None:
    for word, target in zip(words, ("messages/", "stores/", "faq/"), strict=True):
        page.goto(site.address + address)
        page.locator(".hb-quick").get_by_role("link", name=word).click()
        assert page.url == site.address + address + target


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            "refund/",
            [
                "与亚马逊无关",
                "Amazon 和 FBA 是亚马逊的商标",
                "不提供法律意见",
                "买家可能有更多权利",
                "报告错误",
                "docs/refund.zh.md",
            ],
        ),
        (
            "en/refund/",
            [
                "independent of Amazon",
                "Amazon and FBA are Amazon's trademarks",
                "not legal advice",
                "more rights under local law",
                "Report an error",
                "docs/refund.en.md",
            ],
        ),
    ],
)
def test_the_foot_says_what_it_must(
    address: str, words: list[str], site: ServedSite, page: Page
) -> None:
    page.goto(site.address + address)
    foot = page.locator("footer")
    for word in words:
        expect(foot).to_contain_text(word)
    version = page.request.get(f"{site.address}data/version.json").json()
    expect(foot).to_contain_text(version["commit"][:10])


@pytest.mark.parametrize(
    ("address", "reviewed", "due"),
    [("refund/", "复核于", "下次复核"), ("en/refund/", "Reviewed", "next review")],
)
def test_the_page_says_when_it_was_reviewed_and_how_sure_its_sources_are(
    address: str, reviewed: str, due: str, site: ServedSite, page: Page
) -> None:
    page.goto(site.address + address)
    line = page.locator(".hb-meta")
    expect(line).to_contain_text(reviewed)
    expect(line).to_contain_text(due)
    expect(line.locator("time[data-due]")).to_have_attribute("datetime", "2027-05-23")
    line.locator("a").click()
    expect(page.locator("#sources")).to_be_in_viewport()
    sources = page.locator(".hb-sources ol > li")
    assert sources.count() == len(set(sources.evaluate_all("all => all.map((one) => one.id)"))) > 3
    for number in range(sources.count()):
        expect(sources.nth(number).locator(".hb-chip")).to_have_count(1)
        expect(sources.nth(number)).to_contain_text("2026-11-23")


def test_an_overdue_page_says_so_by_the_readers_clock(site: ServedSite, page: Page) -> None:
    page.clock.set_fixed_time("2027-05-23T12:00:00Z")
    page.goto(f"{site.address}refund/")
    expect(page.locator(".hb-overdue")).to_be_hidden()
    page.clock.set_fixed_time("2027-05-25T12:00:00Z")
    page.goto(f"{site.address}refund/")
    expect(page.locator(".hb-overdue")).to_be_visible()
    page.goto(f"{site.address}en/refund/")
    expect(page.locator(".hb-overdue")).to_contain_text("past its review date")


@pytest.mark.parametrize(
    ("address", "language", "first"),
    [
        ("nothing/here/", "zh", "没有这一页"),
        ("en/nothing/here/", "en", "There is no such page"),
    ],
)
def test_an_address_that_leads_nowhere_gets_words_in_its_language(
    address: str, language: str, first: str, site: ServedSite, page: Page
) -> None:
    response = page.goto(site.address + address)
    assert response is not None
    assert response.status == 404
    assert page.locator("html").get_attribute("lang") == language
    sections = page.locator("main section").all()
    top = min(sections, key=lambda section: (section.bounding_box() or {"y": 0})["y"])
    expect(top).to_contain_text(first)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_one_404_page_serves_both_languages(site: ServedSite, page: Page) -> None:
    body = (site.folder / "404.html").read_text(encoding="utf-8")
    page.route("**/en/gone/", lambda route: route.fulfill(status=404, body=body))
    page.goto(f"{site.address}en/gone/")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_reader_can_switch_to_dark_and_keeps_it(site: ServedSite, page: Page) -> None:
    page.goto(site.address)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator(".hb-palette").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{site.address}en/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_the_drawer_opens_on_a_phone(site: ServedSite, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{site.address}refund/")
    page.locator(".hb-header__drawer").click()
    link = page.locator(".hb-nav").get_by_role("link", name="常见问题")
    link.scroll_into_view_if_needed()
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(f"{site.address}faq/")
    context.close()


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("", ".hb-start__panel--fba .hb-start__question"),
        ("first-reply/", ".hb-shortcuts a"),
        ("refund/", ".hb-box--answer li"),
        ("messages/", "[data-filter] select"),
        ("messages/fba-first-reply/", "select[name=store]"),
        ("stores/", ".hb-stores__index a"),
        ("check-text/", "textarea"),
    ],
)
def test_the_first_screen_of_a_phone_has_what_the_page_is_for(
    language: str, address: str, what: str, site: ServedSite, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(site.address + language + address)
    expect(page.locator(what).first).to_be_in_viewport()
    page.close()


def test_a_phone_has_the_contents_of_a_long_page(site: ServedSite, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(site.address + "faq/")
    question = page.locator(".hb-contents a[href='#undo-refund']")
    expect(question).to_be_hidden()
    page.locator(".hb-contents summary").press("Enter")
    question.click()
    expect(page.locator("#undo-refund")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator(".hb-contents")).to_be_hidden()
    page.close()


def test_print_leaves_out_the_frame(site: ServedSite, page: Page) -> None:
    page.goto(f"{site.address}first-reply/")
    page.emulate_media(media="print")
    expect(page.locator(".hb-header")).to_be_hidden()
    expect(page.locator(".md-sidebar").first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("footer")).to_contain_text("与亚马逊无关")


def test_search_finds_a_page(site: ServedSite, page: Page) -> None:
    page.goto(f"{site.address}en/")
    page.locator(".md-search__input").click()
    page.keyboard.type("removal order")
    first = page.locator(".md-search-result__item a").first
    first.wait_for()
    first.click()
    page.wait_for_load_state()
    assert page.url != f"{site.address}en/"
