"""Every text file of a finished site compressed beforehand, so that a server need not do it."""

from __future__ import annotations

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import brotli

from handbook.publish.policy import SERVER

if TYPE_CHECKING:
    from pathlib import Path

# The endings of what is written.
COMPRESSED = (".gz", ".br")

_TEXT = {".atom", ".css", ".html", ".js", ".json", ".md", ".svg", ".txt", ".xml"}
# Below this many bytes a second file costs more than it saves.
_WORTHWHILE = 512


def compress(site: Path) -> None:
    """Write `FILE.gz` and `FILE.br` beside each text file; no time is written into them."""
    files = [
        file
        for file in sorted(site.rglob("*"))
        if file.suffix in _TEXT
        and file.relative_to(site).parts[0] != SERVER
        and file.stat().st_size >= _WORTHWHILE
    ]
    # Both libraries let other threads run while they work.
    with ThreadPoolExecutor() as threads:
        list(threads.map(_compress, files))


def _compress(file: Path) -> None:
    data = file.read_bytes()
    stat = file.stat()
    # Of brotli's two best levels the second takes a third of the time for 1 % more bytes.
    for ending, compressed in (
        (".gz", gzip.compress(data, 9, mtime=0)),
        (".br", brotli.compress(data, quality=10)),
    ):
        other = file.with_name(file.name + ending)
        other.write_bytes(compressed)
        # As old as the file: a browser asks by date whichever it was sent.
        os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
