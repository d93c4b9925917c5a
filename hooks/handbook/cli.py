"""The command `handbook`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from handbook.checks import check
from handbook.content import DATA, data_schemas, load
from handbook.export import json_schema
from handbook.interface import both
from handbook.printers import print_json, print_text, ui_language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handbook.findings import Finding

# Exit codes: no error or warning, some, cannot run.
CLEAN, FINDINGS, CANNOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the given arguments, or those of the process; gives the exit code."""
    options = _parser().parse_args(arguments)
    root: Path = options.root.resolve()
    if not (root / "docs").is_dir():
        print(
            f"handbook: {options.root}: {both('terminal.no-docs')}",
            file=sys.stderr,
        )
        return CANNOT_RUN
    try:
        code: int = options.run(root, options)
    except OSError as error:
        print(f"handbook: {error.filename}: {error.strerror}", file=sys.stderr)
        return CANNOT_RUN
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description=both("terminal.handbook"))
    parser.add_argument(
        "--root",
        type=Path,
        default=Path(),
        help=both("terminal.root"),
    )
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help=both("terminal.check"))
    checking.add_argument(
        "path",
        nargs="*",
        help=both("terminal.path"),
    )
    checking.add_argument("--format", choices=("text", "json"), default="text")
    checking.add_argument("--ui", choices=("zh", "en"), default=ui_language())
    checking.set_defaults(run=_check)
    schemas = commands.add_parser("schemas", help=both("terminal.schemas"))
    schemas.set_defaults(run=_schemas)
    return parser


def _check(root: Path, options: argparse.Namespace) -> int:
    content = load(root)
    findings = [finding for finding in check(content) if _wanted(finding, options.path, root)]
    if options.format == "json":
        print_json(findings, sys.stdout)
    else:
        print_text(findings, content.files, sys.stdout, options.ui)
    return FINDINGS if any(finding.severity != "info" for finding in findings) else CLEAN


def _wanted(finding: Finding, paths: Sequence[str], root: Path) -> bool:
    """Whether a finding lies in one of the files or folders asked for, or none was."""
    place = root / finding.path
    return not paths or any(place.is_relative_to(Path(path).resolve()) for path in paths)


def _schemas(root: Path, options: argparse.Namespace) -> int:
    del options
    for name, model in data_schemas().items():
        text = json.dumps(json_schema(model), ensure_ascii=False, indent=1) + "\n"
        (root / DATA / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return CLEAN


if __name__ == "__main__":
    raise SystemExit(main())
