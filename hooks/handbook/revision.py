"""What git knows: the commit that the site is built from, and what was changed since another.

The clock is never read.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from typing import TYPE_CHECKING

from handbook.export import Version
from handbook.interface import both

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content


def read_version(root: Path, content: Content) -> Version:
    """The commit of the checkout at `root`, and the newest review or change date of the content.

    Content without any date is as old as a zip can say.

    Outside a git checkout the commit comes from `HANDBOOK_COMMIT`, or is unknown.
    """
    commit = os.environ.get("HANDBOOK_COMMIT") or _commit(root) or "unknown"
    dates = [page.meta.reviewed for page in content.pages.values() if page.meta]
    dates += [change.date for change in content.records.changes]
    dates += [message.meta.reviewed for message in content.messages.values() if message.meta]
    return Version(commit=commit, content_date=max(dates, default=dt.date(1980, 1, 1)))


def _commit(root: Path) -> str | None:
    try:
        return _git(root, "rev-parse", "HEAD").strip()
    except GitError:
        return None


class GitError(Exception):
    """Git cannot say what was asked; the text says why."""


def changed_files(root: Path, revision: str) -> set[str]:
    """The files below the root that differ from a commit, those that git does not know yet too.

    Args:
        root: The folder that holds `docs/`; paths are relative to it.
        revision: A commit; empty for the merge base with main.

    Raises:
        GitError: There is no git, no such commit or no merge base.
    """
    commit = revision or _merge_base(root)
    since = _git(root, "rev-parse", "--verify", "--end-of-options", commit + "^{commit}").strip()
    differs = _git(root, "diff", "--name-only", "-z", "--no-renames", "--relative", since, "--")
    new = _git(root, "ls-files", "-z", "--others", "--exclude-standard")
    return {path for path in (differs + new).split("\0") if path}


def _merge_base(root: Path) -> str:
    for main in ("main", "origin/main"):
        try:
            return _git(root, "merge-base", "HEAD", main).strip()
        except GitError:
            continue
    raise GitError(both("terminal.no-base"))


def _git(root: Path, *arguments: str) -> str:
    try:
        result = subprocess.run(  # noqa: S603 - a fixed command
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the git of the machine
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    except OSError as error:
        raise GitError(both("terminal.no-git")) from error
    if result.returncode:
        raise GitError(result.stderr.strip())
    return result.stdout
