"""The sitemap: each page in both languages, with its partner and a language for everyone else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pytest

from handbook.content import Content, load
from handbook.sitemap import write_sitemap
from minisite import minisite

if TYPE_CHECKING:
    from pathlib import Path

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load(minisite(tmp_path / "root"))


def test_without_a_public_address_there_is_none(content: Content, tmp_path: Path) -> None:
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (tmp_path / name).write_text("left by the site generator", encoding="utf-8")
    write_sitemap(tmp_path, content, "")
    assert not list(tmp_path.glob("sitemap*"))


def test_each_page_names_all_its_languages(content: Content, tmp_path: Path) -> None:
    write_sitemap(tmp_path, content, "https://x.example/fba")
    root = "https://x.example/fba/"
    sitemap = fromstring((tmp_path / "sitemap.xml").read_bytes())  # noqa: S314 - our own
    urls = sitemap.findall(f"{MAP}url")
    found = {
        url.findtext(f"{MAP}loc"): {
            link.get("hreflang"): link.get("href") for link in url.findall(LINK)
        }
        for url in urls
    }
    expected = {}
    for address in ("", "refund/", "messages/", *(f"messages/{m}/" for m in content.messages)):
        links = {"zh": root + address, "en": f"{root}en/{address}", "x-default": root + address}
        expected[links["zh"]] = expected[links["en"]] = links
    assert found == expected
    assert len(urls) == len(expected)
    assert {url.findtext(f"{MAP}lastmod") for url in urls} == {"2026-11-30"}
