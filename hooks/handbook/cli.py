"""The command `handbook`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import io
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from handbook import fixes
from handbook.checks import check, mechanical
from handbook.checks.freshness import due
from handbook.checks.wording import wording_findings
from handbook.codeowners import FILE, codeowners
from handbook.content import DATA, Content, data_schemas, load, partner_path
from handbook.export import json_schema
from handbook.faults import explain
from handbook.findings import in_order
from handbook.fingerprints import stale_sections
from handbook.interface import both
from handbook.messaging.catalogue import Order
from handbook.messaging.examine import examine
from handbook.messaging.ruleset import ruleset
from handbook.printers import PRINTERS, print_due, print_due_json, ui_language
from handbook.revision import GitError, changed_files
from handbook.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from handbook.findings import Finding

# Exit codes: no error or warning, some, cannot run; interrupted, as a shell would say it.
CLEAN, FINDINGS, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130
# A mended text may have more to mend; it never takes more rounds than this.
_ROUNDS = 5
_MOST = 1_000_000


class CannotRunError(Exception):
    """What was asked for cannot be done; the text says why, in both languages."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with the given arguments, or those of the process; gives the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    # A terminal that lacks a character gets its number.
    _set_output(errors="backslashreplace")
    # `--changed` takes a value only behind `=`: what follows it is a path.
    options = _parser().parse_args(["--changed=" if one == "--changed" else one for one in given])
    root: Path = options.root.resolve()
    if not (root / "docs").is_dir():
        print(
            f"handbook: {options.root}: {both('terminal.no-docs')}",
            file=sys.stderr,
        )
        return CANNOT_RUN
    try:
        code: int = options.run(root, options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Who reads has read enough (`handbook check | head`); the rest goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except OSError as error:
        print(f"handbook: {explain(error)}", file=sys.stderr)
        return CANNOT_RUN
    except (CannotRunError, GitError) as error:
        print(f"handbook: {error}", file=sys.stderr)
        return CANNOT_RUN
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _set_output(**options: str) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(**options)  # type: ignore[arg-type]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="handbook", description=both("terminal.handbook"))
    parser.add_argument("--root", type=Path, default=Path(), help=both("terminal.root"))
    commands = parser.add_subparsers(required=True)
    checking = commands.add_parser("check", help=both("terminal.check"))
    checking.add_argument("path", nargs="*", help=both("terminal.path"))
    _add_report_options(checking)
    checking.add_argument("--changed", metavar="REV", help=both("terminal.changed"))
    checking.add_argument("--fix", action="store_true", help=both("terminal.fix"))
    _add_today(checking)
    checking.set_defaults(run=_check)
    message = commands.add_parser("check-message", help=both("terminal.check-message"))
    message.add_argument("text", choices=["-"], help=both("terminal.message-text"))
    message.add_argument("--fulfilment", choices=get_args(Order), required=True)
    message.add_argument(
        "--lang", required=True, metavar="LANG", help=both("terminal.message-lang")
    )
    message.add_argument("--store", metavar="CC", help=both("terminal.message-store"))
    _add_report_options(message)
    message.set_defaults(run=_check_message)
    links = commands.add_parser("links", help=both("terminal.links"))
    links.add_argument("path", nargs="*", help=both("terminal.path"))
    _add_report_options(links)
    links.add_argument("--timeout", type=_amount, default=20, help=both("terminal.timeout"))
    links.add_argument("--max-age", type=_amount, default=72, help=both("terminal.age"))
    links.add_argument("--allow-private", action="store_true", help=both("terminal.private"))
    links.set_defaults(run=_links, changed=None)
    due = commands.add_parser("due", help=both("terminal.due"))
    due.add_argument("--format", choices=("text", "json"), default="text")
    due.add_argument("--ui", choices=("zh", "en"), default=ui_language())
    _add_today(due, needed=True)
    due.set_defaults(run=_due)
    owners = commands.add_parser("owners", help=both("terminal.owners"))
    owners.set_defaults(run=_owners)
    schemas = commands.add_parser("schemas", help=both("terminal.schemas"))
    schemas.set_defaults(run=_schemas)
    return parser


def _add_report_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that prints findings."""
    parser.add_argument(
        "--format", choices=tuple(PRINTERS), default="text", help=both("terminal.format")
    )
    parser.add_argument(
        "--ui", choices=("zh", "en"), default=ui_language(), help=both("terminal.ui")
    )


def _report(
    findings: Sequence[Finding], files: Mapping[str, SourceFile], options: argparse.Namespace
) -> int:
    """Print findings as asked for; gives the exit code."""
    if options.format != "text":
        # Programs read UTF-8, whatever the terminal is set to.
        _set_output(encoding="utf-8")
    PRINTERS[options.format](findings, files, sys.stdout, options.ui)
    return FINDINGS if any(finding.severity != "info" for finding in findings) else CLEAN


def _add_today(parser: argparse.ArgumentParser, *, needed: bool = False) -> None:
    """The day on which freshness is judged; none where it is not, unless a day is needed."""
    parser.add_argument(
        "--today",
        type=_day if needed else _day_or_none,
        default=local_day(),
        metavar="DATE",
        help=both("terminal.day" if needed else "terminal.today"),
    )


def local_day() -> dt.date:
    """Today where the editor is; the only look at the clock."""
    return dt.date.today()  # noqa: DTZ011 - the day where the editor is


def _day_or_none(text: str) -> dt.date | None:
    return None if text == "none" else _day(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        reason = f"{text}: {both('terminal.no-day')}"
        raise argparse.ArgumentTypeError(reason) from error


def _amount(text: str) -> float:
    """Some seconds or hours: not below zero, and no more than time can be counted in."""
    with contextlib.suppress(ValueError):
        if 0 <= (amount := float(text)) <= _MOST:
            return amount
    reason = f"{text}: {both('terminal.no-amount', most=_MOST)}"
    raise argparse.ArgumentTypeError(reason)


def _check(root: Path, options: argparse.Namespace) -> int:
    wanted = _wanted(root, options)
    content = load(root)
    if options.fix:
        content = _fix(content, wanted, options)
    findings = check(content.judging(wanted), today=options.today)
    return _report([one for one in findings if wanted(one.path)], content.files, options)


def _fix(content: Content, wanted: Callable[[str], bool], options: argparse.Namespace) -> Content:
    """Mend what is mechanical, as often as mending brings up more; gives the mended content."""
    for _ in range(_ROUNDS):
        edits = [one for one in mechanical(content, today=options.today) if wanted(one.path)]
        texts = fixes.changes(edits, content.files)
        if not texts:
            break
        # The list of findings alone goes to standard output when a program reads it.
        out = sys.stdout if options.format == "text" else sys.stderr
        out.write(fixes.difference(texts, content.files))
        fixes.write(texts, content.root)
        content = load(content.root)
    return content


def _wanted(root: Path, options: argparse.Namespace) -> Callable[[str], bool]:
    """Which files' findings are printed: those of the files and folders asked for, or all."""
    folders = [_existing(path, root) for path in options.path]
    changed: set[str] | None = None
    if options.changed is not None:
        changed = changed_files(root, options.changed)
        changed |= {partner for path in changed if (partner := partner_path(path))}

    def wanted(path: str) -> bool:
        asked = not folders or any((root / path).is_relative_to(folder) for folder in folders)
        return asked and (changed is None or path in changed)

    return wanted


def _existing(path: str, root: Path) -> Path:
    """A file or folder of the root, named from the current folder or from the root."""
    for place in (Path(path).resolve(), (root / path).resolve()):
        if place.exists() and place.is_relative_to(root):
            return place
    reason = f"{path}: {both('terminal.no-path')}"
    raise CannotRunError(reason)


def _check_message(root: Path, options: argparse.Namespace) -> int:
    stores = load(root).records.stores
    if options.store and options.store not in stores:
        reason = f"--store {options.store}: {both('terminal.no-store')}"
        raise CannotRunError(reason)
    if sys.stdin is None:
        reason = f"-: {both('terminal.no-input')}"
        raise CannotRunError(reason)
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"-: {both('terminal.no-utf')}"
        raise CannotRunError(reason) from error
    source = SourceFile("-", text)
    domains = {record.domain: code for code, record in stores.items()}
    hits = examine(text, ruleset(), language=options.lang, stores=domains, store=options.store)
    findings = wording_findings(
        source, text, hits, language=options.lang, orders=[options.fulfilment]
    )
    return _report(in_order(findings), {source.path: source}, options)


def _links(root: Path, options: argparse.Namespace) -> int:
    """Fetch the addresses outside; broken and moved ones are findings at their places."""
    # Only this command needs a client for the web.
    from handbook import fetching  # noqa: PLC0415 - loading it takes as long as a whole check
    from handbook.checks.outside import addresses, exclusion, outcomes  # noqa: PLC0415

    content = load(root).judging(_wanted(root, options))
    named = list(addresses(content))
    now = dt.datetime.now(dt.UTC)
    age = dt.timedelta(hours=options.max_age)
    cache = fetching.Cache(root / ".cache" / "links.json", age, now)
    kept = cache.read()
    fetcher = fetching.Fetcher(
        fetching.Manner(timeout=options.timeout, allow_private=options.allow_private),
        lambda url: exclusion(url, content),
    )
    wanted = {one.url for one in named}
    new = asyncio.run(fetcher.fetch_all(wanted - set(kept)))
    cache.write(kept, new)
    answers = kept | new
    counts = Counter(answers[url].kind for url in wanted)
    print(
        both("terminal.answers", **{kind: counts[kind] for kind in fetching.KINDS}),
        file=sys.stderr,
    )
    return _report(in_order(outcomes(named, answers)), content.files, options)


def _valid(root: Path) -> Content:
    """The content, where each page says whose it is and when it was reviewed."""
    content = load(root)
    for path, page in content.pages.items():
        if page.meta is None:
            reason = f"{path}: {both('terminal.not-valid')}"
            raise CannotRunError(reason)
    return content


def _due(root: Path, options: argparse.Namespace) -> int:
    content = _valid(root)
    dues = due(content)
    unmatched = stale_sections(content)
    if options.format == "json":
        print_due_json(dues, unmatched, options.today, sys.stdout)
    else:
        print_due(dues, unmatched, options.today, sys.stdout, options.ui)
    return CLEAN


def _owners(root: Path, options: argparse.Namespace) -> int:
    del options
    (root / FILE).write_text(codeowners(_valid(root)), encoding="utf-8")
    return CLEAN


def _schemas(root: Path, options: argparse.Namespace) -> int:
    del options
    for name, model in data_schemas().items():
        text = json.dumps(json_schema(model), ensure_ascii=False, indent=1) + "\n"
        (root / DATA / f"{name}.schema.json").write_text(text, encoding="utf-8")
    return CLEAN


if __name__ == "__main__":
    raise SystemExit(main())
