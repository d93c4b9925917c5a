"""Assets named by their content, wherever a page names them; style sheets joined."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.publish.assets import FINGERPRINTED, publish_assets
from handbook.publish.pages import read_pages, write_page

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><html><head>
<link rel="icon" href="{up}assets/icon.svg">
<link rel="stylesheet" href="{up}assets/stylesheets/main.0123abcd.min.css">
<link rel="stylesheet" href="{up}assets/own.css">
</head><body class="used" data-worker="{up}assets/later.js">
<a href="{up}">home</a><a href="https://example.com/assets/own.css">elsewhere</a>
<script src="{up}assets/app.js?x#y" defer></script>
</body></html>"""


def site(folder: Path) -> Path:
    files = {
        "index.html": PAGE.format(up=""),
        "en/deep/index.html": PAGE.format(up="../../"),
        "assets/icon.svg": "<svg/>",
        "assets/picture.svg": "<svg/>",
        "assets/stylesheets/main.0123abcd.min.css": ".used{background:url(../picture.svg)}"
        ".not{top:0}\n"
        "/*# sourceMappingURL=main.0123abcd.min.css.map */",
        "assets/stylesheets/main.0123abcd.min.css.map": "{}",
        "assets/own.css": ".used{top:0}",
        "assets/app.js": 'load("other.js")\n//# sourceMappingURL=app.js.map',
        "assets/javascripts/bundle.0123abcd.min.js": "a",
        "assets/later.js": "1",
        "assets/other.js": "2",
    }
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def published(folder: Path) -> Path:
    pages = read_pages(site(folder))
    publish_assets(folder, pages)
    for page in pages:
        write_page(folder, page)
    return folder


def addresses(file: Path) -> list[str]:
    return re.findall(r"[\w./-]*assets/[\w./?#-]+", file.read_text(encoding="utf-8"))


def test_every_file_that_a_page_names_is_named_by_its_content(tmp_path: Path) -> None:
    published(tmp_path)
    for page, up in (("index.html", ""), ("en/deep/index.html", "../../")):
        found = addresses(tmp_path / page)
        own = [one for one in found if "example.com" not in one and one != "/assets/own.css"]
        assert len(own) == 4
        for address in own:
            path, _, query = address.partition("?")
            assert FINGERPRINTED.search(path), path
            assert (tmp_path / path.removeprefix(up)).is_file()
            assert query == ("x#y" if "app" in path else "")
        assert "https://example.com/assets/own.css" in (tmp_path / page).read_text("utf-8")


def test_what_only_a_script_names_keeps_its_name(tmp_path: Path) -> None:
    assert (published(tmp_path) / "assets" / "other.js").read_text("utf-8") == "2"


def test_style_sheets_become_one_without_what_is_not_used(tmp_path: Path) -> None:
    published(tmp_path)
    sheets = sorted(tmp_path.rglob("*.css"))
    assert len(sheets) == 1
    css = sheets[0].read_text(encoding="utf-8")
    picture = re.search(r"url\(\"(picture\.[0-9a-f]{10}\.svg)\"\)", css)
    assert picture is not None
    assert (sheets[0].parent / picture[1]).is_file()
    assert css.endswith("}.used{top:0}")
    assert ".not" not in css
    assert (tmp_path / "index.html").read_text("utf-8").count("stylesheet") == 1


def test_what_the_theme_brings_and_no_page_names_goes(tmp_path: Path) -> None:
    published(tmp_path)
    assert list(tmp_path.rglob("*.map")) == []
    assert not (tmp_path / "assets" / "javascripts").exists()
    for file in tmp_path.rglob("*.*s"):
        assert "sourceMappingURL" not in file.read_text(encoding="utf-8")


def test_the_name_changes_with_the_content_and_with_nothing_else(tmp_path: Path) -> None:
    one, two, three = (published(tmp_path / name) for name in ("one", "two", "three"))
    names = [sorted(f.name for f in folder.rglob("*")) for folder in (one, two)]
    assert names[0] == names[1]
    changed = site(tmp_path / "changed")
    (changed / "assets" / "app.js").write_text("changed", encoding="utf-8")
    pages = read_pages(changed)
    publish_assets(changed, pages)
    different = {f.name for f in changed.rglob("*")} - {f.name for f in three.rglob("*")}
    assert [name.partition(".")[0] for name in different] == ["app"]
