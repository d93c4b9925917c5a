"""Weight: what a first visit loads and how soon its largest part is seen, beside the plain theme.

Cold, gzip, 1.6 Mbit/s, 150 ms, the processor four times slower; the best of some visits, which is
what the pages cost without what else the machine does.
"""

from __future__ import annotations

import contextlib
import gzip
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.figures import Figure
from bench.plain import build_plain
from conftest import ROOT, launch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PAGES = {
    "home": "",
    "guide, refund/": "refund/",
    "guide, first-reply/": "first-reply/",
    "guide, en/refund/": "en/refund/",
    "stores/": "stores/",
    "message": "messages/fba-first-reply/",
}
VISITS = 5
PLAIN = "the plain theme"
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
LARGEST = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""


class _Compressing(SimpleHTTPRequestHandler):
    """Sends text as gzip, as any server does."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if not file.is_file():
            self.send_error(404)
            return
        data = gzip.compress(file.read_bytes(), 9)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        # A page that is left gives up what it was still asking for.
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data)


def figures() -> Iterator[Figure]:
    """Both sites are built and visited in the same run."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        root = folder / "project"
        for part in ("docs", "hooks", "overrides"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", root)
        command = [sys.executable, "hooks/build.py", "--site", str(folder / "ours")]
        subprocess.run(command, cwd=root, check=True, capture_output=True)
        build_plain(root, folder / "plain")
        browser = launch(playwright)
        servers = {kind: _serve(folder / kind) for kind in ("ours", "plain")}
        for title, address in PAGES.items():
            # By turns, so that what else the machine does falls on both.
            visits: dict[str, list[tuple[float, float]]] = {"ours": [], "plain": []}
            for kind in list(visits) * VISITS:
                home = f"http://127.0.0.1:{servers[kind].server_port}/"
                visits[kind].append(_visit(browser, home + address))
            (ours, our_paint), (plain, plain_paint) = (
                (one[0][0], min(paint for _, paint in one)) for one in visits.values()
            )
            yield Figure(f"{title}: cold first view", ours / 1024, "KiB", plain / 1024, PLAIN)
            yield Figure(f"{title}: largest paint", our_paint, "ms", plain_paint, PLAIN)
        for server in servers.values():
            server.shutdown()
            server.server_close()
        browser.close()


def _serve(folder: Path) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    session = context.new_cdp_session(page)
    loaded: list[float] = []

    def finished(event: dict[str, Any]) -> None:
        loaded.append(event["encodedDataLength"])

    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle", timeout=120_000)
    paint: float = page.evaluate(LARGEST)
    context.close()
    return sum(loaded), paint
