"""The Content-Security-Policy that the finished pages need, for the servers that send it.

The theme puts a few small scripts into each page. Each is allowed by the hash of its text and
nothing else may run; the site asks no other host for anything.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# The folder of a finished site that is for the server and not for readers.
SERVER = "_server"

_DATA_TYPES = {"application/json", "application/ld+json", "text/plain"}


def content_security_policy(pages: Iterable[str]) -> str:
    """The policy for pages, given as HTML: hashes of their inline scripts and styles, in order."""
    scripts: set[str] = set()
    styles: set[str] = set()
    for html in pages:
        tree = LexborHTMLParser(html)
        for script in tree.css("script:not([src])"):
            if script.attributes.get("type") not in _DATA_TYPES:
                scripts.add(_hash(script.text()))
        styles |= {_hash(style.text()) for style in tree.css("style")}
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted(scripts)],
        "style-src": ["'self'", *sorted(styles)],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'self'"],
    }
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


def write_policy(site: Path) -> None:
    """Write the header of a finished site for nginx and for Caddy into the server's folder."""
    policy = content_security_policy(
        file.read_text(encoding="utf-8") for file in sorted(site.rglob("*.html"))
    )
    folder = site / SERVER
    folder.mkdir(exist_ok=True)
    files = {
        "nginx.conf": f'add_header Content-Security-Policy "{policy}" always;\n',
        "Caddyfile": f'header Content-Security-Policy "{policy}"\n',
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
