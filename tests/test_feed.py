"""The feeds of changes: dated from the content, the same bytes each time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, fromstring

import pytest

from handbook.content import Content, load
from handbook.feed import write_feeds
from minisite import minisite

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = {"zh": "feed.xml", "en": "en/feed.xml"}


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load(minisite(tmp_path / "root"))


def feed(content: Content, site: Path, language: str, url: str = "") -> Element:
    write_feeds(site, content, url)
    return fromstring((site / FILES[language]).read_bytes())  # noqa: S314 - our own


def text(element: Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


@pytest.mark.parametrize("language", FILES)
def test_what_atom_asks_for_is_there(content: Content, tmp_path: Path, language: str) -> None:
    root = feed(content, tmp_path, language)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(content.records.changes) > 0
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for element in (root, *entries):
        assert text(element, "id").startswith("urn:uuid:")
        assert text(element, "title")
        assert text(element, "updated").endswith("T00:00:00Z")
    identifiers = [text(element, "id") for element in (root, *entries)]
    assert len(set(identifiers)) == len(identifiers)


def test_dates_are_the_contents(content: Content, tmp_path: Path) -> None:
    root = feed(content, tmp_path, "en")
    dates = {change.date.isoformat() for change in content.records.changes}
    assert text(root, "updated")[:10] == max(dates)
    assert {text(entry, "updated")[:10] for entry in root.findall(f"{ATOM}entry")} == dates


def test_an_entry_says_what_changed_and_leads_there(content: Content, tmp_path: Path) -> None:
    change = content.records.changes[0]
    entry = next(
        entry
        for entry in feed(content, tmp_path, "zh").findall(f"{ATOM}entry")
        if text(entry, "title") == change.title.zh
    )
    assert change.now.zh in text(entry, "content")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"changes/#{change.id}"


def test_links_are_whole_with_a_public_address(content: Content, tmp_path: Path) -> None:
    for language, home in (("zh", "https://x.example/a/"), ("en", "https://x.example/a/en/")):
        root = feed(content, tmp_path, language, "https://x.example/a")
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links == {"self": f"{home}feed.xml", "alternate": f"{home}changes/"}


def test_identifiers_do_not_depend_on_the_host(content: Content, tmp_path: Path) -> None:
    here = [text(entry, "id") for entry in feed(content, tmp_path / "1", "zh")]
    there = [
        text(entry, "id") for entry in feed(content, tmp_path / "2", "zh", "https://x.example")
    ]
    assert [one for one in here if one] == [one for one in there if one]
