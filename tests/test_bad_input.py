"""What an editor can get wrong: each mistake stops `make site` and `make check` at its place.

Every case is a small real site, run through the real build: the exact lines that an editor reads,
no traceback, and the last good site as it was.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import DAY
from minisite import buildable, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Case(NamedTuple):
    """A mistake: what is changed in which file, and the lines that must be printed."""

    path: str
    old: str
    new: str | bytes | None
    printed: tuple[str, ...]


CASES = {
    "page without its partner": Case(
        "docs/refund.en.md",
        "",
        None,
        (
            (
                "docs/refund.zh.md:1:1: HB201 missing-partner: "
                "这一页没有另一种语言的版本。请新建 docs/refund.en.md。"
            ),
            "This page has no version in the other language. Create docs/refund.en.md.",
        ),
    ),
    "telephone number in a message": Case(
        "docs/_messages/hello.md",
        "this is about order {order_id}.",
        "call 1-888-280-4331 about order {order_id}.",
        (
            "docs/_messages/hello.md:30:6: HB501 phone-number: “1-888-280-4331” 是电话号码。",
            (
                "“1-888-280-4331” is a telephone number. A message may hold none, "
                "Amazon's own included. Remove it and name the path through Your Orders."
            ),
            "   30 | call 1-888-280-4331 about order {order_id}.",
            "      |      ^^^^^^^^^^^^^^",
        ),
    ),
    "a sentence that the other language lacks": Case(
        "docs/_messages/hello.md",
        "这是关于订单 {order_id} 的消息。",
        "这是关于订单 {order_id} 的消息。请稍候。",
        (
            "docs/_messages/hello.md:32:4: HB405 different-sentences: “zh” 文本有 3 句",
            (
                "The “zh” text has 3 sentences, the English one has 2. "
                "Every language says the same, sentence by sentence."
            ),
        ),
    ),
    "a language twice in a message": Case(
        "docs/_messages/hello.md",
        "## zh\n",
        "## en\n\nAgain {order_id}.\n\n## zh\n",
        ("docs/_messages/hello.md:32:4: HB406 repeated-language: “en” 写了两节。合成一节。",),
    ),
    "heading without an id": Case(
        "docs/refund.en.md",
        "## What to reply { #reply }",
        "## What to reply",
        (
            "docs/refund.en.md:21:4: HB202 heading-without-id: 标题 “What to reply” 没有 id。",
            (
                "The heading “What to reply” has no id. End the line with `{ #english-id }`, "
                "the same in both languages."
            ),
            "   21 | ## What to reply",
            "      |    ^^^^^^^^^^^^^",
        ),
    ),
    "heading whose id the partner lacks": Case(
        "docs/refund.en.md",
        "{ #reply }",
        "{ #replies }",
        (
            (
                "docs/refund.en.md:21:21: HB203 heading-id-mismatch: "
                "标题 id “replies” 在 docs/refund.zh.md 里没有。"
            ),
            (
                "docs/refund.zh.md has no heading with the id “replies”. Both languages use the "
                "same ids."
            ),
        ),
    ),
    "front matter that lacks a key": Case(
        "docs/refund.zh.md",
        "owner: customer-service\n",
        "",
        (
            "docs/refund.zh.md:2:1: HB105 missing-key: front matter 缺少 “owner”。请补上。",
            "The front matter lacks “owner”. Add it.",
        ),
    ),
    "front matter with an unknown key": Case(
        "docs/refund.zh.md",
        "reviewed: 2026-11-30\n",
        "reviewed: 2026-11-30\nreviewer: me\n",
        (
            "docs/refund.zh.md:7:1: HB106 unknown-key: front matter 没有 “reviewer” 这一项。",
            "The front matter has no key “reviewer”. Did you mean “reviewed”?",
            "    7 | reviewer: me",
            "      | ^^^^^^^^",
        ),
    ),
    "front matter with a wrong type": Case(
        "docs/refund.en.md",
        "review_in: 3",
        "review_in: soon",
        (
            "docs/refund.en.md:7:12: HB107 bad-value: “review_in” 的值不对",
            "The value of “review_in” is wrong: a whole number is expected.",
            "    7 | review_in: soon",
            "      |            ^^^^",
        ),
    ),
    "front matter with broken YAML": Case(
        "docs/refund.en.md",
        "title: Refund",
        "title: [Refund",
        (
            "docs/refund.en.md:3:12: HB103 yaml-syntax: ",
            "The YAML cannot be read: expected ',' or ']', but got ':'.",
        ),
    ),
    "no front matter": Case(
        "docs/refund.en.md",
        "---\ntitle: Refund",
        "title: Refund",
        (
            "docs/refund.en.md:1:1: HB102 front-matter-missing: ",
            "The file does not begin with front matter.",
        ),
    ),
    "unknown source": Case(
        "docs/refund.zh.md",
        "[^help-refund]",
        "[^help-refunds]",
        (
            "docs/refund.zh.md:13:8: HB301 unknown-source: 脚注 `[^help-refunds]` 找不到来源",
            (
                "The footnote `[^help-refunds]` leads to nothing: docs/_data/sources.yml has no "
                "such record. Did you mean “help-refund”?"
            ),
            "   13 | 不要手动退款。[^help-refunds]",
            "      |               ^^^^^^^^^^^^^^^",
        ),
    ),
    "footnote written by hand": Case(
        "docs/refund.en.md",
        "## What to reply",
        "[^own]: A note.\n\n## What to reply",
        ("docs/refund.en.md:21:1: HB312 footnote-definition: ",),
    ),
    "unknown store": Case(
        "docs/refund.en.md",
        "(store:US)",
        "(store:UX)",
        (
            "docs/refund.en.md:19:38: HB302 unknown-store: 没有 “UX” 这个站点",
            "There is no store “UX”: docs/_data/stores.yml has no such record.",
        ),
    ),
    "unknown term": Case(
        "docs/refund.en.md",
        "(store:US)",
        "(term:removal-ordr)",
        (
            "docs/refund.en.md:19:38: HB303 unknown-term: 没有 “removal-ordr” 这个术语",
            (
                "There is no term “removal-ordr”: docs/_data/terms.yml has no such record. "
                "Did you mean “removal-order”?"
            ),
        ),
    ),
    "unknown topic": Case(
        "docs/refund.en.md",
        "topics: [refund]",
        "topics: [refunds]",
        (
            "docs/refund.en.md:4:10: HB304 unknown-topic: 没有 “refunds” 这个主题",
            (
                "There is no topic “refunds”: docs/_data/topics.yml has no such record. "
                "Did you mean “refund”?"
            ),
        ),
    ),
    "data file that lacks a key": Case(
        "docs/_data/stores.yml",
        "  domain: amazon.se\n",
        "",
        ("docs/_data/stores.yml:42:1: HB105 missing-key: SE 缺少 “domain”。", "SE lacks “domain”."),
    ),
    "data file with an unknown key": Case(
        "docs/_data/stores.yml",
        "  domain: amazon.se\n",
        "  domain: amazon.se\n  domian: amazon.se\n",
        (
            "docs/_data/stores.yml:48:3: HB106 unknown-key: SE 没有 “domian” 这一项。",
            "SE has no key “domian”. Did you mean “domain”?",
        ),
    ),
    "data file with a key twice": Case(
        "docs/_data/stores.yml",
        "  domain: amazon.se\n",
        "  domain: amazon.se\n  domain: amazon.com\n",
        (
            "docs/_data/stores.yml:48:3: HB104 duplicate-key: “domain” 写了两次。留下一处。",
            "“domain” is written twice. Keep one of them.",
        ),
    ),
    "file that is not UTF-8": Case(
        "docs/refund.zh.md",
        "",
        "---\ntitle: 退款\n".encode("gb18030"),
        (
            "docs/refund.zh.md:2:8: HB101 not-utf8: 文件不是 UTF-8 编码。",
            "The file is not UTF-8. Save it as UTF-8 (not as GBK or Latin-1).",
        ),
    ),
    "block that does not exist": Case(
        "docs/refund.en.md",
        "/// answer | In short",
        "/// anser | In short",
        (
            "docs/refund.en.md:11:5: HB310 unknown-directive: 没有 `/// anser` 这种块。",
            "There is no block `/// anser`. Did you mean “answer”?",
        ),
    ),
    "box without a title": Case(
        "docs/refund.en.md",
        "/// answer | In short",
        "/// answer",
        (
            "docs/refund.en.md:11:5: HB317 untitled-block: ",
            "The block `/// answer` has no title. Write `/// answer | Title`.",
        ),
    ),
    "message that does not exist": Case(
        "docs/refund.en.md",
        "/// message | hello",
        "/// message | helo",
        (
            "docs/refund.en.md:23:15: HB306 unknown-message: ",
            "There is no message “helo”: docs/_messages/ has no helo.md. Did you mean “hello”?",
        ),
    ),
    "link to a heading that does not exist": Case(
        "docs/index.en.md",
        "(refund.en.md#why)",
        "(refund.en.md#whyy)",
        (
            "docs/index.en.md:11:22: HB308 unknown-anchor: ",
            "docs/refund.en.md has no heading “#whyy”. Did you mean “why”?",
        ),
    ),
    "placeholder that the other language lacks": Case(
        "docs/_messages/hello.md",
        "订单 {order_id} 的",
        "订单的",
        (
            (
                "docs/_messages/hello.md:32:4: HB404 missing-placeholder: "
                "“zh” 文本里没有占位符 {order_id}"
            ),
            "The “zh” text lacks the placeholder {order_id} that the front matter lists.",
        ),
    ),
}


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=folder, capture_output=True, text=True, check=False
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def spoil(folder: Path, case: Case) -> None:
    file = folder / case.path
    if case.new is None:
        file.unlink()
    elif isinstance(case.new, bytes):
        file.write_bytes(case.new)
    else:
        text = file.read_text(encoding="utf-8")
        assert text.count(case.old) == 1
        file.write_text(text.replace(case.old, case.new), encoding="utf-8")


@pytest.fixture(scope="module")
def good(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site that was built once."""
    folder = buildable(tmp_path_factory.mktemp("good"), root)
    result = run(folder, "hooks/build.py")
    assert result.returncode == 0, result.stderr
    assert (folder / "site" / "en" / "refund" / "index.html").exists()
    return folder


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Callable[[], Path]:
    return lambda: shutil.copytree(good, tmp_path / "copy")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_the_build_stops_at_the_line_and_leaves_the_last_good_site(
    case: Case, copy: Callable[[], Path]
) -> None:
    folder = copy()
    before = snapshot(folder / "site")
    spoil(folder, case)

    result = run(folder, "hooks/build.py")

    assert result.returncode == 1
    for line in case.printed:
        assert line in result.stderr
    printed = result.stdout + result.stderr
    assert "the content has findings; the site was not built" in printed
    assert "Traceback" not in printed
    assert snapshot(folder / "site") == before
    # The file that keeps two builds apart may stay; nothing else does.
    assert {file.name for file in folder.glob(".site*")} <= {".site.lock"}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_make_check_says_the_same(case: Case, copy: Callable[[], Path]) -> None:
    folder = copy()
    spoil(folder, case)

    result = run(folder, "-m", "handbook.cli", "check", "--ui", "en", "--today", str(DAY))

    assert result.returncode == 1
    place = case.printed[0].partition(" ")[0]
    assert place in result.stdout
    assert result.stderr == ""


def test_a_page_that_the_navigation_lacks_stops_the_build(copy: Callable[[], Path]) -> None:
    folder = copy()
    before = snapshot(folder / "site")
    replace(folder, "mkdocs.yml", "  - refund.md\n", "")

    result = run(folder, "hooks/build.py")

    assert result.returncode == 1
    assert (
        "docs/refund.zh.md:1:1: HB219 unlisted-page: 导航里没有这一页，读者找不到它。"
        "在 mkdocs.yml 的 nav 里加一行 `- refund.md`。\n"
        "    The navigation lacks this page, so nobody would come to it. "
        "Add a line `- refund.md` to nav in mkdocs.yml.\n"
    ) in result.stderr
    assert "Traceback" not in result.stderr
    assert snapshot(folder / "site") == before


def test_what_the_generator_warns_of_stops_the_build(copy: Callable[[], Path]) -> None:
    folder = copy()
    before = snapshot(folder / "site")
    replace(folder, "mkdocs.yml", "  - messages.md\n", "  - messages.md\n  - mesages.md\n")

    result = run(folder, "hooks/build.py")

    assert result.returncode == 1
    assert "A reference to 'mesages.md' is included in the 'nav' configuration" in result.stderr
    # What only informs is not among what is wrong.
    assert "INFO" not in result.stderr
    assert snapshot(folder / "site") == before
