"""On paper: no navigation, links spelled out, messages whole; and the whole handbook at once."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from conftest import ServedSite


def printed(browser: Browser, address: str, folder: Path) -> tuple[str, int]:
    """The text that comes out of the printer, without line breaks, and the number of pages."""
    page = browser.new_page()
    page.goto(address)
    file = folder / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True, format="A4")
    page.close()
    text = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout
    return text, text.count("\f")


def squeezed(text: str) -> str:
    """Text without white space and hyphens, which a printer puts where it likes."""
    return re.sub(r"[\s\u00ad-]+", "", text)


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("refund/", ["消息库", "站点目录", "目录", "修改这一页"]),
        ("en/refund/", ["Glossary", "Edit this page"]),
    ],
)
def test_a_page_is_printed_without_its_frame_and_with_its_links_spelled_out(
    address: str, frame: list[str], site: ServedSite, browser: Browser, tmp_path: Path
) -> None:
    text, pages = printed(browser, site.address + address, tmp_path)
    for word in frame:
        assert word not in text
    assert pages <= 10
    browser_page = browser.new_page()
    browser_page.goto(site.address + address)
    links = browser_page.locator("article a[href^=http]").evaluate_all(
        "all => all.map((one) => one.getAttribute('href'))"
    )
    browser_page.close()
    assert len(links) > 5
    flat = squeezed(text)
    assert [link for link in links if squeezed(f"({link})") not in flat] == []


def lines(text: str) -> list[str]:
    """The lines of a message up to their first blank, without white space."""
    found = [squeezed(re.split(r"\{\w+\}", line)[0]) for line in text.splitlines()]
    return [line for line in found if line]


def test_a_message_is_printed_whole(site: ServedSite, browser: Browser, tmp_path: Path) -> None:
    messages = json.loads((site.folder / "data" / "messages.json").read_text(encoding="utf-8"))
    texts = next(one for one in messages["messages"] if one["id"] == "fba-refund")["texts"]
    page, _ = printed(browser, f"{site.address}messages/fba-refund/?lang=de", tmp_path)
    for language in ("de", "zh"):
        wanted = lines(texts[language]["text"])
        assert len(wanted) > 5
        assert [line for line in wanted if line not in squeezed(page)] == []


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_whole_handbook_is_one_document(language: str, site: ServedSite) -> None:
    """Every page once, every identifier once, and links between them lead inside it."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    file = site.folder / language / "print" / "index.html"
    tree = LexborHTMLParser(file.read_text(encoding="utf-8"))
    chapters = tree.css("article")
    pages = [
        one
        for one in (site.folder / language).rglob("index.html")
        if one != file and (language or "en" not in one.relative_to(site.folder).parts)
    ]
    pages = [one for one in pages if "print" not in one.parts]
    assert len(chapters) == len(pages) > 60
    identifiers = [one.attributes["id"] for one in tree.css("[id]")]
    assert len(identifiers) == len(set(identifiers))
    inside = [one.attributes["href"] or "" for one in tree.css("article a[href^='#']")]
    assert len(inside) > 1000
    assert {one[1:] for one in inside} <= set(identifiers)
    relative = [one.attributes["href"] or "" for one in tree.css("article a[href]")]
    assert [one for one in relative if not re.match(r"#|https://|tel:", one)] == []
    # Every language of a message is in it.
    languages = {one.attributes["lang"] for one in tree.css("#messages-fba-refund pre[lang]")}
    assert {"en", "zh", "de", "ar"} <= languages


def test_the_whole_handbook_is_printed_from_one_button(site: ServedSite, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{site.address}refund/")
    page.locator("footer").get_by_role("link", name="打印整本手册").click()
    page.wait_for_url(f"{site.address}print/")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="打印").click()
    assert page.evaluate("window.printed") is True
    page.emulate_media(media="print")
    assert page.locator(".hb-book__bar").is_hidden()
    assert page.locator("article").first.is_visible()
    page.close()
