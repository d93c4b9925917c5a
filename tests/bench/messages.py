"""Messages: what 300 in 12 languages cost the build and the check, and a keystroke the reader."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from bench.figures import Figure, seconds
from conftest import ROOT, build, launch, serve
from handbook.checks import check
from handbook.content import load
from handbook.message import LIBRARY_LANGUAGES
from minisite import buildable, write

if TYPE_CHECKING:
    from collections.abc import Iterator

MESSAGES = 300
# All languages of the library but one.
LANGUAGES = [tag for tag in LIBRARY_LANGUAGES if tag != "ar"]
TEXT_LENGTH = 2000


def figures() -> Iterator[Figure]:
    """The build, the check, and the browser's check of a long text."""
    with TemporaryDirectory() as folder:
        without = _site(Path(folder) / "without", 0)
        with_messages = _site(Path(folder) / "with", MESSAGES)
        name = f"{MESSAGES} messages in {len(LANGUAGES)} languages"
        against = "the same site without them"
        yield Figure(
            f"check, {name}",
            seconds(lambda: _check(with_messages)),
            "s",
            seconds(lambda: _check(without)),
            against,
        )
        yield Figure(
            f"build, {name}",
            seconds(lambda: _build(with_messages), 1),
            "s",
            seconds(lambda: _build(without), 1),
            against,
        )
    yield from _keystrokes()


def _site(root: Path, count: int) -> Path:
    """A small site with so many messages beside its one; their texts are those of the library."""
    buildable(root, ROOT)
    shutil.copy(ROOT / "docs/_data/placeholders.yml", root / "docs/_data/placeholders.yml")
    library = [
        message for message in load(ROOT).messages.values() if set(LANGUAGES) <= set(message.texts)
    ]
    names = ["hello"]
    for number in range(count):
        message = library[number % len(library)]
        names.append(f"{message.id}-{number}")
        front = message.source.text.partition("\n---\n")[0]
        texts = "".join(f"\n## {tag}\n\n{message.texts[tag].text}\n" for tag in LANGUAGES)
        write(root, f"docs/_messages/{names[-1]}.md", f"{front}\n---\n{texts}")
    for language in ("zh", "en"):
        page = (root / f"docs/messages.{language}.md").read_text(encoding="utf-8")
        listed = page.replace("message-list | hello", f"message-list | {' '.join(names)}")
        write(root, f"docs/messages.{language}.md", listed)
    return root


def _check(root: Path) -> None:
    findings = check(load(root), today=dt.date(2026, 12, 1))
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise SystemExit(errors[0].message("en"))


def _build(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "hooks/build.py"], cwd=root, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)


# The check of a text in the page, beside drawing the same text, each fifty times.
MEASURE = """async ({ text, language }) => {
  const check = await handbook.load("check");
  const options = { ui: "en", language, store: "US", orders: ["fba"], recipient: "buyer" };
  await check(text, options);
  const checked = [];
  const drawn = [];
  const place = document.querySelector("[data-marked]");
  place.hidden = false;
  for (let round = 0; round < 50; round += 1) {
    const typed = text.slice(0, -1) + String.fromCharCode(97 + (round % 26));
    let begin = performance.now();
    await check(typed, options);
    checked.push(performance.now() - begin);
    begin = performance.now();
    place.textContent = typed;
    place.getBoundingClientRect();
    drawn.push(performance.now() - begin);
  }
  const at = (all, part) => all.sort((a, b) => a - b)[Math.floor(all.length * part)];
  return { median: at(checked, 0.5), slow: at(checked, 0.95), drawn: at(drawn, 0.5) };
}"""


def _keystrokes() -> Iterator[Figure]:
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        if problem := build(Path(folder) / "site"):
            raise SystemExit(problem)
        serving = serve(Path(folder) / "site")
        site = next(serving)
        browser = launch(playwright)
        page = browser.new_page()
        page.goto(f"{site.address}en/check-text/")
        exported = json.loads((site.folder / "data/messages.json").read_text(encoding="utf-8"))
        for language in LANGUAGES:
            texts = "\n\n".join(
                message["texts"][language]["text"]
                for message in exported["messages"]
                if language in message["texts"]
            )
            text = texts[:TEXT_LENGTH]
            times = page.evaluate(MEASURE, {"text": text, "language": language})
            name = f"check of {len(text)} characters after a keystroke, {language}"
            yield Figure(f"{name}, median", times["median"], "ms", times["drawn"], "drawing them")
            yield Figure(f"{name}, 95 %", times["slow"], "ms")
        browser.close()
        serving.close()
