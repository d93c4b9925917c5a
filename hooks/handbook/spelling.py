"""English spelling, by the `typos` program; the words that are right stand in `typos.toml`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sysconfig
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Slip(NamedTuple):
    """A word that is misspelt: which text, from which offset, and what was meant."""

    text: int
    start: int
    word: str
    corrections: tuple[str, ...]


def slips_in(texts: Sequence[str]) -> Iterator[Slip]:
    """Every misspelt word of some texts, which are read in one run.

    Raises:
        OSError: The program is not installed.
    """
    lines: list[tuple[int, int, str]] = []
    for index, text in enumerate(texts):
        offset = 0
        for line in text.split("\n"):
            lines.append((index, offset, line.replace("\r", " ")))
            offset += len(line) + 1
    with resources.as_file(resources.files("handbook").joinpath("typos.toml")) as words:
        result = subprocess.run(  # noqa: S603 - a fixed command
            [_program(), "--isolated", "--config", str(words), "--format", "json", "-"],
            input="\n".join(line for _, _, line in lines).encode(),
            capture_output=True,
            check=False,
        )
    for answer in result.stdout.decode().splitlines():
        slip = json.loads(answer)
        if slip.get("type") != "typo":
            continue
        index, offset, line = lines[slip["line_num"] - 1]
        inside = len(line.encode()[: slip["byte_offset"]].decode(errors="ignore"))
        yield Slip(index, offset + inside, slip["typo"], tuple(slip["corrections"]))


def _program() -> str:
    """The program beside this Python, or on the path."""
    own = Path(sysconfig.get_path("scripts")) / "typos"
    return str(own) if own.is_file() else shutil.which("typos") or "typos"
