"""What a reader does from end to end, whatever the site is opened from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request


def watch(page: Page, home: str) -> list[str]:
    """The list to which all that goes wrong on a page is added: errors, policies, other hosts."""
    problems: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"console: {message.text}")

    def request(one: Request) -> None:
        if not one.url.startswith((home, "data:")):
            problems.append(f"elsewhere: {one.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: problems.append(f"error: {error}"))
    page.on("request", request)

    def lost(one: Request) -> None:
        # A page that is left gives up what it was still asking for.
        if one.failure != "net::ERR_ABORTED":
            problems.append(f"lost: {one.url}")

    page.on("requestfailed", lost)
    return problems


def read(context: BrowserContext, home: str, index: str = "") -> None:
    """Switch the language, search in Chinese, open a result, fill in and copy a message.

    Args:
        context: The browser, without anything kept from before.
        home: The site's address, with a slash at the end.
        index: The name of a folder's page, where there is no server to know it.
    """
    page = context.new_page()
    problems = watch(page, home)
    page.goto(f"{home}{index}")

    # the language, and back; the section is kept
    page.goto(f"{home}refund/{index}#why")
    page.locator("[data-hb-language]").click()
    page.wait_for_url(f"{home}en/refund/{index}#why")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.locator("[data-hb-language]").click()
    page.wait_for_url(f"{home}refund/{index}#why")

    # search in Chinese, open the first result
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("补发")
    first = page.locator(".md-search-result__item a").first
    expect(first).to_contain_text("补发")
    first.click()
    page.wait_for_url(re.compile(rf"^{re.escape(home)}(?!refund/)"))
    expect(page.locator("article")).to_contain_text("补发")

    # a message: fill it in, copy it, and the clipboard holds what is previewed
    page.goto(f"{home}messages/fba-first-reply/{index}")
    block = page.locator("[data-message]")
    block.locator("select[name=store]").select_option("US")
    block.locator("input[name=order_id]").fill("113-1234567-1234567")
    block.locator("[data-copy]").first.click()
    expect(block.locator("[data-status]").first).not_to_be_empty()
    copied = pasted(page)
    assert "113-1234567-1234567" in copied
    assert "amazon.com" in copied
    preview = block.locator("[data-preview]:visible").first
    assert copied == preview.evaluate("element => element.textContent")

    assert problems == []
    page.close()


def pasted(page: Page) -> str:
    """What a paste gives, asked of the page itself: not every page may read the clipboard."""
    page.evaluate(
        """() => {
          const area = document.createElement("textarea");
          area.id = "paste-here";
          document.body.append(area);
          area.focus();
        }"""
    )
    page.keyboard.press("Control+V")
    return page.locator("#paste-here").input_value()
