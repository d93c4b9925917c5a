"""`handbook check-message`: any text against the rules for messages, in every format."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any

import pytest

from handbook.cli import main
from minisite import minisite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Checks a text on a miniature; gives the exit code and what was printed."""
    root = minisite(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")

    def check(text: str | bytes, *options: str) -> tuple[int, str, str]:
        raw = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        given = options or ("--fulfilment", "fba", "--lang", "en")
        code = main(["--root", str(root), "check-message", *given, "-"])
        out, err = capsys.readouterr()
        return code, out, err

    return check


def found(out: str) -> list[dict[str, Any]]:
    value: dict[str, Any] = json.loads(out)
    assert value["version"] == 1
    findings: list[dict[str, Any]] = value["findings"]
    return findings


JSON = ("--format", "json")
FBA = ("--fulfilment", "fba", "--lang", "en")


def test_a_text_that_is_fine_prints_nothing(run: Callable[..., tuple[int, str, str]]) -> None:
    assert run("Thank you for your message. I will answer here tomorrow.") == (0, "", "")


def test_a_finding_names_place_rule_and_what_to_do(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, _ = run("Hello,\n\n您好 😀", *FBA, "--ui", "en")
    assert (code, out.splitlines()[:3]) == (
        1,
        [
            "-:3:4: HB508 emoji: “😀” is an emoji. Remove it.",
            "    3 | 您好 😀",
            "      |      ^^",
        ],
    )


def test_json_has_positions_in_code_points(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("😀😀 http://www.amazon.com/contact-us", *FBA, *JSON)
    assert code == 1
    assert [
        (one["rule"], one["severity"], one["path"], one["line"], one["column"], one["end_column"])
        for one in found(out)
    ] == [("emoji", "error", "-", 1, 1, 3), ("insecure-link", "error", "-", 1, 4, 36)]
    assert found(out)[1]["suggestion"] == "https://www.amazon.com/contact-us"


@pytest.mark.parametrize("format_", ["github", "sarif"])
def test_other_formats(run: Callable[..., tuple[int, str, str]], format_: str) -> None:
    code, out, _ = run("Sorry 😀", *FBA, "--format", format_)
    assert code == 1
    assert "HB508" in out


@pytest.mark.parametrize(
    ("order", "severities"),
    [
        pytest.param("fba", ["error"], id="FBA"),
        pytest.param("either", ["warning"], id="not known"),
        pytest.param("fbm", [], id="seller-fulfilled"),
        pytest.param("sfp", [], id="seller-fulfilled Prime"),
        pytest.param("mcf", [], id="multi-channel"),
    ],
)
def test_a_promise_depends_on_the_kind_of_order(
    run: Callable[..., tuple[int, str, str]], order: str, severities: list[str]
) -> None:
    options = ("--fulfilment", order, "--lang", "en", *JSON)
    code, out, _ = run("We will refund you in full today.", *options)
    assert [one["severity"] for one in found(out)] == severities
    assert code == (1 if severities else 0)


def test_the_store_is_known_by_its_code(run: Callable[..., tuple[int, str, str]]) -> None:
    text = "Open https://www.amazon.com/contact-us"
    assert run(text, *FBA, "--store", "US")[0] == 0
    code, out, _ = run(text, *FBA, "--store", "SE", *JSON)
    assert (code, [one["rule"] for one in found(out)]) == (1, ["wrong-store-link"])


def test_a_variant_of_a_language_has_its_rules(run: Callable[..., tuple[int, str, str]]) -> None:
    text = "Please leave us a five star review."
    for language in ("en-GB", "EN-us"):
        _, out, _ = run(text, "--fulfilment", "fba", "--lang", language, *JSON)
        assert "review-request" in [one["rule"] for one in found(out)]


def test_a_language_that_the_library_lacks_gets_the_rules_without_words(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    text = "Please leave us a five star review. Call +1 206 266 2992."
    _, out, _ = run(text, "--fulfilment", "fba", "--lang", "fi", *JSON)
    assert [one["rule"] for one in found(out)] == ["phone-number"]


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", "\x00\x01", "{" * 500, "a" * 5000])
def test_any_text_is_read(run: Callable[..., tuple[int, str, str]], text: str) -> None:
    code, _, err = run(text)
    assert code in (0, 1)
    assert err == ""


def test_bytes_that_are_not_utf8_cannot_be_checked(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    code, out, err = run("很抱歉".encode("gbk"))
    assert (code, out) == (2, "")
    assert err == "handbook: -: 不是 UTF-8 编码 / it is not UTF-8\n"


def test_a_store_that_is_not_there(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("Hello", *FBA, "--store", "XX")
    assert (code, out) == (2, "")
    assert err == "handbook: --store XX: 没有这个站点 / there is no such store\n"


def test_an_order_that_is_not_there(run: Callable[..., tuple[int, str, str]]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("Hello", "--fulfilment", "fbx", "--lang", "en")
    assert stopped.value.code == 2
