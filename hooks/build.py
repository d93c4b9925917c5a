"""`make site`: build into a folder beside, and swap it in when it is whole.

A build that fails, or is interrupted, leaves the last good site as it was.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from handbook.interface import both

ROOT = Path(__file__).resolve().parent.parent


def build(target: Path, *, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    """Build the site into an empty folder; the result has the exit code and what was printed.

    Args:
        target: The folder to build into.
        quiet: Keep what the build prints instead of passing it on.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    command += ["--config-file", str(ROOT / "mkdocs.yml"), "--site-dir", str(target)]
    return subprocess.run(
        command,
        cwd=ROOT,
        check=False,
        text=True,
        capture_output=quiet,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )


def swap(new: Path, target: Path) -> None:
    """Put a finished folder in the place of another, which goes only when the new one is there."""
    old = target.with_name(f".{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    """Build and swap; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=ROOT / "site")
    target: Path = parser.parse_args().site.resolve()
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".site-") as folder:
            new = Path(folder) / "site"
            result = build(new)
            if result.returncode:
                return result.returncode
            swap(new, target)
    except OSError as error:
        print(f"make site: {error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"{both('terminal.built')}: {target}/index.html")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
