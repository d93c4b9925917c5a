"""The feeds of changes (Atom, RFC 4287), one per language, dated from the content."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from handbook.interface import words
from handbook.languages import HOMES

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content
    from handbook.models import Change, Language

NAME = "feed.xml"

_NAMESPACE = "http://www.w3.org/2005/Atom"
# Identifiers must stay the same wherever the handbook is hosted: they are made from the records'.
_IDENTIFIERS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:fba-wrong-item-handbook")


def write_feeds(site: Path, content: Content, site_url: str) -> None:
    """Write `feed.xml` and `en/feed.xml`; links are relative where there is no public address."""
    for language, folder in HOMES.items():
        file = site / folder / NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        home = f"{site_url.rstrip('/')}/{folder}" if site_url else ""
        feed = _feed(content.records.changes, language, home)
        indent(feed)
        file.write_bytes(tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n")


def _feed(changes: tuple[Change, ...], language: Language, home: str) -> Element:
    feed = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": language})
    _text(feed, "id", uuid.uuid5(_IDENTIFIERS, language).urn)
    _text(feed, "title", words("feed.title", language))
    _text(feed, "updated", _instant(max((one.date for one in changes), default=dt.date.min)))
    SubElement(_text(feed, "author", None), "name").text = words("feed.author", language)
    if home:
        SubElement(feed, "link", {"rel": "self", "href": home + NAME})
    SubElement(feed, "link", {"rel": "alternate", "href": f"{home}changes/"})
    for change in sorted(changes, key=lambda one: (one.date, one.id), reverse=True):
        feed.append(_entry(change, language, home))
    return feed


def _entry(change: Change, language: Language, home: str) -> Element:
    entry = Element("entry")
    _text(entry, "id", uuid.uuid5(_IDENTIFIERS, f"{language}/{change.id}").urn)
    _text(entry, "title", change.title.said(language))
    _text(entry, "updated", _instant(change.date))
    SubElement(entry, "link", {"rel": "alternate", "href": f"{home}changes/#{change.id}"})
    lines = []
    if change.effective:
        lines.append(words("change.effective", language, date=change.effective.isoformat()))
    if change.was:
        lines.append(words("change.was", language) + change.was.said(language))
    lines.append(words("change.now", language) + change.now.said(language))
    _text(entry, "content", "\n".join(lines)).set("type", "text")
    return entry


def _text(parent: Element, tag: str, text: str | None) -> Element:
    element = SubElement(parent, tag)
    element.text = text
    return element


def _instant(date: dt.date) -> str:
    return f"{date.isoformat()}T00:00:00Z"
