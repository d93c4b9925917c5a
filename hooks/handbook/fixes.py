"""What can be mended mechanically: shown as a difference, then written, each file whole or not."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handbook.findings import Edit
    from handbook.source import SourceFile


def edited(source: SourceFile, edits: Iterable[Edit]) -> str:
    """The text of a file after its edits; of edits that overlap, the first one counts."""
    text, position, pieces = source.text, 0, []
    for edit in sorted(set(edits), key=lambda one: (one.span, one.text)):
        start = source.offset(edit.span.line, edit.span.column)
        end = source.offset(edit.span.end_line, edit.span.end_column)
        if start < position:
            continue
        pieces += [text[position:start], edit.text]
        position = end
    return "".join([*pieces, text[position:]])


def changes(edits: Iterable[Edit], files: Mapping[str, SourceFile]) -> dict[str, str]:
    """The new text of every file that the edits change, by path."""
    by_path: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_path[edit.path].append(edit)
    texts = {path: edited(files[path], own) for path, own in sorted(by_path.items())}
    return {path: text for path, text in texts.items() if text != files[path].text}


def difference(texts: Mapping[str, str], files: Mapping[str, SourceFile]) -> str:
    """What would be changed, as a unified diff."""
    parts: list[str] = []
    for path, text in texts.items():
        before, after = files[path].text, text
        parts += difflib.unified_diff(
            before.splitlines(keepends=True),
            after.splitlines(keepends=True),
            f"a/{path}",
            f"b/{path}",
        )
    return "".join(part if part.endswith("\n") else part + "\n" for part in parts)


def write(texts: Mapping[str, str], root: Path) -> None:
    """Write each file beside its place and move it there, so that none is ever half written.

    Raises:
        OSError: A file cannot be written; those before it are.
    """
    for path, text in texts.items():
        file = root / path
        raw = file.read_bytes()
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        ends = b"\r\n" if b"\r\n" in raw else b"\n"
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(mark + text.encode().replace(b"\n", ends))
            Path(temporary).chmod(file.stat().st_mode)
            Path(temporary).replace(file)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
