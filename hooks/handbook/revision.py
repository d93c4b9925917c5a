"""From which commit the site is built, and the date of its content. The clock is never read."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from typing import TYPE_CHECKING

from handbook.export import Version

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content


def read_version(root: Path, content: Content) -> Version:
    """The commit of the checkout at `root`, and the newest review or change date of the content.

    Outside a git checkout the commit comes from `HANDBOOK_COMMIT`, or is unknown.
    """
    commit = os.environ.get("HANDBOOK_COMMIT") or _commit(root) or "unknown"
    dates = [page.meta.reviewed for page in content.pages.values() if page.meta]
    dates += [change.date for change in content.records.changes]
    dates += [message.meta.reviewed for message in content.messages.values() if message.meta]
    return Version(commit=commit, content_date=max(dates, default=dt.date(2026, 11, 23)))


def _commit(root: Path) -> str | None:
    try:
        result = subprocess.run(  # noqa: S603 - a fixed command
            ["git", "-C", str(root), "rev-parse", "HEAD"],  # noqa: S607 - the git of the machine
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return result.stdout.strip()
