"""Whatever stands in the files: the check never raises, and each finding lies in its file.

What a finding quotes from its place is what stands there.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handbook import fixes
from handbook.checks import check, mechanical
from handbook.content import load
from handbook.phones import find_phones
from handbook.urls import problem_of
from minisite import FILES, minisite, write
from spans import PROPERTY, is_inside, text_at

if TYPE_CHECKING:
    from handbook.findings import Finding

TODAY = dt.date(2026, 12, 1)
# A whole handbook is read for each example.
WHOLE = settings(
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

# ruff: noqa: E501 - pieces of text, one beside the other
# Pieces that mean something somewhere, in any order.
PIECES = st.sampled_from(
    [
        *"[ ] ( ) （ ） < > { } ` ``` | |---| --- # ## ### { #why } [^help-refund] [x][y] <!-- -->".split(),
        *"[a](refund.zh.md#why) ![b](c.png) http:// https://www.amaz0n.com/ tel:+18005550100".split(),
        *"mailto:a 1-800-555-0100 １－８００ 2026-11-23 24 小时 days 退款 买家 refund recieve".split(),
        *", ， “ \u200b \u202e 😀 \ufffc \\ * ** _ $ & &amp; : - 1. 2. {order_id} store:US term:".split(),
        *("/// message | hello", "///", '<a href="x">', "<img src=y>", '"', "\t", "\r"),
        *("handbook-allow bare-url: reason", "\n", "\n\n", " ", "    "),
    ]
)
TEXT = st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join)
NAMES = st.sampled_from(sorted(FILES))


def judged(root: Path) -> list[Finding]:
    content = load(root)
    found = check(content, TODAY)
    for finding in found:
        assert finding.message("zh")
        assert finding.message("en")
        source = content.files.get(finding.path)
        if source is not None:
            assert is_inside(source, finding.span), finding
            quoted(finding, text_at(source, finding.span))
    for edit in mechanical(content, TODAY):
        assert is_inside(content.files[edit.path], edit.span), edit
    return found


# The value of a finding that stands at its place as it is.
QUOTES = {
    "unknown-number": "number",
    "invalid-number": "number",
    "one-digit-off": "number",
    "misspelling": "word",
    "avoided-term": "written",
    "uncited-claim": "written",
    "chinese-typography": "written",
    "english-typography": "written",
    "footnote-mismatch": "written",
    "link-mismatch": "written",
    "fact-mismatch": "written",
    "undefined-reference": "id",
    "unknown-source": "id",
}


def quoted(finding: Finding, text: str) -> None:
    name = QUOTES.get(finding.rule)
    if name and not (finding.rule == "fact-mismatch" and "/_messages/" in finding.path):
        assert str(finding.values[name]) in text, finding


@WHOLE
@given(text=TEXT)
def test_any_text_on_a_page(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = minisite(Path(folder))
        body = FILES["docs/refund.zh.md"]
        write(root, "docs/refund.zh.md", body + "\n" + text)
        judged(root)


@WHOLE
@given(name=NAMES, text=TEXT, at=st.integers(0, 2000))
def test_any_text_in_any_file(name: str, text: str, at: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = minisite(Path(folder))
        old = FILES[name]
        at %= len(old) + 1
        write(root, name, old[:at] + text + old[at:])
        judged(root)


@WHOLE
@given(name=NAMES, data=st.binary(max_size=300))
def test_any_bytes_in_any_file(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = minisite(Path(folder))
        (root / name).write_bytes(data)
        judged(root)


@WHOLE
@given(text=TEXT)
def test_what_was_mended_is_not_mended_again(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = minisite(Path(folder))
        write(root, "docs/refund.zh.md", FILES["docs/refund.zh.md"] + "\n" + text)
        for _ in range(8):
            content = load(root)
            texts = fixes.changes(mechanical(content, TODAY), content.files)
            if not texts:
                break
            fixes.write(texts, root)
        assert not texts


@PROPERTY
@given(text=st.text() | st.text("0123456789+-() ./ａ０１电话ext转", max_size=60))
def test_numbers_lie_in_the_text_in_order(text: str) -> None:
    end = 0
    for phone in find_phones(text):
        assert end <= phone.start < phone.end <= len(text)
        end = phone.end


@PROPERTY
@given(url=st.text() | st.text("htps:/[]@.?#&=%1a。", max_size=40).map("https://{}".format))
def test_any_address_is_judged(url: str) -> None:
    problem_of(url, ["amazon.com"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("> " * 3000 + "x", id="quotations in quotations"),
        pytest.param("- " * 2000 + "x", id="lists in lists"),
        pytest.param("[" * 3000, id="open brackets"),
        pytest.param("<" * 3000, id="open tags"),
        pytest.param("<a " * 2000, id="open elements"),
        pytest.param("<!--" * 2000, id="open comments"),
        pytest.param("*" * 3000, id="stars"),
        pytest.param("1 " * 5000, id="figures"),
        pytest.param("1-" * 5000, id="figures with hyphens"),
        pytest.param("|" * 3000, id="bars"),
        pytest.param("a." * 3000, id="dots"),
        pytest.param("（" * 3000, id="full-width brackets"),
    ],
)
def test_deep_and_long_texts(text: str, tmp_path: Path) -> None:
    root = minisite(tmp_path)
    write(root, "docs/refund.zh.md", FILES["docs/refund.zh.md"] + "\n" + text + "\n")
    judged(root)
