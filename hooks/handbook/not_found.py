"""The pages that a server shows for an address that leads nowhere.

No file can know at what depth it will be shown, so each carries its own style and words. Its links
and its search start from `<base>`: the path of SITE_URL, or the server's root, or what the server
puts in its place (see `deploy/`).
"""

from __future__ import annotations

from importlib import resources
from string import Template
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path


def write_not_found(site: Path, site_url: str) -> None:
    """Write `404.html` (Chinese first) and `en/404.html` (English first) into a finished site."""
    text = resources.files("handbook").joinpath("not_found.html").read_text(encoding="utf-8")
    template = Template(text)
    base = quote(urlsplit(site_url).path.rstrip("/") + "/")
    for language, file in (("zh", site / "404.html"), ("en", site / "en" / "404.html")):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(template.substitute(lang=language, base=base), encoding="utf-8")
