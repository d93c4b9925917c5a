"""Runs the benches that are named, or all."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from bench.figures import print_table

SUBJECTS = sorted(
    file.stem
    for file in Path(__file__).parent.glob("*.py")
    if file.stem not in ("__init__", "__main__", "figures", "plain")
)


def main() -> None:
    """Run each bench and print its table."""
    for subject in sys.argv[1:] or SUBJECTS:
        print_table(subject, import_module(f"bench.{subject}").figures())


if __name__ == "__main__":
    main()
