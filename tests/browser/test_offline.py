"""The bundle: unpacked anywhere and opened from the file system, everything works."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.reading import read, watch
from handbook.publish.offline import CHECKSUMS, FOLDER, NAME

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

# One bundle for all: in one test process.
pytestmark = pytest.mark.xdist_group("offline")


@pytest.fixture(scope="module")
def dist(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make bundle` writes."""
    folder = tmp_path_factory.mktemp("bundle") / "dist"
    result = subprocess.run(
        [sys.executable, "hooks/bundle.py", "--dist", str(folder)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines()[-1].endswith(f": {folder / NAME}")
    assert "unpack it and open handbook/index.html" in result.stdout
    return folder


@pytest.fixture(scope="module")
def unpacked(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of the site in a folder with blanks and Chinese characters."""
    folder = tmp_path_factory.mktemp("unpacked") / "My Files 我的文件 #1"
    with zipfile.ZipFile(dist / NAME) as archive:
        archive.extractall(folder)
    return f"file://{quote(str(folder / FOLDER))}/"


def test_a_reader_gets_everything_without_a_server(unpacked: str, browser: Browser) -> None:
    context = browser.new_context()
    read(context, unpacked, "index.html")
    context.close()


def test_links_made_by_a_script_open_pages_and_not_lists_of_files(
    unpacked: str, browser: Browser
) -> None:
    page = browser.new_page()
    problems = watch(page, unpacked)
    page.goto(f"{unpacked}index.html")
    page.evaluate(
        """() => {
          const link = document.createElement("a");
          link.href = "refund/#why";
          link.textContent = "made";
          link.id = "made";
          document.querySelector("article").prepend(link);
        }"""
    )
    page.locator("#made").click()
    page.wait_for_url(f"{unpacked}refund/index.html#why")
    expect(page.locator("h1")).to_have_text("退款")
    assert problems == []
    page.close()


def test_the_frame_works_without_a_server(unpacked: str, browser: Browser) -> None:
    page = browser.new_page()
    problems = watch(page, unpacked)
    page.goto(f"{unpacked}en/index.html")
    page.locator(".hb-palette").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".hb-quick a").first.click()
    page.wait_for_url(f"{unpacked}en/messages/index.html")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{unpacked}en/print/index.html")
    expect(page.locator("h1").first).to_be_visible()
    assert problems == []
    page.close()


def test_the_checksum_is_the_archives(dist: Path) -> None:
    digest = hashlib.sha256((dist / NAME).read_bytes()).hexdigest()
    assert (dist / CHECKSUMS).read_text(encoding="utf-8") == f"{digest}  {NAME}\n"
    checked = subprocess.run(["sha256sum", "-c", CHECKSUMS], cwd=dist, check=False)
    assert checked.returncode == 0


def test_entries_are_in_order_with_one_date_and_one_set_of_permissions(dist: Path) -> None:
    with zipfile.ZipFile(dist / NAME) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert len({entry.date_time for entry in entries}) == 1
    assert {entry.external_attr >> 16 for entry in entries} == {0o100644}
    assert all(name.startswith(f"{FOLDER}/") and name.isascii() for name in names)
    assert not [name for name in names if "_server" in name or name.endswith((".gz", ".br"))]
