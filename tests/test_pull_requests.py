"""What a pull request meets: pipelines, templates, owners, the edit link."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handbook.codeowners import codeowners
from handbook.content import load

if TYPE_CHECKING:
    from conftest import ServedSite

BIN = Path(sys.executable).parent
ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted(
    file for file in (ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml") if file.stem != "config"
)
USES = re.compile(r"uses: (?P<action>[\w./-]+)@(?P<commit>\S+)(?P<comment>.*)")


def read(file: Path) -> Any:  # noqa: ANN401 - YAML
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def lint(*command: str) -> None:
    result = subprocess.run(
        [str(BIN / command[0]), *command[1:]], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_workflows_keep_to_their_schema() -> None:
    lint("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))


def test_the_pipeline_of_gitlab_keeps_to_its_schema() -> None:
    lint("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(ROOT / ".gitlab-ci.yml"))


def test_the_workflows_pass_a_linter_for_their_security() -> None:
    lint("zizmor", "--offline", "--no-config", "--persona", "pedantic", *map(str, WORKFLOWS))


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_actions_are_pinned_and_may_do_little(workflow: Path) -> None:
    text = workflow.read_text(encoding="utf-8")
    used = list(USES.finditer(text))
    assert used
    for match in used:
        assert re.fullmatch(r"[0-9a-f]{40}", match["commit"]), match[0]
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", match["comment"]), match[0]
    value = read(workflow)
    assert value["permissions"] == {}
    for job in value["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert job["timeout-minutes"] <= 60


def test_a_change_gets_findings_tests_and_a_site() -> None:
    github = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    gitlab = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    # A page that is overdue is no fault of the change.
    assert "handbook check --format github --today none\n" in github
    assert "handbook check --today none\n" in gitlab
    for text in (github, gitlab):
        assert "bash .ci/run" in text
        assert "make site" in text


def test_once_a_week_dates_and_links_are_checked() -> None:
    github = (ROOT / ".github/workflows/scheduled.yml").read_text(encoding="utf-8")
    gitlab = (ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8")
    for text in (github, gitlab):
        for command in ("handbook due", "handbook check", "handbook links"):
            assert re.search(rf"{command}(?: --format github)?\n", text), command


def test_both_hosts_show_the_same_template() -> None:
    github = (ROOT / ".github/pull_request_template.md").read_text(encoding="utf-8")
    gitlab = (ROOT / ".gitlab/merge_request_templates/Default.md").read_text(encoding="utf-8")
    assert github == gitlab
    assert "不要写订单编号" in github
    assert "No order IDs" in github


@pytest.mark.parametrize("form", FORMS, ids=lambda file: file.stem)
def test_a_form_speaks_both_languages_and_forbids_data(form: Path) -> None:
    value = read(form)
    assert " / " in value["name"]
    assert " / " in value["description"]
    kinds = {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    ids = [part["id"] for part in value["body"] if part["type"] != "markdown"]
    assert len(ids) == len(set(ids))
    for part in value["body"]:
        assert part["type"] in kinds
        if part["type"] != "markdown":
            assert " / " in part["attributes"]["label"]
    warning = value["body"][0]["attributes"]["value"]
    assert "订单编号" in warning
    assert "No order IDs" in warning
    (agreed,) = value["body"][-1]["attributes"]["options"]
    assert agreed["required"] is True


def test_the_forms_are_those_that_are_promised() -> None:
    assert [form.stem for form in FORMS] == ["new-message", "new-situation", "wrong-fact"]


def test_the_owners_are_those_of_the_pages() -> None:
    written = (ROOT / "CODEOWNERS").read_text(encoding="utf-8")
    assert written == codeowners(load(ROOT)), "run: handbook owners"
    assert "/docs/refund.*.md @handbook/customer-service\n" in written


def test_the_hooks_before_a_commit_fetch_nothing() -> None:
    (repository,) = read(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}


def test_the_edit_link_of_every_page_opens_its_file(public_site: ServedSite) -> None:
    link = re.compile(r'href="?https://git\.example\.com/team/handbook/edit/main/([^"\s>]+)')
    # The document to print holds all pages and has no file of its own.
    pages = [file for file in public_site.folder.rglob("index.html") if "print" not in file.parts]
    assert len(pages) > 70
    for page in pages:
        (path,) = set(link.findall(page.read_text(encoding="utf-8")))
        assert (ROOT / path).is_file(), page
        address = page.parent.relative_to(public_site.folder).as_posix()
        language, name = "zh", address
        if address == "en" or address.startswith("en/"):
            language, name = "en", address.removeprefix("en").strip("/")
        name = "index" if name in ("", ".") else name
        if name.startswith("messages/"):
            assert path == f"docs/_messages/{name.removeprefix('messages/')}.md"
        else:
            assert path == f"docs/{name}.{language}.md"
