"""The command `handbook`: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conftest import DAY
from handbook.cli import main
from handbook.content import data_schemas
from handbook.export import json_schema
from minisite import FILES, minisite, replace, write

SENTENCE = {
    "zh": "脚注 `[^help-refnd]` 找不到来源：docs/_data/sources.yml 里没有这一条。"
    "是不是想写 “help-refund”？",
    "en": "The footnote `[^help-refnd]` leads to nothing: docs/_data/sources.yml has no such "
    "record. Did you mean “help-refund”?",
}
CARET = """\
   13 | 不要手动退款。[^help-refnd]
      |               ^^^^^^^^^^^^^
"""
PLACE = "docs/refund.zh.md:13:8: HB301 unknown-source: "
# From here a run is the same on every machine.
PLAIN = {"LC_ALL": "C"}


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in PLAIN.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A miniature in which nothing is wrong."""
    return minisite(tmp_path / "site")


@pytest.fixture
def broken(root: Path) -> Path:
    """A miniature with one finding on a page and one in a data file."""
    replace(root, "docs/refund.zh.md", "[^help-refund]", "[^help-refnd]")
    replace(root, "docs/_data/terms.yml", "see: refund#why", "see: refund#wy")
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["--root", str(root), *arguments])


def test_nothing_wrong_prints_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "check") == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("ui", ["zh", "en"])
def test_findings_in_the_language_asked_for(
    broken: Path, capsys: pytest.CaptureFixture[str], ui: str
) -> None:
    assert run(broken, "check", "--ui", ui) == 1
    printed = capsys.readouterr()
    assert PLACE + SENTENCE[ui] + "\n" + CARET in printed.out
    assert SENTENCE["en" if ui == "zh" else "zh"] not in printed.out
    assert printed.out.endswith({"zh": "共 2 处要改。\n", "en": "2 to mend.\n"}[ui])
    assert printed.err == ""


def test_both_languages_where_the_machine_names_none(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(broken, "check") == 1
    out = capsys.readouterr().out
    assert f"{PLACE}{SENTENCE['zh']}\n    {SENTENCE['en']}\n{CARET}" in out
    assert out.endswith("共 2 处要改。 / 2 to mend.\n")


def test_the_language_of_the_machine(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run(broken, "check") == 1
    assert capsys.readouterr().out.endswith("\n共 2 处要改。\n")


def test_json(broken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(broken, "check", "--format", "json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["version"] == 1
    assert [(one["path"], one["line"], one["rule"]) for one in printed["findings"]] == [
        ("docs/_data/terms.yml", 11, "unknown-anchor"),
        ("docs/refund.zh.md", 13, "unknown-source"),
    ]
    assert printed["findings"][1]["message"] == SENTENCE
    assert printed["findings"][1]["suggestion"] == "help-refund"


def test_json_of_nothing_wrong(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "check", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "findings": []}


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        pytest.param(["docs/refund.zh.md"], ["docs/refund.zh.md"], id="a file"),
        pytest.param(["docs/_data"], ["docs/_data/terms.yml"], id="a folder"),
        pytest.param(["docs/_data/"], ["docs/_data/terms.yml"], id="a folder with a slash"),
        pytest.param(["./docs/../docs/_data"], ["docs/_data/terms.yml"], id="a long way round"),
        pytest.param(["."], ["docs/_data/terms.yml", "docs/refund.zh.md"], id="everything"),
        pytest.param(
            ["docs/refund.zh.md", "docs/_data/terms.yml"],
            ["docs/_data/terms.yml", "docs/refund.zh.md"],
            id="two files",
        ),
        pytest.param(["docs/refund.en.md"], [], id="a file without findings"),
        pytest.param(
            ["docs/refund.zh.md", "docs/_data"],
            ["docs/_data/terms.yml", "docs/refund.zh.md"],
            id="both",
        ),
    ],
)
def test_a_path_limits_what_is_printed_not_what_is_read(
    broken: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    paths: list[str],
    found: list[str],
) -> None:
    monkeypatch.chdir(broken)
    assert main(["check", "--format", "json", *paths]) == (1 if found else 0)
    printed = json.loads(capsys.readouterr().out)
    assert [one["path"] for one in printed["findings"]] == found


def test_a_path_may_be_given_from_the_root(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    assert run(broken, "check", "--ui", "en", "docs/refund.zh.md") == 1
    assert capsys.readouterr().out == PLACE + SENTENCE["en"] + "\n" + CARET + "1 to mend.\n"


def test_a_path_that_does_not_exist_cannot_run(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "check", "docs/refund") == 2
    assert capsys.readouterr() == (
        "",
        "handbook: docs/refund: 没有这个文件或文件夹 / there is no such file or folder\n",
    )


def test_the_root_may_be_relative(
    broken: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    assert run(Path("site"), "check", "--ui", "en", "site/docs/refund.zh.md") == 1
    assert capsys.readouterr().out == PLACE + SENTENCE["en"] + "\n" + CARET + "1 to mend.\n"


def test_no_docs_folder_cannot_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "nowhere", "check") == 2
    assert capsys.readouterr() == (
        "",
        f"handbook: {tmp_path}/nowhere: 这里没有 docs 文件夹 / there is no docs folder here\n",
    )


def test_a_file_that_cannot_be_read_cannot_run(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "docs" / "return.zh.md").mkdir()
    assert run(root, "check") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        "handbook: 读写文件出错 / a file could not be read or written: "
        f"{root}/docs/return.zh.md (Is a directory)\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["mend"], id="unknown command"),
        pytest.param(["check", "--ui", "de"], id="unknown language"),
        pytest.param(["check", "--format", "xml"], id="unknown format"),
        pytest.param(["check", "--today", "2026-13-01"], id="no day"),
        pytest.param(["due", "--today", "none"], id="the next reviews from no day"),
        pytest.param(["links", "--max-age", "nan"], id="an age that is no figure"),
        pytest.param(["links", "--max-age", "1e20"], id="an age before time began"),
        pytest.param(["links", "--timeout", "-1"], id="a time that runs backwards"),
    ],
)
def test_arguments_that_make_no_sense_cannot_run(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(root, *arguments)
    assert ended.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("usage: handbook ")


def test_a_day_that_is_none_is_said_in_both_languages(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(root, "check", "--today", "2026-13-01")
    assert capsys.readouterr().err.endswith(
        "argument --today: 2026-13-01: 不是日期；写成 2026-11-23 这样 / "
        "not a day; write it like 2026-11-23\n"
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_any_day_can_be_today(root: Path, capsys: pytest.CaptureFixture[str], day: str) -> None:
    assert run(root, "check", "--today", day) == 1
    assert capsys.readouterr().err == ""


def process(
    *arguments: str,
    stdout: int = subprocess.PIPE,
    **options: Any,  # noqa: ANN401 - of Popen
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "handbook.cli", *arguments]
    result: subprocess.CompletedProcess[bytes] = subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, check=False, **options
    )
    return result


def test_a_terminal_that_lacks_characters_gets_their_numbers(broken: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    arguments = ("--root", str(broken), "check", "--today", "none")
    text = process(*arguments, "--ui", "en", env=environment)
    assert text.returncode == 1
    assert rb"Did you mean \u201chelp-refund\u201d?" in text.stdout
    program = process(*arguments, "--format", "json", env=environment)
    assert SENTENCE["zh"] in [
        one["message"]["zh"] for one in json.loads(program.stdout.decode("utf-8"))["findings"]
    ]
    assert text.stderr == program.stderr == b""


def test_who_reads_may_stop_reading(broken: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    result = process("--root", str(broken), "check", "--today", "none", stdout=writing)
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, b"")


def test_an_interruption_ends_it_without_a_word(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(root: Path) -> None:
        del root
        raise KeyboardInterrupt

    monkeypatch.setattr("handbook.cli.load", interrupt)
    assert run(root, "check") == 130
    assert capsys.readouterr() == ("", "")


def test_a_message_needs_an_input(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # What Python has where the process was started without one.
    monkeypatch.setattr("sys.stdin", None)
    assert run(root, "check-message", "--fulfilment", "fba", "--lang", "en", "-") == 2
    assert capsys.readouterr() == ("", "handbook: -: 没有标准输入 / there is no standard input\n")


def test_help_is_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "检查手册内容 / check the handbook's content" in capsys.readouterr().out


def test_a_file_that_is_not_utf8_is_a_finding_and_the_rest_is_checked(
    broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (broken / "docs" / "index.zh.md").write_bytes("---\ntitle: 首页\n".encode("gbk"))
    assert run(broken, "check", "--ui", "en") == 1
    out = capsys.readouterr().out
    assert (
        "docs/index.zh.md:2:8: HB101 not-utf8: "
        "The file is not UTF-8. Save it as UTF-8 (not as GBK or Latin-1).\n" in out
    )
    assert PLACE in out


@pytest.mark.parametrize(
    ("path", "found"),
    [
        pytest.param("docs/Refund.zh.md", True, id="capital letter"),
        pytest.param("docs/refund.de.md", True, id="another language"),
        pytest.param("docs/notes.md", True, id="no language"),
        pytest.param("docs/sub/refund.zh.md", True, id="in a folder"),
        pytest.param("docs/_drafts/refund.md", False, id="in a folder that is not published"),
    ],
)
def test_a_page_that_the_site_cannot_have_is_a_finding(
    root: Path, capsys: pytest.CaptureFixture[str], path: str, *, found: bool
) -> None:
    write(root, path, "x\n")
    assert run(root, "check", "--ui", "en") == int(found)
    assert capsys.readouterr().out == (
        f"{path}:1:1: HB207 page-name: A page lies directly in docs/ and is named `name.zh.md` or "
        "`name.en.md`, the name in lower-case letters, digits and hyphens.\n"
        "    1 | x\n      | ^\n1 to mend.\n"
        if found
        else ""
    )


@pytest.mark.parametrize(
    "name", ["Hello World.md", "hello.en.md", "问候.md", "folder/hello.md"], ids=ascii
)
def test_a_message_that_the_site_cannot_have_is_the_only_finding(
    root: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    write(root, f"docs/_messages/{name}", FILES["docs/_messages/hello.md"])
    assert run(root, "check", "--ui", "en") == 1
    assert capsys.readouterr().out == (
        f"docs/_messages/{name}:1:1: HB408 message-name: A message lies directly in "
        "docs/_messages/ and is named `name.md`, the name in lower-case letters, digits and "
        "hyphens; its languages are in the file.\n    1 | ---\n      | ^^^\n1 to mend.\n"
    )


def test_schemas_are_written_beside_the_data(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(root, "schemas") == 0
    assert capsys.readouterr() == ("", "")
    written = {file.name: file for file in (root / "docs" / "_data").glob("*.schema.json")}
    assert sorted(written) == sorted(f"{name}.schema.json" for name in data_schemas())
    for name, model in data_schemas().items():
        text = written[f"{name}.schema.json"].read_text(encoding="utf-8")
        assert json.loads(text) == json_schema(model)
        assert text.endswith("}\n")
    assert run(root, "check") == 0


def test_schemas_that_cannot_be_written_cannot_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "docs/index.zh.md", "")
    assert run(tmp_path, "schemas") == 2
    err = capsys.readouterr().err
    assert err.startswith("handbook: 读写文件出错 / a file could not be read or written: ")
    assert err.endswith(".schema.json (No such file or directory)\n")


def test_the_handbooks_own_schemas_are_up_to_date() -> None:
    data = Path(__file__).resolve().parent.parent / "docs" / "_data"
    stale = [
        name
        for name, model in data_schemas().items()
        if json.loads((data / f"{name}.schema.json").read_text(encoding="utf-8"))
        != json_schema(model)
    ]
    assert stale == []


def test_the_process_ends_with_the_exit_code(broken: Path) -> None:
    result = process("--root", str(broken), "check", "--ui", "zh", "--today", str(DAY))
    assert result.returncode == 1
    assert result.stderr == b""
    assert result.stdout.decode("utf-8").endswith("共 2 处要改。\n")
