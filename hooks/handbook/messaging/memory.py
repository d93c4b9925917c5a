"""What was worked out before: compiled phrases, verdicts on the texts of the library.

It lies beside the bytecode, for the same reason and as little missed when it is gone. Whatever the
rules or the code that reads them say differently makes it worthless: each entry carries a mark of
both.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_KEPT = _FOLDER / "__pycache__"


@cache
def mark() -> str:
    """A mark of the rules and of the code that reads them."""
    digest = hashlib.sha256()
    for file in sorted(_FOLDER.rglob("*")):
        if file.suffix in (".py", ".yml"):
            digest.update(file.relative_to(_FOLDER).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def recall(name: str) -> Any:  # noqa: ANN401 - what `keep` was given
    """What was kept under a name; None where nothing was, or where it is out of date."""
    try:
        kept = json.loads((_KEPT / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return kept.get("value") if isinstance(kept, dict) and kept.get("mark") == mark() else None


def keep(name: str, value: object) -> None:
    """Keep a value that JSON can hold; where it cannot be written, it is worked out again."""
    try:
        _KEPT.mkdir(exist_ok=True)
        descriptor, aside = tempfile.mkstemp(dir=_KEPT, prefix=f"{name}-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"mark": mark(), "value": value}, file, ensure_ascii=False)
        Path(aside).replace(_KEPT / f"{name}.json")
    except OSError:
        return
