"""`make site` and `make bundle`: faults are said in one sentence and leave what was there whole."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from handbook.export import VERSION
from handbook.publish.aside import aside
from handbook.publish.offline import NAME, write_bundle

if TYPE_CHECKING:
    from pathlib import Path

KEPT = "上一次生成的没有动 / what was built last is untouched"
# By which a site and a bundle are known.
RESULT = [VERSION, NAME]
COMMANDS = {"make site": ("hooks/build.py", "--site"), "make bundle": ("hooks/bundle.py", "--dist")}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder that holds the last good result."""
    folder = tmp_path / "out"
    for mark in RESULT:
        (folder / mark).parent.mkdir(parents=True, exist_ok=True)
        (folder / mark).write_text("good", encoding="utf-8")
    return folder


def start(
    root: Path, command: str, target: Path, limit: int | None = None, **environment: str
) -> subprocess.Popen[str]:
    """Start a command.

    Args:
        root: The project's folder.
        command: As a reader would call it.
        target: Where the result goes.
        limit: The largest file that may be written, in bytes, if there is a limit.
        environment: Variables to set.
    """

    def small_disk() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    script, option = COMMANDS[command]
    return subprocess.Popen(
        [sys.executable, script, option, str(target)],
        cwd=root,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=small_disk,  # noqa: PLW1509 - nothing else runs in this process
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code, and what was said."""
    output, errors = process.communicate(timeout=300)
    assert "Traceback" not in output + errors
    return process.returncode, output + errors


def is_whole(target: Path) -> bool:
    """The last good result is there, and nothing else is left beside it."""
    beside = {file.name for file in target.parent.iterdir()} - {target.name, f".{target.name}.lock"}
    return not beside and contents(target) == dict.fromkeys(RESULT, b"good")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk(root: Path, target: Path, command: str) -> None:
    code, said = ended(start(root, command, target, limit=100_000))
    assert code == 2
    assert "磁盘满了，腾出空间再来 / the disk is full; make room and try again" in said
    assert KEPT in said
    assert is_whole(target)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_permission_to_write(root: Path, command: str) -> None:
    # Not even root may make a folder there.
    code, said = ended(start(root, command, root.__class__("/sys/handbook")))
    assert code == 2
    assert "没有写入权限，换个文件夹或改权限 / no permission to write here" in said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_build(root: Path, target: Path, number: signal.Signals) -> None:
    process = start(root, "make site", target)
    deadline = time.monotonic() + 60
    while not list(target.parent.glob(".out.new-*/out/*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    code, said = ended(process)
    assert code == 130
    assert "构建被中断 / the build was interrupted" in said
    assert KEPT in said
    assert is_whole(target)


@pytest.mark.parametrize("command", COMMANDS)
def test_two_builds_at_once(root: Path, target: Path, command: str) -> None:
    (target.parent / "other").mkdir()
    with aside(target, VERSION) as new:
        (new / "page").write_text("first", encoding="utf-8")
        code, said = ended(start(root, command, target))
        assert code == 2
        assert "另一个构建正在写同一个文件夹，等它结束再来" in said
        assert "another build is writing the same folder; try again when it is done" in said
    assert (target / "page").read_text(encoding="utf-8") == "first"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_of_others_is_left_alone(root: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text("mine", encoding="utf-8")
    code, said = ended(start(root, command, tmp_path / "docs"))
    assert code == 2
    assert f"{tmp_path}/docs 里的东西不是这里生成的，不动它" in said
    assert f"{tmp_path}/docs holds what was not built here and is left alone" in said
    assert contents(tmp_path) == {"docs/page.md": b"mine"}


@pytest.mark.parametrize("address", ["handbook.example.com", "http://[", "ftp://x/", "https://"])
def test_an_address_that_is_none(root: Path, target: Path, address: str) -> None:
    code, said = ended(start(root, "make site", target, SITE_URL=address))
    assert code == 2
    assert "SITE_URL must be a whole address such as https://handbook.example.com/fba/" in said
    assert f"not {address}" in said
    assert is_whole(target)


def copy(root: Path, folder: Path) -> Path:
    """The project in another place, without its history."""
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "mkdocs.yml", folder)
    return folder


def test_findings_leave_the_last_site_as_it_was(root: Path, target: Path, tmp_path: Path) -> None:
    project = copy(root, tmp_path / "project")
    page = project / "docs" / "refund.zh.md"
    page.write_text(page.read_text(encoding="utf-8").replace("title:", "titel:", 1), "utf-8")
    code, said = ended(start(project, "make site", target))
    shutil.rmtree(project)
    assert code == 1
    assert "docs/refund.zh.md:2:1: HB106 unknown-key" in said
    assert KEPT in said
    assert is_whole(target)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_the_same_commit_gives_the_same_bytes_elsewhere_and_another_day(
    root: Path, site_folder: Path, tmp_path: Path
) -> None:
    """In another folder, under another clock, time zone and order of sets."""
    commit = re.search(
        r'"commit": "([^"]+)"', (site_folder / "data/version.json").read_text("utf-8")
    )
    assert commit is not None
    project = copy(root, tmp_path / "another folder 另一个")
    environment = os.environ | {
        "HANDBOOK_COMMIT": commit[1],
        "TZ": "Pacific/Kiritimati",
        "PYTHONHASHSEED": "7",
        "LANG": "C",
    }
    command = ["faketime", "2031-02-03 04:05:06", sys.executable]
    command += ["hooks/build.py", "--site", str(tmp_path / "site")]
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    one, other = contents(site_folder), contents(tmp_path / "site")
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_the_same_site_gives_the_same_bundle(site_folder: Path, tmp_path: Path) -> None:
    archives: list[bytes] = []
    for name in ("one", "two"):
        site = tmp_path / name / "site"
        (tmp_path / name / "dist").mkdir(parents=True)
        site.mkdir()
        for path in ("index.html", "refund/index.html", "assets/vendor/stemmer.js"):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site_folder / path, site / path)
            os.utime(site / path, (len(name), len(archives)))
            (site / path).chmod(0o600 if archives else 0o644)
        write_bundle(site, tmp_path / name / "dist", "2026-11-30")
        archives.append((tmp_path / name / "dist" / NAME).read_bytes())
    assert archives[0] == archives[1]
