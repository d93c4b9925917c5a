"""One folder, any path: nothing in it depends on where it lies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import pytest
from playwright.sync_api import expect

from browser.reading import read, watch
from conftest import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from conftest import ServedSite

PATHS = ["wiki", "team/wiki/fba", "a b/错发 手册"]


@pytest.fixture(scope="module")
def host(site_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that has the site at several paths; gives its own address."""
    root = tmp_path_factory.mktemp("host")
    for path in PATHS:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(site_folder)
    for server in serve(root):
        yield server.address


@pytest.mark.parametrize("path", PATHS)
def test_a_reader_gets_everything_at_any_path(host: str, path: str, browser: Browser) -> None:
    context = browser.new_context()
    read(context, f"{host}{quote(path)}/")
    context.close()


def test_without_a_public_address_no_page_names_a_host(site_folder: Path) -> None:
    assert not (site_folder / "sitemap.xml").exists()
    for file in site_folder.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"rel=.?canonical", text), file
        for address in re.findall(
            r"<(?:link|script|img|iframe)[^>]+(?:href|src)=[\"']?([^\s\"'>]+)", text
        ):
            assert not re.match(r"[a-z]+:(?!,)|/", address), (file, address)


def test_with_a_public_address_pages_and_the_sitemap_name_it(public_site: ServedSite) -> None:
    root = "https://handbook.example.com/fba/"
    text = (public_site.folder / "sitemap.xml").read_bytes()
    urls = fromstring(text)  # noqa: S314 - our own
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    locations = {url.findtext(f"{name}loc") or "" for url in urls}
    pages = {
        file.relative_to(public_site.folder).as_posix().removesuffix("index.html")
        for file in public_site.folder.rglob("index.html")
    } - {"print/", "en/print/"}
    assert locations == {root + page for page in pages}
    for location in locations:
        html = (public_site.folder / location.removeprefix(root) / "index.html").read_text("utf-8")
        assert re.search(rf"<link href={re.escape(location)} rel=canonical>", html), location
    links = {
        link.get("hreflang"): link.get("href")
        for link in next(u for u in urls if u.findtext(f"{name}loc") == f"{root}en/refund/")
        if link.tag.endswith("link")
    }
    refund = {"zh": f"{root}refund/", "en": f"{root}en/refund/", "x-default": f"{root}refund/"}
    assert links == refund
    llms = (public_site.folder / "llms.txt").read_text(encoding="utf-8")
    assert f"({root}en/refund/index.md)" in llms


def test_a_reader_of_a_copy_asks_nothing_of_the_public_address(
    public_site: ServedSite, browser: Browser
) -> None:
    context = browser.new_context()
    read(context, public_site.address)
    context.close()


@pytest.mark.parametrize(("address", "words"), [("gone", "补发"), ("en/gone/x", "replacement")])
def test_the_search_of_a_404_page_works_below_the_public_path(
    address: str, words: str, public_site: ServedSite, browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "fba").symlink_to(public_site.folder)
    language = address.rpartition("gone")[0]
    body = (public_site.folder / language / "404.html").read_text(encoding="utf-8")
    for server in serve(tmp_path):
        page = browser.new_page()
        page.route(f"**/{address}", lambda route: route.fulfill(status=404, body=body))
        page.goto(f"{server.address}fba/{address}")
        box = page.locator("section:first-child input, input").locator("visible=true")
        box = box.nth(1 if language else 0)
        box.fill(words)
        box.press("Enter")
        page.wait_for_url(f"{server.address}fba/{language}?q=*")
        expect(page.locator(".md-search-result__item a").first).to_be_visible()
        page.close()


def test_every_link_of_every_page_leads_to_a_file(site_folder: Path) -> None:
    """Pages, assets, feeds: what the finishing has renamed is renamed wherever it is named."""
    from handbook.publish.pages import read_pages  # noqa: PLC0415

    lost = []
    for page in read_pages(site_folder):
        for element in page.tree.css("[href], [src]"):
            address = element.attributes.get("href") or element.attributes.get("src") or ""
            target = page.target(address)
            if target is None:
                continue
            file = site_folder / target
            if not (file.is_file() or (file / "index.html").is_file()):
                lost.append(f"{page.path}: {address}")
    assert lost == []


def test_the_page_is_watched(site: ServedSite, browser: Browser) -> None:
    """The watch that the other tests rely on sees what goes wrong."""
    page = browser.new_page()
    problems = watch(page, site.address)
    page.goto(site.address)
    page.evaluate("console.error('x'); setTimeout(() => { throw new Error('y') })")
    page.evaluate("new Image().src = 'http://127.0.0.1:9/z'")
    page.wait_for_timeout(300)
    assert {problem.partition(":")[0] for problem in problems} >= {"console", "error", "elsewhere"}
    page.close()
