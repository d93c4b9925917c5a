"""Addresses are fetched: a server of our own gives every kind of answer."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from handbook.cli import main
from handbook.fetching import Answer, Cache, Fetcher, Manner
from minisite import minisite, replace, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


class Server(ThreadingHTTPServer):
    """A server that counts what it is asked and how much of it at once."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.now = self.most = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """One path for each kind of answer."""

    server: Server
    plain: ClassVar[dict[str, int]] = {"/ok": 200, "/gone": 410, "/missing": 404, "/broken": 500}
    moved: ClassVar[dict[str, tuple[int, str]]] = {
        "/moved": (301, "/ok"),
        "/moved-308": (308, "/ok"),
        "/moved-twice": (301, "/moved"),
        "/elsewhere": (302, "/ok"),
        "/mixed": (302, "/moved"),
        "/moved-away": (301, "/missing"),
        "/loop": (301, "/loop"),
        "/inside": (302, "http://10.0.0.1/"),
        "/nonsense": (301, "http://["),
    }

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.answer()

    def do_GET(self) -> None:
        """The same."""
        self.answer()

    def answer(self) -> None:
        """Count the request and reply."""
        server, path = self.server, self.path
        with server.lock:
            server.asked[f"{self.command} {path}"] += 1
            server.now += 1
            server.most = max(server.most, server.now)
            times = server.asked[f"HEAD {path}"]
        try:
            self.reply(path, times)
        finally:
            with server.lock:
                server.now -= 1

    def reply(self, path: str, times: int) -> None:
        """What each path gives."""
        if path.startswith("/busy"):
            time.sleep(0.05)
            self.say(200)
        elif path == "/slow":
            time.sleep(1)
            self.say(200)
        elif path == "/no-head":
            self.say(405 if self.command == "HEAD" else 200)
        elif path == "/second-time":
            self.say(200 if times > 1 else 503)
        elif path == "/wait":
            self.say(200 if times > 1 else 429, {"Retry-After": "7"})
        elif path == "/wait-until":
            self.say(200 if times > 1 else 503, {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"})
        elif path == "/wait-oddly":
            self.say(200 if times > 1 else 503, {"Retry-After": "\u00b2"})
        elif path == "/always-busy":
            self.say(429)
        elif path in self.moved:
            status, target = self.moved[path]
            self.say(status, {"Location": target})
        else:
            self.say(self.plain.get(path, 404))

    def say(self, status: int, headers: dict[str, str] | None = None) -> None:
        """Send a status and some headers."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    server = Server()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def apart(work: Callable[..., Any], *given: object) -> Any:  # noqa: ANN401 - what the work gives
    """Do something in a thread of its own: the browser of other tests has this one's event loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work, *given).result()


def fetch(
    urls: list[str],
    ignored: Callable[[str], str | None] = lambda _: None,
    **manner: Any,  # noqa: ANN401 - the fields of Manner
) -> tuple[dict[str, Answer], list[float]]:
    """The answers, and the pauses between tries in place of which nothing is waited."""
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    fetcher = Fetcher(Manner(**{"allow_private": True, "timeout": 5} | manner), ignored, sleep)
    return apart(asyncio.run, fetcher.fetch_all(urls)), pauses


@pytest.mark.parametrize(
    ("path", "kind", "detail", "pauses"),
    [
        pytest.param("/ok", "working", "200", [], id="working"),
        pytest.param("/ok#part", "working", "200", [], id="working with a fragment"),
        pytest.param("/no-head", "working", "200", [], id="a server that does not like HEAD"),
        pytest.param("/missing", "broken", "404", [], id="not found, once"),
        pytest.param("/gone", "broken", "410", [], id="gone"),
        pytest.param("/broken", "broken", "500", [1, 2], id="an error, three times, later each"),
        pytest.param("/second-time", "working", "200", [1], id="an error the first time"),
        pytest.param("/wait", "working", "200", [7], id="as long as the server asks"),
        pytest.param("/wait-until", "working", "200", [60], id="no longer than a minute"),
        pytest.param("/wait-oddly", "working", "200", [1], id="for a time that is none"),
        pytest.param("/nonsense", "broken", "Invalid IPv6 URL", [1, 2], id="moved to nonsense"),
        pytest.param("/always-busy", "unchecked", "429", [1, 2], id="too many requests"),
        pytest.param("/elsewhere", "working", "200", [], id="redirected for now"),
        pytest.param("/moved", "redirected", "{}/ok", [], id="moved"),
        pytest.param("/moved-308", "redirected", "{}/ok", [], id="moved, the other status"),
        pytest.param("/moved-twice", "redirected", "{}/ok", [], id="moved twice"),
        pytest.param("/mixed", "working", "200", [], id="one of the steps for now"),
        pytest.param("/moved-away", "broken", "404", [], id="moved to nowhere"),
        pytest.param("/loop", "broken", "TooManyRedirects", [], id="round and round"),
    ],
)
def test_answer(server: Server, path: str, kind: str, detail: str, pauses: list[float]) -> None:
    url = server.address + path
    answers, waited = fetch([url])
    assert answers == {url: Answer(kind, detail.format(server.address))}  # type: ignore[arg-type]
    assert waited == pauses


def test_head_comes_first_and_get_only_where_it_must(server: Server) -> None:
    fetch([server.address + "/ok", server.address + "/no-head"])
    assert server.asked == {"HEAD /ok": 1, "HEAD /no-head": 1, "GET /no-head": 1}


def test_a_server_that_does_not_answer_in_time(server: Server) -> None:
    url = server.address + "/slow"
    answers, pauses = fetch([url], timeout=0.1)
    assert answers == {url: Answer("timeout", "0.1 s")}
    assert pauses == [1, 2]


def test_a_server_that_is_not_there() -> None:
    url = "http://127.0.0.1:9/"
    answers, pauses = fetch([url])
    assert answers[url].kind == "broken"
    assert pauses == [1, 2]


def test_a_host_that_has_no_address() -> None:
    url = "https://handbook.invalid/"
    answers, _ = fetch([url], allow_private=False, tries=1)
    assert answers[url].kind == "broken"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.1.1"])
def test_private_addresses_are_not_fetched_unless_allowed(host: str) -> None:
    url = f"http://{host}/"
    answers, _ = fetch([url], allow_private=False)
    assert answers[url].kind == "unchecked"


def test_a_redirect_into_a_private_network_is_not_followed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the server of this test counts as public.
    monkeypatch.setattr("handbook.fetching.is_private", lambda host: host != "127.0.0.1")
    url = server.address + "/inside"
    answers, _ = fetch([url], allow_private=False)
    assert answers == {url: Answer("unchecked", "10.0.0.1")}


def test_what_is_ignored_is_not_asked(server: Server) -> None:
    url = server.address + "/ok"
    answers, _ = fetch([url], ignored=lambda _: "sign-in")
    assert answers == {url: Answer("ignored", "sign-in")}
    assert server.asked == {}


def test_other_schemes_are_not_checked() -> None:
    answers, _ = fetch(["mailto:team@example.com"])
    assert answers == {"mailto:team@example.com": Answer("unchecked", "mailto")}


def test_a_host_is_asked_only_so_often_at_once(server: Server) -> None:
    fetch([f"{server.address}/busy/{number}" for number in range(12)], per_host=2)
    assert 1 <= server.most <= 2
    assert sum(server.asked.values()) == 12


NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def test_good_answers_are_kept_for_a_time(tmp_path: Path) -> None:
    file = tmp_path / "cache" / "links.json"
    day = dt.timedelta(days=1)
    new = {
        "a": Answer("working", "200"),
        "b": Answer("broken", "404"),
        "c": Answer("redirected", "d"),
    }
    Cache(file, day, NOW).write({}, new)
    kept = {"a": Answer("working", "200"), "c": Answer("redirected", "d")}
    assert Cache(file, day, NOW + day).read() == kept
    assert Cache(file, day, NOW + day * 2).read() == {}
    # What was kept keeps the time of its own fetch.
    Cache(file, day, NOW + day).write(kept, {})
    assert Cache(file, day, NOW + day * 2).read() == {}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"kind": "working"}}'])
def test_a_cache_that_cannot_be_read_is_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.json").write_text(text, encoding="utf-8")
    cache = Cache(tmp_path / "links.json", dt.timedelta(days=1), NOW)
    assert cache.read() == {}
    cache.write({}, {"a": Answer("working", "200")})
    assert cache.read() == {"a": Answer("working", "200")}


def test_the_command_says_where_an_address_does_not_work(
    server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/_data/terms.yml", "en: Who buys.", f"en: Not at {server.address}/missing")
    write(
        root,
        "docs/_data/link-exclusions.yml",
        "help:\n  host: sellercentral.amazon.com\n  reason: {zh: 要登录, en: asks to sign in}\n"
        "store:\n  address: https://www.amazon.com/\n  reason: {zh: 要登录, en: asks to sign in}\n",
    )
    arguments = ["--root", str(root), "links", "--allow-private", "--ui", "en", "--format", "json"]
    assert apart(main, arguments) == 1
    printed = capsys.readouterr()
    (found,) = json.loads(printed.out)["findings"]
    assert (found["rule"], found["path"], found["line"], found["column"]) == (
        "broken-link",
        "docs/_data/terms.yml",
        23,
        16,
    )
    assert "working 0, redirected 0, broken 1, timeout 0, ignored 3" in printed.err


def test_the_second_run_asks_nothing_that_worked(server: Server, tmp_path: Path) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/_data/terms.yml", "en: Who buys.", f"en: Not at {server.address}/ok")
    path = "docs/_data/terms.yml"
    arguments = ["--root", str(root), "links", "--allow-private", path]
    assert apart(main, arguments) == 0
    assert apart(main, arguments) == 0
    assert server.asked == {"HEAD /ok": 1}
    assert apart(main, [*arguments, "--max-age", "0"]) == 0
    assert server.asked == {"HEAD /ok": 2}
