"""The sitemap of a site with a public address: each page, and where it stands in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.content import Content

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LINKS = "http://www.w3.org/1999/xhtml"


def write_sitemap(site: Path, content: Content, site_url: str) -> None:
    """Write `sitemap.xml`; without a public address there is none, and one that lies there goes."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (site / name).unlink(missing_ok=True)
    if not site_url:
        return
    root = site_url.rstrip("/") + "/"
    urlset = Element("urlset", {"xmlns": _NAMESPACE, "xmlns:xhtml": _LINKS})
    for address, reviewed in sorted(_addresses(content)):
        versions = {"zh": root + quote(address), "en": f"{root}en/{quote(address)}"}
        for own in versions.values():
            url = SubElement(urlset, "url")
            SubElement(url, "loc").text = own
            SubElement(url, "lastmod").text = reviewed.isoformat()
            # Chinese is the language of those who asked for none.
            for language, href in (*versions.items(), ("x-default", versions["zh"])):
                attributes = {"rel": "alternate", "hreflang": language, "href": href}
                SubElement(url, "xhtml:link", attributes)
    indent(urlset)
    (site / "sitemap.xml").write_bytes(
        tostring(urlset, encoding="utf-8", xml_declaration=True) + b"\n"
    )


def _addresses(content: Content) -> Iterator[tuple[str, dt.date]]:
    """The address of each page in Chinese, and when the pair was last reviewed."""
    for page in content.pages.values():
        if page.language == "zh" and page.meta:
            partner = content.pages.get(page.partner)
            dates = [one.meta.reviewed for one in (page, partner) if one and one.meta]
            yield page.url, max(dates)
    for name, message in content.messages.items():
        if message.meta:
            yield f"messages/{name}/", message.meta.reviewed
