"""`make serve`: the site with live reload.

A change of content, data, templates or code builds the site anew, in a process of its own, so
that changed code is used too. While there are findings the last good site stays up; they are shown
in the terminal and as a bar in the page.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from watchfiles import awatch

from build import ROOT
from handbook.interface import both

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.types import Scope

_LAST_PORT = 65535
WATCHED = ("docs", "overrides", "hooks", "mkdocs.yml")

# In the page: the bar, and a reload when a new build, or a new list of findings, is there.
_CLIENT = """
<script>
(() => {
  const show = (text) => {
    document.getElementById("handbook-findings")?.remove();
    if (!text) return;
    const bar = document.createElement("div");
    bar.id = "handbook-findings";
    bar.setAttribute("role", "alert");
    bar.style.cssText = "position:fixed;inset:auto 0 0;z-index:99;max-height:45vh;overflow:auto;" +
      "padding:12px 16px;background:#7a1712;color:#fff;font:13px/1.6 ui-monospace,monospace;" +
      "white-space:pre-wrap;border-top:4px solid #ffb454";
    bar.textContent = text;
    document.body.append(bar);
  };
  const events = new EventSource("/.handbook/events");
  let build;
  events.onmessage = ({ data }) => {
    const state = JSON.parse(data);
    if (build !== undefined && build !== state.build) location.reload();
    build = state.build;
    show(state.findings);
  };
})();
</script>
"""

_NOTHING_YET = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>make serve</title>
<body style="font:16px/1.7 system-ui,sans-serif;margin:10vh auto;max-width:40rem;padding:0 1rem">
<h1>{title}</h1><p>{why}</p>"""


@dataclass
class State:
    """What the pages are told: which build they show, and what is wrong with the content now."""

    site: Path
    build: int = 0
    findings: str = ""
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    def message(self) -> str:
        """The state as one event."""
        return json.dumps({"build": self.build, "findings": self.findings}, ensure_ascii=False)


class Site(StaticFiles):
    """The built site, with the client added to each page."""

    def __init__(self, state: State) -> None:
        super().__init__(directory=state.site, html=True)
        self.state = state

    async def get_response(self, path: str, scope: Scope) -> Response:
        """A file, a page with the client, or the 404 page of the path's language."""
        if not self.state.build:
            words = _NOTHING_YET.format(
                title=both("terminal.nothing-yet"), why=both("terminal.nothing-yet.why")
            )
            return HTMLResponse(words + _CLIENT, status_code=503)
        try:
            response = await super().get_response(path, scope)
        except OSError:
            # Between the old site and the new one there is a moment without files.
            return Response(status_code=503, headers={"Retry-After": "1"})
        if response.status_code == 404:  # noqa: PLR2004
            language = "en/" if path.startswith("en/") else ""
            response = FileResponse(self.state.site / language / "404.html", status_code=404)
        file = getattr(response, "path", "")
        if not str(file).endswith(".html"):
            response.headers["Cache-Control"] = "no-cache"
            return response
        page = await asyncio.to_thread(Path(file).read_text, encoding="utf-8")
        page = page.replace("</body>", _CLIENT + "</body>")
        return HTMLResponse(page, response.status_code, {"Cache-Control": "no-cache"})


def _application(state: State) -> Starlette:
    async def events(request: Request) -> Response:
        async def stream() -> AsyncIterator[str]:
            told = ""
            while not await request.is_disconnected():
                message = state.message()
                yield ": still here\n\n" if message == told else f"data: {message}\n\n"
                told = message
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(5), state.changed:
                        await state.changed.wait()

        return StreamingResponse(stream(), media_type="text/event-stream")

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(_watch(state))
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    routes = [Route("/.handbook/events", events), Mount("/", Site(state))]
    return Starlette(routes=routes, lifespan=lifespan)


async def _watch(state: State) -> None:
    """Build now and after every change; changes that come together are one."""
    await _build(state)
    paths = [ROOT / name for name in WATCHED]
    async for _ in awatch(*paths, debounce=300, step=50, watch_filter=_matters):
        await _build(state)


def _matters(change: object, path: str) -> bool:
    del change
    return "__pycache__" not in path and not path.endswith(("~", ".swp", ".tmp"))


async def _build(state: State) -> None:
    """Build as `make site` does; what it says while it fails is what is wrong."""
    command = [sys.executable, str(ROOT / "hooks" / "build.py"), "--draft"]
    process = await asyncio.create_subprocess_exec(
        *command,
        *("--site", str(state.site)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        process.terminate()
        await process.wait()
        raise
    async with state.changed:
        # Without the path of this machine.
        said = output.decode(errors="replace").replace(f"{ROOT}{os.sep}", "").strip()
        state.findings = said if process.returncode else ""
        if process.returncode:
            print(said, file=sys.stderr, flush=True)
        else:
            state.build += 1
            print(both("terminal.updated"), flush=True)
        state.changed.notify_all()


def _port(text: str) -> int:
    if text.isdecimal() and 0 <= int(text) <= _LAST_PORT:
        return int(text)
    reason = f"{both('terminal.port', port=text)} (0-{_LAST_PORT})"
    raise argparse.ArgumentTypeError(reason)


def main() -> int:
    """Serve until interrupted; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=8000)
    options = parser.parse_args()
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((options.host, options.port))
        except OSError as error:
            print(
                f"make serve: {both('terminal.port', port=options.port)}: {error.strerror}; "
                f"make serve PORT={options.port + 1}",
                file=sys.stderr,
            )
            return 2
        address = f"http://{options.host}:{options.port}/"
        print(f"{both('terminal.open')} {address} · {both('terminal.stop')}", flush=True)
        with tempfile.TemporaryDirectory(prefix="handbook-") as folder:
            state = State(Path(folder) / "site")
            state.site.mkdir()
            config = uvicorn.Config(
                _application(state), log_level="warning", timeout_graceful_shutdown=1
            )
            # The server ends, then lets the signal take its course: which is to clear away, too.
            signal.signal(signal.SIGTERM, signal.default_int_handler)
            with contextlib.suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listener])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
