"""The check beside what the site's own Markdown takes to convert the same pages, at three sizes.

Each measurement is a process of its own, so that its memory is its own too.
"""

from __future__ import annotations

import datetime as dt
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import yaml
from markdown import Markdown

from bench.figures import Figure, seconds
from conftest import ROOT
from handbook.checks import check
from handbook.content import DATA, load
from handbook.render import RenderedPage

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (50, 500, 5000)
DAY = dt.date(2026, 12, 1)
_MESSAGE_BLOCK = re.compile(r"^/// message[^\n]*\n.*?^///\n", re.MULTILINE | re.DOTALL)
_MESSAGE_LINK = re.compile(r"\[([^\]]*)\]\(message:[^)]*\)")
_CHECK_AGAINST = "converting the same pages"


def figures() -> Iterator[Figure]:
    """The whole check and the conversion at each size, then the real site by the command."""
    for pairs in SIZES:
        with TemporaryDirectory() as folder:
            root = generate(Path(folder), pairs)
            checked, converted = _measured("check", root), _measured("convert", root)
            name = f"check {pairs} page pairs"
            yield Figure(f"{name}, time", checked[0], "s", converted[0], _CHECK_AGAINST)
            yield Figure(f"{name}, time for each pair", 1000 * checked[0] / pairs, "ms")
            yield Figure(f"{name}, memory", checked[1], "MB", converted[1], _CHECK_AGAINST)
    command = [sys.executable, "-m", "handbook.cli", "check"]
    yield Figure("check the real site, the whole command", seconds(lambda: _run(command)), "s")
    one = [*command, "docs/refund.zh.md"]
    yield Figure("check one page of it, the whole command", seconds(lambda: _run(one)), "s")


def generate(root: Path, pairs: int) -> Path:
    """A handbook of so many page pairs, each a copy of a real one; without messages."""
    content = load(ROOT)
    shutil.copytree(ROOT / DATA, root / DATA)
    slugs = sorted(content.slugs)
    for number in range(pairs):
        slug = slugs[number % len(slugs)]
        # The first copy keeps its name, so that links between the pages lead somewhere.
        name = slug if number < len(slugs) else f"{slug}-{number}"
        for language in ("zh", "en"):
            text = (ROOT / "docs" / f"{slug}.{language}.md").read_text(encoding="utf-8")
            text = _MESSAGE_LINK.sub(r"\1", _MESSAGE_BLOCK.sub("", text))
            text = re.sub(r"^fingerprints:\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
            text = re.sub(r"^topics: .*$", "topics: []", text, count=1, flags=re.MULTILINE)
            text = re.sub(r' topics="[^"]*"', "", text)
            (root / "docs" / f"{name}.{language}.md").write_text(text, encoding="utf-8")
    return root


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True)


def _measured(work: str, root: Path) -> tuple[float, float]:
    """Seconds of the work without loading the program, and the most memory in megabytes."""
    result = subprocess.run(
        [sys.executable, "-m", "bench.check", work, str(root)],
        capture_output=True,
        text=True,
        check=True,
    )
    taken, memory = result.stdout.split()
    return float(taken), float(memory)


def _check(root: Path) -> None:
    check(load(root), DAY)


class _Loader(yaml.SafeLoader):
    """The site's configuration, of which only the Markdown extensions are wanted."""


_Loader.add_multi_constructor("!", lambda _loader, _suffix, _node: None)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda _loader, _suffix, _node: None)


def _convert(root: Path) -> None:
    """Every page with the extensions of mkdocs.yml, each with an instance of its own as there."""
    config = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
    names: list[str] = ["extra", "toc", "tables", "fenced_code"]
    options: dict[str, dict[str, object]] = {}
    for one in config["markdown_extensions"]:
        name, given = (one, {}) if isinstance(one, str) else next(iter(one.items()))
        names.append(name)
        options[name] = given or {}
    content = load(root)
    for page in content.pages.values():
        options["handbook.render"] = {"content": content, "page": RenderedPage.of_page(page)}
        Markdown(extensions=list(dict.fromkeys(names)), extension_configs=options).convert(
            page.body
        )


if __name__ == "__main__":
    begin = time.perf_counter()
    {"check": _check, "convert": _convert}[sys.argv[1]](Path(sys.argv[2]))
    taken = time.perf_counter() - begin
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
