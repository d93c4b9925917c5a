"""`make serve`: live reload, findings as a bar over the last good site, a port that is taken."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60_000  # milliseconds: how long a build may take on a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def copy(root: Path, target: Path) -> Path:
    """A copy of the project that a test may edit."""
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(root / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", target)
    return target


@pytest.fixture
def served(root: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    folder = copy(root, tmp_path / "project")
    aside = tmp_path / "aside"
    aside.mkdir()
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "hooks/serve.py", "--port", str(port)],
        cwd=folder,
        env=os.environ | {"TMPDIR": str(aside)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    for line in server.stdout:
        if "up to date" in line:
            break
    yield folder, f"http://127.0.0.1:{port}/"
    server.terminate()
    server.wait()
    server.stdout.close()
    assert list(aside.iterdir()) == [], "what was built for looking at goes with the server"


def test_a_change_reaches_the_page_and_findings_become_a_bar(
    served: tuple[Path, str], browser: Browser
) -> None:
    folder, address = served
    source = folder / "docs" / "refund.en.md"
    good = source.read_text(encoding="utf-8")
    page = browser.new_page()
    page.goto(f"{address}en/refund/")
    title = page.locator("h1").inner_text()

    # content
    source.write_text(re.sub("(?m)^title: .*$", "title: Changed title", good), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("Changed title", timeout=PATIENCE)

    # a finding: the last good site stays, the bar says what and where
    source.write_text(re.sub("(?m)^title: ", "titel: ", good), encoding="utf-8")
    bar = page.get_by_role("alert")
    expect(bar).to_contain_text("docs/refund.en.md:2:1: HB106 unknown-key", timeout=PATIENCE)
    expect(bar).to_contain_text("Did you mean “title”?")
    expect(page.locator("h1")).to_have_text("Changed title")
    assert str(folder) not in bar.inner_text()

    # mended
    source.write_text(good, encoding="utf-8")
    expect(bar).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("h1")).to_have_text(title, timeout=PATIENCE)

    # a file that nothing can read: said as well, and the watching goes on
    styles = folder / "overrides" / "assets" / "handbook.css"
    readable = styles.read_bytes()
    styles.write_bytes(readable + b"/* \xff */")
    expect(bar).to_contain_text("UnicodeDecodeError", timeout=PATIENCE)
    styles.write_bytes(readable)
    expect(bar).to_have_count(0, timeout=PATIENCE)

    # code, of what happens after the site generator too
    code = folder / "hooks" / "handbook" / "publish" / "pages.py"
    old = code.read_text(encoding="utf-8")
    new = old.replace("write_text(html,", "write_text(html.replace('</h1>', ' by code</h1>'),")
    assert new != old
    code.write_text(new, encoding="utf-8")
    expect(page.locator("h1")).to_have_text(f"{title} by code", timeout=PATIENCE)

    # templates and data
    content = folder / "overrides" / "partials" / "content.html"
    content.write_text(content.read_text(encoding="utf-8") + "<p id=new>new</p>", encoding="utf-8")
    expect(page.locator("#new")).to_be_visible(timeout=PATIENCE)
    page.close()


def test_a_port_that_is_taken_is_named_with_another_one(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            [sys.executable, "hooks/serve.py", "--port", str(port)],
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    assert result.returncode == 2
    assert f"port {port} cannot be used" in result.stderr
    assert f"make serve PORT={port + 1}" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_cannot_be(root: Path, port: str) -> None:
    result = subprocess.run(
        [sys.executable, "hooks/serve.py", f"--port={port}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 2
    assert f"端口 {port} 用不了 / port {port} cannot be used (0-65535)" in result.stderr
    assert "Traceback" not in result.stderr
