"""What several test modules share: the finished site, a web server for it, and a browser."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Playwright, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

ROOT = Path(__file__).resolve().parent.parent
INTRANET = "handbook.intranet"
# The day on which every test runs, whatever the machine says: no test fails because time passes.
DAY = dt.date(2026, 12, 1)


@dataclass(frozen=True)
class ServedSite:
    """A built site and the address it is served at, with a slash at the end."""

    folder: Path
    address: str


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(autouse=True, scope="session")
def _clock() -> Iterator[None]:
    """The command's own look at the clock, which only a day that is given replaces elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handbook.cli.local_day", lambda: DAY)
        yield


def build(target: Path, **environment: str) -> str | None:
    """Build the real site into a folder; gives what went wrong, or None."""
    result = subprocess.run(
        [sys.executable, "hooks/build.py", "--site", str(target)],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return result.stdout + result.stderr if result.returncode else None


def shared(tmp_path_factory: pytest.TempPathFactory, name: str, **environment: str) -> Path:
    """A site that is built once for all test processes; a build that fails is tried only once."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    site, failed = folder / name, folder / f"{name}.failed"
    with FileLock(folder / f"{name}.lock"):
        if not site.exists() and not failed.exists() and (output := build(site, **environment)):
            failed.write_text(output, encoding="utf-8")
    if failed.exists():
        pytest.fail(failed.read_text(encoding="utf-8"))
    return site


class _Handler(SimpleHTTPRequestHandler):
    """Serves files, and the 404 page of the path's language, without writing a log."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for an address that leads nowhere."""
        language = "en/" if self.path.startswith("/en/") else ""
        page = Path(self.directory) / language / "404.html"
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(folder: Path) -> Generator[ServedSite]:
    """Serve a folder on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield ServedSite(folder, f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished site as files, built without a public address."""
    return shared(tmp_path_factory, "site")


@pytest.fixture(scope="session")
def site(site_folder: Path) -> Iterator[ServedSite]:
    """The finished site on a web server."""
    yield from serve(site_folder)


@pytest.fixture(scope="session")
def public_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedSite]:
    """The site built for a public address, served from another host."""
    folder = shared(
        tmp_path_factory,
        "public-site",
        SITE_URL="https://handbook.example.com/fba/",
        REPO_URL="https://git.example.com/team/handbook",
    )
    yield from serve(folder)


def launch(playwright: Playwright) -> Browser:
    """Start Chromium: the machine's own, or the one that Playwright has fetched."""
    names = ("chromium", "google-chrome-stable", "google-chrome")
    installed = next((path for path in map(shutil.which, names) if path), None)
    return playwright.chromium.launch(
        executable_path=installed,
        # Containers have no user namespaces; the rest keeps Chromium from calling home.
        args=[
            "--no-sandbox",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            # A name that is no secure context, as on an intranet without https.
            f"--host-resolver-rules=MAP {INTRANET} 127.0.0.1",
        ],
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
