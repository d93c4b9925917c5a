"""Search: how often the answer comes first, how fast, and what it weighs.

The theme's own search, as it comes, is built from the same content and asked the same queries in
the same run; once with the real pages, once with 500 page pairs.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from bench.figures import Figure
from bench.plain import build_plain
from conftest import ROOT, ServedSite, launch, serve
from many_pages import write_many_pages
from search_queries import SETS, Query, Score, Topics, queries, score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Request

PAIRS = 500
THEME = "the theme's search"

# Puts each query into the box and takes what is listed, and the milliseconds from the last event of
# typing to the first change of the list.
ASK = """async ({ texts, root }) => {
  const input = document.querySelector(".md-search__input");
  const result = document.querySelector(".md-search-result");
  const pause = (time) => new Promise((next) => setTimeout(next, time));
  const changed = () => new Promise((next) => {
    const observer = new MutationObserver(() => { observer.disconnect(); next(); });
    observer.observe(result, { childList: true, subtree: true, characterData: true });
  });
  const put = (text) => {
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "Unidentified" }));
  };
  const answers = [];
  for (const text of texts) {
    const emptied = changed();
    put("");
    await Promise.race([emptied, pause(1000)]);
    await pause(20);
    const answered = changed();
    const begin = performance.now();
    put(text);
    await Promise.race([answered, pause(10000)]);
    const time = performance.now() - begin;
    await pause(20);
    const items = [...result.querySelectorAll(".md-search-result__item")].map((item) =>
      [...item.querySelectorAll("a")].map((link) =>
        link.href.slice(root.length).replace(/[?]h=[^#]*/, "")));
    answers.push({ items, time });
  }
  return answers;
}"""
# Types into a page that has just opened; the milliseconds until the first result.
COLD = """async (text) => {
  const input = document.querySelector(".md-search__input");
  const begin = performance.now();
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true, key: "Unidentified" }));
  while (!document.querySelector(".md-search-result__item a")) {
    await new Promise((next) => setTimeout(next, 4));
  }
  return performance.now() - begin;
}"""
FIRST_QUERIES = {"": "发错货怎么办", "en/": "wrong item received"}
# What is loaded for the search alone, the theme's and ours.
OF_SEARCH = re.compile(r"/search[./]|/lunr/|/vendor/|search_index")


@dataclass(frozen=True)
class Measured:
    """What one search did in one site; times in milliseconds, bytes compressed."""

    score: Score
    times: list[float]
    cold: float
    before: int
    after: int


def figures() -> Iterator[Figure]:
    """The real site, then the large one, ours beside the theme's."""
    asked = [query for name in SETS for query in queries(name)]
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        for size, more in (("real site", 0), (f"{PAIRS} page pairs", PAIRS)):
            ours, theirs = (
                _measured(_site(Path(folder) / f"{kind}-{more}", more, kind), asked, browser)
                for kind in ("ours", "theirs")
            )
            yield from _compared(size, ours, theirs)
        browser.close()


def _compared(size: str, ours: Measured, theirs: Measured) -> Iterator[Figure]:
    def percent(measured: Measured, count: int) -> float:
        return 100 * count / measured.score.asked

    def of(name: str, unit: str, one: float, other: float) -> Figure:
        return Figure(f"{size}: {name}", one, unit, other, THEME)

    first, three, empty = (
        [percent(measured, getattr(measured.score, part)) for measured in (ours, theirs)]
        for part in ("first", "three", "empty")
    )
    yield of("the answer is the first result", "%", *first)
    yield of("the answer is among the first three", "%", *three)
    yield of("no result", "%", *empty)
    medians, slow = (
        [_part(measured.times, part) for measured in (ours, theirs)] for part in (0.5, 0.95)
    )
    yield of("last keystroke to results, median", "ms", *medians)
    yield of("last keystroke to results, 95 %", "ms", *slow)
    yield of("first search on a page that has just opened", "ms", ours.cold, theirs.cold)
    yield of("loaded for the search before it is used", "KiB", ours.before, theirs.before)
    yield of("loaded for the first search in all", "KiB", ours.after, theirs.after)


def _part(values: list[float], part: float) -> float:
    return statistics.quantiles(values, n=100)[round(part * 100) - 1]


def _site(root: Path, pairs: int, kind: str) -> Path:
    """Build the project's content, filled up to so many page pairs, into a folder of a new root."""
    for name in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    have = len(list((root / "docs").glob("*.zh.md")))
    write_many_pages(root, max(0, pairs - have))
    config = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    config = _changed(config, "  /messages/\n", "  /messages/\n  /many-*\n")
    (root / "mkdocs.yml").write_text(config, encoding="utf-8")
    built = root / "site"
    if kind == "theirs":
        build_plain(root, built)
        return built
    done = subprocess.run(
        [sys.executable, "hooks/build.py", "--site", str(built)],
        cwd=root,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return built


def _changed(text: str, old: str, new: str) -> str:
    if old not in text:
        raise SystemExit(old)
    return text.replace(old, new, 1)


def _measured(folder: Path, asked: list[Query], browser: Browser) -> Measured:
    serving = serve(folder)
    site = next(serving)
    try:
        return _asked(site, asked, browser)
    finally:
        serving.close()


def _asked(site: ServedSite, asked: list[Query], browser: Browser) -> Measured:
    pages = json.loads((site.folder / "data/pages.json").read_text(encoding="utf-8"))["pages"]
    in_order: list[Query] = []
    answers: list[dict[str, Any]] = []
    cold: list[float] = []
    before = after = 0
    for home, text in FIRST_QUERIES.items():
        some = [query for query in asked if query.home == home]
        context = browser.new_context()
        page = context.new_page()
        loaded: list[str] = []
        page.on("request", partial(_note, loaded))
        page.goto(site.address + home, wait_until="load")
        first = len(loaded)
        cold.append(page.evaluate(COLD, text))
        before = max(before, _weight(loaded[:first], site))
        after = max(after, _weight(loaded, site))
        in_order += some
        given = {"texts": [query.text for query in some], "root": site.address}
        answers += page.evaluate(ASK, given)
        context.close()
    results = [answer["items"] for answer in answers]
    return Measured(
        score(in_order, results, Topics(pages)),
        [answer["time"] for answer in answers],
        statistics.mean(cold),
        before // 1024,
        after // 1024,
    )


def _note(loaded: list[str], request: Request) -> None:
    loaded.append(request.url)


def _weight(urls: list[str], site: ServedSite) -> int:
    """The compressed bytes of what is loaded for the search."""
    paths = {url.removeprefix(site.address) for url in urls if OF_SEARCH.search(url)}
    return sum(len(gzip.compress((site.folder / path).read_bytes())) for path in paths)
