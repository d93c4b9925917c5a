"""The pages for an address that leads nowhere work at any depth and below any path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from handbook.not_found import write_not_found

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"zh": "404.html", "en": "en/404.html"}


def page(site: Path, language: str, site_url: str = "") -> str:
    write_not_found(site, site_url)
    return (site / FILES[language]).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", FILES)
def test_the_language_of_the_page(tmp_path: Path, language: str) -> None:
    assert page(tmp_path, language).startswith(f'<!doctype html>\n<html lang="{language}">\n')


@pytest.mark.parametrize("language", FILES)
def test_both_languages_are_there_and_marked(tmp_path: Path, language: str) -> None:
    html = page(tmp_path, language)
    assert '<section lang="zh">\n        <h1>没有这一页</h1>' in html
    assert "<p>地址可能写错了，或者这一页换了位置。</p>" in html
    assert '<section lang="en">\n        <h2>There is no such page</h2>' in html
    assert "<p>The address may be wrong, or the page has moved.</p>" in html


@pytest.mark.parametrize(
    ("site_url", "base"),
    [
        pytest.param("", "/", id="no address"),
        pytest.param("https://example.com", "/", id="at the root"),
        pytest.param("https://example.com/", "/", id="at the root, with a slash"),
        pytest.param("https://example.com/fba/", "/fba/", id="below a path"),
        pytest.param("https://example.com/fba", "/fba/", id="below a path, no slash"),
        pytest.param("https://example.com/a/b/?x#y", "/a/b/", id="only the path counts"),
        pytest.param(
            'https://example.com/"><script>/', "/%22%3E%3Cscript%3E/", id="nothing becomes markup"
        ),
        pytest.param("https://example.com/手册/", "/%E6%89%8B%E5%86%8C/", id="Chinese"),
    ],
)
@pytest.mark.parametrize("language", FILES)
def test_links_are_below_the_sites_path(
    tmp_path: Path, language: str, site_url: str, base: str
) -> None:
    html = page(tmp_path, language, site_url)
    assert re.findall(r'<base href="([^"]*)">', html) == [base]
    # Everything that leads on comes after it and is relative to it.
    links = re.findall(r'<a href="([^"]*)">([^<]*)</a>', html.partition("<base")[2])
    assert links == [
        ("./", "从首页按情况找"),
        ("messages/", "消息库"),
        ("faq/", "常见问题"),
        ("en/", "Start from your situation"),
        ("en/messages/", "Message library"),
        ("en/faq/", "FAQ"),
    ]
    assert re.findall(r'<form action="([^"]*)"', html) == ["./", "en/"]


@pytest.mark.parametrize("language", FILES)
def test_nothing_is_fetched_and_nothing_is_left_to_fill_in(tmp_path: Path, language: str) -> None:
    html = page(tmp_path, language)
    assert "://" not in html
    assert not re.search(r"src=|@import|url\(|\$", html)
    assert re.findall(r'<link rel="(\w+)" href="([^"]*)">', html) == [("icon", "data:,")]


def test_writing_again_gives_the_same_bytes(tmp_path: Path) -> None:
    first = page(tmp_path, "en", "https://example.com/fba/")
    assert page(tmp_path, "en", "https://example.com/fba/") == first
