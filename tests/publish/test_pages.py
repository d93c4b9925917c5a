"""Addresses in a finished page, and pages written small."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from handbook.publish.pages import SitePage, read_pages, relative_target, write_page

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("../assets/a.css", "assets/a.css"),
        ("..", ""),
        ("./", "refund"),
        ("../en/refund/#why", "en/refund"),
        ("../%E6%89%8B%E5%86%8C/?x", "手册"),
        ("#why", None),
        ("?x", None),
        ("", None),
        ("/assets/a.css", None),
        ("https://example.com/a.css", None),
        ("//example.com/a.css", None),
        ("data:,", None),
        ("tel:+1", None),
        ("../../outside", None),
        ("http://[broken", None),
    ],
)
def test_where_an_address_leads(address: str, target: str | None) -> None:
    assert relative_target("refund/index.html", address) == target


def test_a_page_is_written_without_white_space_and_says_the_same(tmp_path: Path) -> None:
    html = (
        '<!doctype html>\n<html lang="zh">\n<head>\n  <title>a · b</title>\n</head>\n<body>\n\n'
        "  <p>one  <b>two</b>\n three</p>\n"
        "  <pre data-preview>line 1\n\n  line 2 &amp; &lt;x&gt;</pre>\n"
        "  <script>let a = 1;\n// kept\n</script>\n</body>\n</html>\n"
    )
    write_page(tmp_path, SitePage("x/index.html", LexborHTMLParser(html)))
    written = (tmp_path / "x" / "index.html").read_text(encoding="utf-8")
    assert len(written) < len(html)
    tree = LexborHTMLParser(written)
    pre, script, paragraph = (tree.css_first(name) for name in ("pre", "script", "p"))
    assert pre is not None
    assert script is not None
    assert paragraph is not None
    assert pre.text() == "line 1\n\n  line 2 & <x>"
    assert script.text() == "let a = 1;\n// kept"
    assert paragraph.text().split() == ["one", "two", "three"]
    assert written.endswith("</body></html>")


def test_pages_for_errors_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for name in ("index.html", "404.html", "en/404.html", "en/index.html"):
        (tmp_path / name).write_text("<p>x", encoding="utf-8")
    assert [page.path for page in read_pages(tmp_path)] == ["en/index.html", "index.html"]
