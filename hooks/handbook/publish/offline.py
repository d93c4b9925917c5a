"""The site as a zip that works from the file system: no server, so no folder has an address."""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from handbook.publish.pages import read_pages, write_page

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.publish.pages import SitePage

NAME = "handbook-offline.zip"
CHECKSUMS = "SHA256SUMS"
# The folder that unpacking makes.
FOLDER = "handbook"

# A server's business; nobody reads them from a disk.
_LEFT_OUT = {"404.html", "en/404.html", "sitemap.xml"}


def write_bundle(site: Path, folder: Path, date: str) -> None:
    """Turn a site that was finished as a draft, and is changed, into a zip with its checksum.

    The same site gives the same bytes: files in order, all with the same date and permissions.

    Args:
        site: The finished site.
        folder: Where the zip and its checksum go.
        date: The content's date, which the files in the zip carry, as YYYY-MM-DD.
    """
    for page in read_pages(site):
        name_folders(site, page)
        write_page(site, page)
    day = dt.date.fromisoformat(date)
    archive = folder / NAME
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as bundle:
        files = {file.relative_to(site).as_posix(): file for file in site.rglob("*")}
        for path, file in sorted(files.items()):
            if file.is_dir() or path in _LEFT_OUT:
                continue
            entry = zipfile.ZipInfo(f"{FOLDER}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, whatever the machine, so that permissions count
            entry.external_attr = 0o100644 << 16
            bundle.writestr(entry, file.read_bytes())
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    (folder / CHECKSUMS).write_text(f"{digest}  {NAME}\n", encoding="utf-8")


def name_folders(site: Path, page: SitePage) -> None:
    """Let links to a folder lead to the page in it."""
    for link in page.tree.css("a[href], form[action]"):
        name = "href" if link.tag == "a" else "action"
        address = link.attributes[name] or ""
        target = page.target(address)
        if target is None or not (site / target / "index.html").is_file():
            continue
        parts = urlsplit(address)
        path = parts.path.rstrip("/") + "/index.html"
        link.attrs[name] = urlunsplit(("", "", path, parts.query, parts.fragment))
