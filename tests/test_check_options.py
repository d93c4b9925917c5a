"""What the command can be asked for: only what changed, mending, the day, the next reviews."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from handbook import fixes
from handbook.cli import main
from handbook.findings import Edit
from handbook.fingerprints import fingerprint
from handbook.source import SourceFile, Span
from minisite import FILES, minisite, replace, write

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = "请买家打开[联系页](store:US)。"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return minisite(tmp_path / "site")


def git(root: Path, *arguments: str) -> None:
    name = ("-c", "user.name=Editor", "-c", "user.email=editor@example.com")
    subprocess.run(["git", "-C", str(root), *name, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(root: Path) -> Path:
    """A handbook in a repository, on a branch of main."""
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "first")
    git(root, "switch", "-q", "-c", "change")
    return root


def found(root: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[str]:
    main(["--root", str(root), "check", "--today", "2026-12-01", "--format", "json", *options])
    return [
        f"{one['path']}:{one['line']} {one['rule']}"
        for one in json.loads(capsys.readouterr().out)["findings"]
    ]


# Only what changed


def test_only_what_changed_and_its_partner(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(repository, "docs/index.zh.md", "refund.zh.md#why", "refund.zh.md#wy")
    git(repository, "commit", "-q", "-a", "-m", "second")
    git(repository, "switch", "-q", "main")
    replace(repository, "docs/refund.en.md", "store:US", "store:XX")
    git(repository, "commit", "-q", "-a", "-m", "third")
    git(repository, "switch", "-q", "change")
    git(repository, "merge", "-q", "main")
    everything = ["docs/index.zh.md:11 unknown-anchor", "docs/refund.en.md:19 unknown-store"]
    assert found(repository, capsys) == everything
    # Since the branch left main; and since main as it is now, which is the same commit's parent.
    assert found(repository, capsys, "--changed") == everything[:1]
    assert found(repository, capsys, "--changed=main") == everything[:1]
    assert found(repository, capsys, "--changed=HEAD") == []


def test_what_is_not_committed_counts_as_changed(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(repository, "docs/refund.zh.md", "store:US", "store:XX")
    write(repository, "docs/new.zh.md", FILES["docs/index.zh.md"])
    assert found(repository, capsys, "--changed") == [
        "docs/new.zh.md:1 missing-partner",
        "docs/refund.zh.md:19 unknown-store",
    ]
    assert found(repository, capsys, "--changed", "docs/new.zh.md") == [
        "docs/new.zh.md:1 missing-partner"
    ]


@pytest.mark.parametrize("option", ["--changed=nothing", "--changed=--output=x"])
def test_a_commit_that_does_not_exist_cannot_run(
    repository: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert main(["--root", str(repository), "check", option]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("handbook: fatal: ")


def test_outside_a_repository_cannot_run(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    assert main(["--root", str(root), "check", "--changed"]) == 2
    assert "--changed=REV" in capsys.readouterr().err


# The day


def test_the_passing_of_time_fails_the_check_from_the_day_after(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--root", str(root), "check", "docs/refund.zh.md", "--today"]
    assert main([*arguments, "2027-02-28"]) == 0
    assert main([*arguments, "2027-03-01"]) == 1
    assert "HB701 overdue" in capsys.readouterr().out
    assert main([*arguments, "none"]) == 0


def test_the_next_reviews_by_owner(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "due", "--today", "2027-03-02", "--ui", "en"]) == 0
    assert capsys.readouterr().out == (
        "Customer service\n"
        "  2027-02-28  docs/refund.zh.md  2 days overdue; "
        "sections whose languages are to be matched anew: 3\n"
        "  2027-05-30  docs/messages.zh.md  in 89 days; "
        "sections whose languages are to be matched anew: 1\n"
        "Editors\n"
        "  2027-02-28  docs/index.zh.md  2 days overdue; "
        "sections whose languages are to be matched anew: 1\n"
    )


def test_the_next_reviews_for_a_program(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "check", "--fix"]) == 0
    capsys.readouterr()
    arguments = ["--root", str(root), "due", "--today", "2026-12-01", "--format", "json"]
    assert main(arguments) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["today"] == "2026-12-01"
    assert value["pages"][0] == {
        "path": "docs/index.zh.md",
        "page": "index",
        "owner": "editors",
        "reviewed": "2026-11-30",
        "due": "2027-02-28",
        "days": 89,
        "unmatched_sections": [],
    }


@pytest.mark.parametrize("command", ["due", "owners"])
def test_a_page_that_does_not_say_whose_it_is_is_not_left_out_in_silence(
    root: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    replace(root, "docs/refund.en.md", "owner: customer-service", "owner: nobody")
    assert main(["--root", str(root), command]) == 2
    assert capsys.readouterr() == (
        "",
        (
            "handbook: docs/refund.en.md: 开头的 front matter 不对，先运行 handbook check / "
            "its front matter is not valid; run handbook check first\n"
        ),
    )
    assert not (root / "CODEOWNERS").exists()


# Mending


def test_mending_shows_the_difference_and_writes_it(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(
        root,
        "docs/refund.zh.md",
        PARAGRAPH,
        "看[这里](http://example.com/),电话 800-555-0100 给FBA买家。",
    )
    replace(
        root, "docs/refund.en.md", "Send the buyer", "See [this](http://example.com/). Send the"
    )
    assert main(["--root", str(root), "check", "--fix", "--ui", "en", "--today", "2026-12-01"]) == 1
    out = capsys.readouterr().out
    assert "--- a/docs/refund.zh.md\n+++ b/docs/refund.zh.md\n" in out
    assert "-看[这里](http://example.com/),电话 800-555-0100 给FBA买家。\n" in out
    assert "+看[这里](https://example.com/),电话 1-800-555-0100 给 FBA 买家。\n" in out
    text = (root / "docs/refund.zh.md").read_text(encoding="utf-8")
    assert "看[这里](https://example.com/),电话 1-800-555-0100 给 FBA 买家。" in text
    assert "[this](https://example.com/)" in (root / "docs/refund.en.md").read_text(
        encoding="utf-8"
    )


def test_mending_stores_that_the_languages_match(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(root), "check", "--fix"]) == 0
    replace(root, "docs/refund.zh.md", PARAGRAPH, "让买家打开[联系页](store:US)。")
    assert main(["--root", str(root), "check", "--today", "2026-12-01", "--format", "json"]) == 1
    out = capsys.readouterr().out
    (one,) = json.loads(out[out.index('{\n "version"') :])["findings"]
    line = one["suggestion"]
    assert line.startswith("  why: ")
    assert f"`{line}`" in one["message"]["zh"]
    assert f"`{line}`" in one["message"]["en"]
    # Pasting that line has the same effect as mending.
    text = (root / "docs/refund.zh.md").read_text(encoding="utf-8")
    old = next(row for row in text.split("\n") if row.startswith("  why: "))
    write(root, "docs/refund.zh.md", text.replace(old, line))
    assert main(["--root", str(root), "check", "--today", "2026-12-01"]) == 0
    write(root, "docs/refund.zh.md", text)
    assert main(["--root", str(root), "check", "--fix", "--today", "2026-12-01"]) == 0
    assert line in (root / "docs/refund.zh.md").read_text(encoding="utf-8")


def test_mending_does_not_call_matched_what_still_has_a_finding(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--root", str(root), "check", "--fix"]) == 0
    before = (root / "docs/refund.zh.md").read_text(encoding="utf-8")
    replace(root, "docs/refund.zh.md", PARAGRAPH, "让买家打开[联系页](store:XX)。")
    assert main(["--root", str(root), "check", "--fix", "--today", "2026-12-01"]) == 1
    after = (root / "docs/refund.zh.md").read_text(encoding="utf-8")
    assert after == before.replace(PARAGRAPH, "让买家打开[联系页](store:XX)。")
    assert "unknown-store" in capsys.readouterr().out


def test_mending_keeps_line_ends_and_a_byte_order_mark(root: Path) -> None:
    file = root / "docs/refund.zh.md"
    text = FILES["docs/refund.zh.md"].replace("不要手动退款。", "给FBA买家。")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    main(["--root", str(root), "check", "--fix", "--today", "2026-12-01"])
    data = file.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert "给 FBA 买家。".encode() in data
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_a_file_that_cannot_be_written_stays_as_it_was(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(self: Path, target: Path) -> Path:
        del self
        raise PermissionError(13, "Permission denied", str(target))

    before = (root / "docs/refund.zh.md").read_bytes()
    monkeypatch.setattr("pathlib.Path.replace", fails)
    assert main(["--root", str(root), "check", "--fix"]) == 2
    assert "Permission denied" in capsys.readouterr().err
    assert (root / "docs/refund.zh.md").read_bytes() == before
    assert not [file for file in (root / "docs").iterdir() if file.name.startswith(".")]


def test_edits_that_overlap() -> None:
    source = SourceFile("x", "abcdef\n")
    edits = [
        Edit("x", Span(1, 1, 1, 4), "X"),
        Edit("x", Span(1, 2, 1, 3), "Y"),
        Edit("x", Span(1, 5, 1, 5), "Z"),
    ]
    assert fixes.edited(source, edits) == "XdZef\n"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("甲 FBA 乙。", "甲FBA乙。\n\n", True, id="white space"),
        pytest.param("甲（ＦＢＡ）", "甲(FBA)", True, id="width"),
        pytest.param("甲 <!-- handbook-allow bare-url: x -->", "甲", True, id="a permission"),
        pytest.param("甲乙", "甲丙", False, id="another sign"),
        pytest.param("甲乙", "乙甲", False, id="another order"),
    ],
)
def test_what_a_fingerprint_sees(one: str, other: str, *, same: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) == same
