"""Promises of the project: the engine stays at the edge, the locks are neutral."""

from __future__ import annotations

import ast
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def imports(file: Path) -> set[str]:
    """The top-level packages that a Python file imports."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_only_the_adapter_imports_the_site_generator(root: Path) -> None:
    importing = [
        file.relative_to(root).as_posix()
        for file in sorted((root / "hooks").rglob("*.py"))
        if imports(file) & {"mkdocs", "material", "mkdocs_static_i18n"}
    ]
    assert importing == ["hooks/events.py"]


@pytest.mark.parametrize("name", ["site", "test"])
def test_locks_have_hashes_and_name_no_address(root: Path, name: str) -> None:
    lock = (root / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==\S+.*\\$", lock, re.MULTILINE)
    lines = [line for line in lock.splitlines() if re.match(r"^\w", line)]
    assert len(pinned) == len(lines) > 20
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
    assert "index" not in lock
    assert "find-links" not in lock


def test_make_help_lists_the_targets(root: Path) -> None:
    output = subprocess.run(
        ["make", "help"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    for target in ("serve", "test", "site", "check", "help"):
        assert re.search(rf"^  make {target}\s", output, re.MULTILINE), target


def test_ci_runs_what_the_readme_calls_the_test_command(root: Path) -> None:
    assert "make test" in (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "make test" in (root / "README.md").read_text(encoding="utf-8")
    assert "make serve" in (root / "README.md").read_text(encoding="utf-8")


def test_no_validation_of_the_generator_is_off(root: Path) -> None:
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    assert "strict: true" in config
    validation = config.partition("\nvalidation:\n")[2].partition("\n\n")[0]
    assert set(re.findall(r"^    \w+: (\w+)$", validation, re.MULTILINE)) == {"warn"}
