"""`make site`: build into a folder beside, and swap it in when it is whole.

A build that fails, or is interrupted, leaves the last good site as it was.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.export import VERSION
from handbook.faults import explain
from handbook.interface import both
from handbook.publish import publish
from handbook.publish.aside import RefusedError, aside
from handbook.urls import split

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent

# The last line of a traceback that ends in an error of the operating system.
_OS_ERROR = re.compile(
    r"^\w*Error: \[Errno (\d+)\] ([^:\n]*)(?:: (?:.* )?'([^']*)')?$", re.MULTILINE
)


class BuildError(Exception):
    """The site was not built; the text says why, `code` is the exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def build(target: Path, *, draft: bool = False) -> None:
    """Build the site into a folder.

    Args:
        target: The folder to build into.
        draft: Leave out what a preview on this machine has no use for.

    Raises:
        BuildError: The content has findings, or the site generator failed.
        OSError: A file cannot be written.
        KeyboardInterrupt: The site generator was ended by a signal.
    """
    # Strict, as mkdocs.yml says. Not --quiet: it would keep strictness from seeing any warning.
    command = [sys.executable, "-m", "mkdocs", "build"]
    command += ["--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(target)]
    result = subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    output = (result.stderr + result.stdout).strip()
    if result.returncode < 0:
        # Ended by a signal: by hand, or because the machine was short of memory.
        raise KeyboardInterrupt
    if result.returncode:
        if "Traceback" in output and (match := _OS_ERROR.search(output)):
            raise OSError(int(match[1]), match[2], match[3])
        raise BuildError(output, result.returncode)
    publish(target, os.environ.get("SITE_URL", ""), draft=draft)


def guarded(command: str, work: Callable[[], str]) -> int:
    """Run a command and turn faults into a sentence; gives the exit code.

    Args:
        command: How the reader called it, for the message.
        work: What to do; gives the line that says where to go next.
    """

    def end(number: int, frame: object) -> None:
        del number, frame
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, end)
    kept = both("fault.kept")
    try:
        url = os.environ.get("SITE_URL", "")
        parts = split(url)
        if url and not (parts and parts.scheme in ("http", "https") and parts.hostname):
            print(f"{command}: {both('fault.site-url', url=url)}", file=sys.stderr)
            return 2
        print(work())
    except BuildError as error:
        print(f"{error}\n{command}: {kept}", file=sys.stderr)
        return error.code
    except RefusedError as error:
        print(f"{command}: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{command}: {explain(error)}. {kept}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"{command}: {both('fault.interrupted')}. {kept}", file=sys.stderr)
        return 130
    return 0


def main() -> int:
    """Build and swap; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    parser.add_argument("--draft", action="store_true", help="leave out what only hosts need")
    options = parser.parse_args()
    target: Path = options.site.resolve()

    def work() -> str:
        with aside(target, VERSION) as new:
            build(new, draft=options.draft)
        return f"{both('terminal.built')}: {target}/index.html"

    return guarded("make site", work)


if __name__ == "__main__":
    raise SystemExit(main())
