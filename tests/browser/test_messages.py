"""A message in the page: choose, fill in, be warned, copy - on an intranet without https."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from conftest import INTRANET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Route

    from conftest import ServedSite

ORDER = "113-1234567-1234567"
PHONE = ViewportSize(width=360, height=740)


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=ViewportSize(width=1280, height=900))
    yield context
    context.close()


@pytest.fixture
def intranet(site: ServedSite) -> str:
    """The site's address under a name that is no secure context."""
    return site.address.replace("127.0.0.1", INTRANET)


class Block:
    """A message block on a page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.box = page.locator(f"[data-message={name}]")
        self.preview = self.box.locator("[data-preview]")
        self.status = self.box.locator("[data-status]")
        self.copy = self.box.locator("[data-copy]")
        self.store = self.box.locator("select[name=store]")
        self.order = self.box.locator("input[name=order_id]")
        self.findings = self.box.locator("[data-findings] li")

    def tab(self, language: str) -> None:
        """Choose a language."""
        self.box.locator(f"[data-lang={language}]").click()

    @property
    def text(self) -> str:
        """What is shown to be copied."""
        return str(self.preview.evaluate("element => element.textContent"))


def open_block(page: Page, address: str, name: str) -> Block:
    page.goto(address)
    block = Block(page, name)
    expect(block.copy).to_be_visible()
    return block


def pasted(page: Page) -> str:
    """What the clipboard holds, by pasting it into a field of an empty page."""
    page.evaluate(
        "() => { const area = document.createElement('textarea'); area.id = 'pasted';"
        " document.body.prepend(area); area.focus(); }"
    )
    page.keyboard.press("Control+V")
    return page.locator("#pasted").input_value()


@pytest.mark.parametrize("language", ["", "en/"])
def test_fill_in_switch_store_and_copy_without_a_secure_context(
    language: str, intranet: str, context: BrowserContext
) -> None:
    page = context.new_page()
    block = open_block(page, f"{intranet}{language}messages/fba-contact-path/", "fba-contact-path")
    assert page.evaluate("window.isSecureContext") is False
    assert page.evaluate("navigator.clipboard") is None

    block.store.select_option("DE")
    block.order.fill(ORDER)

    expect(block.preview).to_have_attribute("lang", "de")
    expect(block.preview).to_contain_text("https://www.amazon.de/contact-us")
    expect(block.preview).to_contain_text(ORDER)
    block.copy.click()
    copied = {"": "已复制", "en/": "Copied"}[language]
    expect(block.status).to_contain_text(copied)
    expect(block.status).to_contain_text(str(len(block.text)))
    text = block.text
    assert pasted(page) == text
    assert "\n\n" in text
    assert "[" not in text


def test_copy_with_the_clipboard_of_a_secure_context(
    site: ServedSite, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/fba-first-reply/", "fba-first-reply")
    block.store.select_option("US")
    block.order.fill(ORDER)
    block.copy.click()
    expect(block.status).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == block.text


def test_an_empty_field_is_named_first_and_copied_in_brackets_then(
    site: ServedSite, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    block = open_block(page, f"{site.address}en/messages/fba-contact-path/", "fba-contact-path")
    page.evaluate("navigator.clipboard.writeText('before')")

    block.copy.click()
    expect(block.status).to_have_text(
        "Not filled in yet: Order ID, The buyer's store. Nothing was copied. "
        "Press again to copy all the same, with the blanks in brackets."
    )
    expect(block.order).to_be_focused()
    assert page.evaluate("navigator.clipboard.readText()") == "before"

    block.copy.click()
    expect(block.status).to_contain_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text == block.text
    assert "[order_id]" in text
    assert "[contact_link]" in text


def test_a_change_after_the_first_press_asks_again(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    block = open_block(page, f"{site.address}en/messages/fba-contact-path/", "fba-contact-path")
    block.copy.click()
    block.order.fill(ORDER)
    block.copy.click()
    expect(block.status).to_contain_text("Not filled in yet: The buyer's store.")


def test_success_is_said_only_when_it_happened(site: ServedSite, context: BrowserContext) -> None:
    page = context.new_page()
    page.add_init_script(
        "document.execCommand = () => false;"
        "Object.defineProperty(navigator, 'clipboard', {value: undefined});"
    )
    block = open_block(page, f"{site.address}en/messages/any-holding-reply/", "any-holding-reply")
    for field in block.box.locator("input").all():
        field.fill("2026-12-01")
    block.copy.click()
    expect(block.status).to_contain_text("Not copied.")
    selected = page.evaluate("getSelection().toString()")
    assert selected.split() == block.text.split()
    expect(block.copy).to_have_text("Copy the text")


def test_everything_works_by_keyboard(site: ServedSite, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    block = open_block(page, f"{site.address}en/messages/fba-contact-path/", "fba-contact-path")
    block.store.focus()
    page.keyboard.type("Fra")
    expect(block.store).to_have_value("FR")
    page.keyboard.press("Tab")
    expect(block.order).to_be_focused()
    page.keyboard.type(ORDER)
    page.keyboard.press("Tab")
    expect(block.box.locator("[data-lang=fr]")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(block.box.locator("[data-lang=it]")).to_be_focused()
    expect(block.preview).to_have_attribute("lang", "it")
    page.keyboard.press("Home")
    expect(block.preview).to_have_attribute("lang", "en")
    page.keyboard.press("End")
    expect(block.preview).to_have_attribute("lang", "zh")
    page.keyboard.press("ArrowLeft")
    expect(block.preview).to_have_attribute("lang", "ar")
    expect(block.preview).to_have_css("direction", "rtl")
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    expect(block.copy).to_be_focused()
    page.keyboard.press("Enter")
    expect(block.status).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == block.text


@pytest.mark.parametrize("language", ["", "en/"])
def test_from_home_to_the_clipboard_in_two_clicks_and_the_keyboard(
    language: str, site: ServedSite, context: BrowserContext
) -> None:
    """A German buyer got the wrong item: situation, message, store, order ID, Enter."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(site.address + language)
    page.locator(".hb-start__panel--fba a").first.click()
    page.locator(".hb-shortcuts a").first.click()
    block = Block(page, "fba-first-reply")
    expect(block.store).to_be_in_viewport()
    page.keyboard.press("Tab")  # the message's title
    page.keyboard.press("Tab")
    expect(block.store).to_be_focused()
    page.keyboard.type({"": "de", "en/": "ger"}[language])
    page.keyboard.press("Tab")
    page.keyboard.type(ORDER)
    page.keyboard.press("Enter")
    expect(block.status).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Guten Tag,")
    assert ORDER in copied
    assert "https://www.amazon.de/contact-us" in copied


def test_a_link_that_names_a_store_speaks_its_language(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    address = f"{site.address}messages/fba-first-reply/"
    block = open_block(page, f"{address}?store=SA", "fba-first-reply")
    expect(block.store).to_have_value("SA")
    expect(block.preview).to_have_attribute("lang", "ar")
    block = open_block(page, f"{address}?store=SA&lang=en", "fba-first-reply")
    expect(block.preview).to_have_attribute("lang", "en")


def test_enter_in_a_field_copies(site: ServedSite, context: BrowserContext) -> None:
    """From the store to the clipboard without the mouse: code, Tab, order ID, Enter."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/fba-first-reply/", "fba-first-reply")
    block.store.focus()
    page.keyboard.type("se")
    expect(block.store).to_have_value("SE")
    expect(block.preview).to_have_attribute("lang", "sv")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(block.status).to_contain_text("还没有填：订单编号")
    page.keyboard.type(ORDER)
    page.keyboard.press("Enter")
    expect(block.status).to_contain_text("已复制")
    assert page.evaluate("navigator.clipboard.readText()") == block.text
    assert ORDER in block.text


def test_on_a_phone_the_chosen_language_is_in_sight(site: ServedSite, browser: Browser) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/fba-first-reply/", "fba-first-reply")
    expect(block.copy).to_be_in_viewport()
    block.store.select_option("PL")
    expect(block.box.locator("[data-lang=pl]")).to_be_in_viewport(ratio=1)
    context.close()


@pytest.mark.parametrize("language", ["", "en/"])
def test_what_amazon_would_block_is_said_before_copying(
    language: str, intranet: str, browser: Browser
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    block = open_block(page, f"{intranet}{language}messages/fba-contact-path/", "fba-contact-path")
    block.store.select_option("US")
    block.order.fill(ORDER)
    expect(block.findings).to_have_count(0)
    block.order.fill(f"{ORDER} (call 1-888-280-4331)")
    rule = block.box.locator("[data-rule=phone-number]")
    expect(rule).to_contain_text("1-888-280-4331")
    link = rule.locator("a").get_attribute("href") or ""
    assert link.endswith(f"{language}rules/#phone-number")
    block.order.fill(ORDER)
    expect(block.findings).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()


def test_a_value_is_text_and_never_markup(site: ServedSite, context: BrowserContext) -> None:
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/fba-contact-path/", "fba-contact-path")
    nasty = "<img src=x onerror=alert(1)>{order_id} $& [x]"
    block.order.fill(nasty)
    expect(block.preview).to_contain_text(nasty)
    assert block.preview.locator("img").count() == 0


def test_store_language_and_values_are_kept_in_this_tab_alone(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/fba-first-reply/", "fba-first-reply")
    block.store.select_option("JP")
    block.order.fill(ORDER)
    expect(block.preview).to_have_attribute("lang", "ja")

    other = open_block(page, f"{site.address}en/messages/fba-refund/", "fba-refund")
    expect(other.preview).to_have_attribute("lang", "ja")
    expect(other.preview).to_contain_text(ORDER)
    expect(other.store).to_have_value("JP")
    assert ORDER not in page.url
    assert page.evaluate("document.cookie + JSON.stringify(localStorage)").find(ORDER) == -1
    assert ORDER in page.evaluate("JSON.stringify(sessionStorage)")

    tab = context.new_page()
    fresh = open_block(tab, f"{site.address}messages/fba-refund/", "fba-refund")
    expect(fresh.order).to_have_value("")

    other.box.locator("[data-clear]").click()
    expect(other.order).to_have_value("")
    expect(other.order).to_be_focused()
    assert ORDER not in page.evaluate("JSON.stringify(sessionStorage)")


def test_the_same_blank_is_filled_everywhere_on_a_page(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{site.address}refund/")
    boxes = page.locator("[data-message]:has(input[name=order_id])")
    expect(boxes.first.locator("[data-copy]")).to_be_visible()
    assert boxes.count() >= 2
    boxes.first.locator("input[name=order_id]").fill(ORDER)
    for number in range(boxes.count()):
        expect(boxes.nth(number).locator("[data-preview]")).to_contain_text(ORDER)


def test_a_guidance_page_brings_the_other_languages_when_asked(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    block = open_block(page, f"{site.address}first-reply/", "fba-first-reply")
    assert [url for url in asked if "/messages/text-" in url or "/messages/rules" in url] == []
    block.tab("pl")
    expect(block.preview).to_have_attribute("lang", "pl")
    expect(block.preview).to_contain_text("Amazon")
    reading = block.box.locator("[data-reading=zh]")
    expect(reading).to_be_visible()


def test_a_store_without_a_confirmed_link_has_the_path_in_words_alone(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/fba-contact-path/", "fba-contact-path")
    block.store.select_option("NL")
    block.order.fill(ORDER)
    expect(block.preview).to_have_attribute("lang", "nl")
    assert "http" not in block.text
    assert "contact_link" not in block.text
    assert "\n\n\n" not in block.text


def test_the_address_may_choose_store_and_language_and_nothing_else(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    query = "?store=DE&lang=fr&order_id=%3Cscript%3Ealert(1)%3C/script%3E"
    block = open_block(page, f"{site.address}messages/fba-refund/{query}", "fba-refund")
    expect(block.store).to_have_value("DE")
    expect(block.preview).to_have_attribute("lang", "fr")
    expect(block.order).to_have_value("")
    block = open_block(page, f"{site.address}messages/fba-refund/?store=XX&lang=xx", "fba-refund")
    expect(block.store).to_have_value("")
    expect(block.preview).to_have_attribute("lang", "en")


def test_a_case_for_seller_support_has_no_store(site: ServedSite, context: BrowserContext) -> None:
    page = context.new_page()
    block = open_block(page, f"{site.address}messages/case-bin-check/", "case-bin-check")
    expect(block.store).to_have_count(0)
    expect(block.box.locator("[role=tab]")).to_have_count(2)


def test_without_a_script_every_text_can_be_read_and_selected(
    site: ServedSite, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}messages/fba-first-reply/")
    box = page.locator("[data-message=fba-first-reply]")
    expect(box.locator("[data-copy]")).to_be_hidden()
    expect(box.locator("[data-preview]")).to_be_visible()
    expect(box.locator("[data-preview]")).to_contain_text("[order_id]")
    expect(box.locator("[data-reading=zh]")).to_be_visible()
    languages = box.locator("details")
    assert languages.count() == 11
    languages.first.locator("summary").click()
    expect(languages.first.locator("pre")).to_be_visible()
    context.close()


def test_in_print_every_language_is_readable(site: ServedSite, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}messages/fba-first-reply/")
    page.emulate_media(media="print")
    expect(page.locator("[data-compose]")).to_be_hidden()
    for text in page.locator("details pre").all():
        expect(text).to_be_visible()
    context.close()


# Check my own text


@pytest.mark.parametrize("language", ["", "en/"])
def test_ones_own_text_is_marked_and_explained(
    language: str, intranet: str, context: BrowserContext
) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.goto(f"{intranet}{language}check-text/")
    page.on("request", lambda request: asked.append(request.method + request.url))
    text = "Hi, we will refund you today.\n\nCall +1 (206) 266-2992 or see http://amazon.com.order-help.net."
    page.locator("textarea").fill(text)
    findings = page.locator("[data-findings] li")
    expect(findings.first).to_be_visible()
    rules = findings.evaluate_all("items => items.map((item) => item.dataset.rule)")
    assert {"refund-promise-fba", "phone-number", "external-link", "insecure-link"} <= set(rules)
    marked = page.locator("[data-marked]")
    assert marked.locator("mark").filter(has_text="+1 (206) 266-2992").count() == 1
    marked.evaluate("pre => pre.querySelectorAll('sup').forEach((sup) => sup.remove())")
    assert marked.evaluate("pre => pre.textContent") == text
    expect(page.locator("[data-status]")).to_contain_text(str(len(rules)))

    page.locator("select[name=order]").select_option("fbm")
    expect(page.locator("[data-rule=refund-promise-fba]")).to_have_count(0)
    page.locator("select[name=order]").select_option("either")
    expect(page.locator(".hb-finding--warning[data-rule=refund-promise-fba]")).to_have_count(1)

    page.locator("textarea").fill("Thank you, I am checking this and will answer here tomorrow.")
    expect(findings).to_have_count(0)
    expect(page.locator("[data-status]")).not_to_be_empty()
    # Only the handbook's own scripts were asked for, and nothing that was typed is kept.
    assert all(one.startswith(f"GET{intranet}assets/") for one in asked), asked
    kept = page.evaluate("JSON.stringify([sessionStorage, localStorage]) + document.cookie")
    assert "refund you" not in kept


def test_nothing_is_marked_for_what_is_wrong_with_the_whole_text(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{site.address}en/check-text/")
    marked = page.locator("[data-marked]")
    status = page.locator("[data-status]")
    expect(status).to_contain_text("Paste a text")
    expect(marked).to_be_hidden()
    page.locator("select[name=language]").select_option("ja")
    page.locator("textarea").fill(
        "We are sorry that a different item arrived. Call 1-888-280-4331."
    )
    expect(page.locator("[data-rule=language-mismatch]")).to_have_count(1)
    expect(marked).to_be_visible()
    expect(marked.locator("mark").filter(has_text="We are sorry")).to_have_count(0)
    expect(marked.locator("mark").filter(has_text="1-888-280-4331")).to_have_count(1)
    page.locator("textarea").fill("")
    expect(status).to_contain_text("Paste a text")
    expect(marked).to_be_hidden()


def test_markup_in_ones_own_text_is_text(site: ServedSite, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(f"{site.address}en/check-text/")
    page.locator("textarea").fill("<img src=x onerror=alert(1)> sorry")
    expect(page.locator("[data-rule=html]")).to_have_count(1)
    assert page.locator("[data-marked] img, [data-findings] img").count() == 0


def test_choosing_a_store_chooses_its_language_and_finds_links_of_others(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    page.goto(f"{site.address}check-text/")
    page.locator("select[name=store]").select_option("DE")
    expect(page.locator("select[name=language]")).to_have_value("de")
    page.locator("textarea").fill(
        "Bitte öffnen Sie https://www.amazon.com/contact-us und melden Sie sich an."
    )
    expect(page.locator("[data-rule=wrong-store-link]")).to_have_count(1)


UNCHECKED = "A file did not load, so this text was not checked."


@pytest.mark.parametrize(
    ("name", "how"),
    [
        *((name, "lost") for name in ("check", "examine", "rules", "catalogue-en", "words-en")),
        ("check", "another file in its place"),
    ],
)
def test_a_check_that_does_not_load_does_not_pass_for_a_good_one(
    name: str, how: str, site: ServedSite, context: BrowserContext
) -> None:
    def answer(route: Route) -> None:
        if how == "lost":
            route.abort()
        else:
            route.fulfill(body="0", content_type="text/javascript")

    page = context.new_page()
    page.route(re.compile(rf"/messages/{name}\.js"), answer)
    page.goto(f"{site.address}en/check-text/")
    status = page.locator("[data-own-text] [data-status]")
    page.locator("textarea").fill("Please leave us a five star review.")
    expect(status).to_contain_text(UNCHECKED)

    block = open_block(page, f"{site.address}en/messages/fba-first-reply/", "fba-first-reply")
    block.order.fill("call 1-888-280-4331")
    expect(block.status).to_contain_text(UNCHECKED)

    # What was lost is asked for anew.
    page.unroute_all()
    block.order.fill("call 1-888-280-4331 now")
    expect(block.box.locator("[data-rule=phone-number]")).to_have_count(1)
    expect(block.status).to_be_empty()


def test_a_text_that_does_not_load_is_missed(site: ServedSite, context: BrowserContext) -> None:
    page = context.new_page()
    page.route("**/messages/text-*.js", lambda route: route.abort())
    block = open_block(page, f"{site.address}en/first-reply/", "fba-first-reply")
    block.tab("pl")
    expect(block.status).to_contain_text("A file did not load")
    expect(block.preview).to_have_attribute("lang", "en")


def test_a_text_that_comes_late_does_not_take_the_place_of_the_chosen_one(
    site: ServedSite, context: BrowserContext
) -> None:
    page = context.new_page()
    late: list[Route] = []
    page.route("**/messages/text-*.js", lambda route: late.append(route))  # noqa: PLW0108 - as it asks
    block = open_block(page, f"{site.address}en/first-reply/", "fba-first-reply")
    block.tab("pl")
    block.tab("en")
    page.wait_for_timeout(50)
    with page.expect_response("**/messages/text-fba-first-reply*.js"):
        for route in late:
            route.continue_()
    page.wait_for_timeout(100)
    expect(block.preview).to_have_attribute("lang", "en")


def test_without_a_script_the_page_leads_to_the_rules(site: ServedSite, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}en/check-text/")
    expect(page.locator("textarea")).to_be_hidden()
    page.locator("[data-without-script] a").click()
    assert page.url == f"{site.address}en/rules/"
    context.close()


# The library


def test_the_library_is_narrowed_by_four_things_and_is_a_plain_list_without(
    site: ServedSite, context: BrowserContext, browser: Browser
) -> None:
    page = context.new_page()
    page.goto(f"{site.address}en/messages/")
    messages = json.loads((site.folder / "data/messages.json").read_text(encoding="utf-8"))[
        "messages"
    ]
    items = page.locator(".hb-message-list li")
    expect(items.locator("visible=true").first).to_be_visible()
    assert items.count() == len(messages)
    visible = page.locator(".hb-message-list li:visible")
    for name, value, expected in (
        ("kind", "mcf", [one for one in messages if {"mcf", "any"} & set(one["fulfilment"])]),
        ("stage", "closing", [one for one in messages if one["stage"] == "closing"]),
        ("recipient", "seller-support", [one for one in messages if one["recipient"] != "buyer"]),
        ("language", "de", [one for one in messages if "de" in one["texts"]]),
    ):
        page.locator(f"select[name={name}]").select_option(value)
        expect(visible).to_have_count(len(expected))
        expect(page.locator("[data-count]")).to_contain_text(f"{len(expected)} of {len(messages)}")
        page.locator("[data-reset]").click()
        expect(visible).to_have_count(len(messages))
    plain = browser.new_context(java_script_enabled=False)
    scriptless = plain.new_page()
    scriptless.goto(f"{site.address}en/messages/")
    expect(scriptless.locator(".hb-message-list li:visible")).to_have_count(len(messages))
    expect(scriptless.locator("[data-filter]")).to_be_hidden()
    plain.close()
