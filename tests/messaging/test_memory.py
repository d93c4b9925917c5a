"""What was worked out before is used again only while rules and code are the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from handbook.messaging import memory, verdicts
from handbook.messaging.ruleset import ruleset

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A memory of its own."""
    monkeypatch.setattr(memory, "_KEPT", tmp_path)
    return tmp_path


def test_what_is_kept_is_recalled() -> None:
    assert memory.recall("x") is None
    memory.keep("x", {"中": [1, "a"]})
    assert memory.recall("x") == {"中": [1, "a"]}


def test_other_rules_make_it_worthless(monkeypatch: pytest.MonkeyPatch) -> None:
    memory.keep("x", 1)
    monkeypatch.setattr(memory, "mark", lambda: "another")
    assert memory.recall("x") is None


@pytest.mark.parametrize("broken", ["", "{", "[]", "null", '{"value": 1}'])
def test_a_broken_memory_is_an_empty_one(folder: Path, broken: str) -> None:
    (folder / "x.json").write_text(broken, encoding="utf-8")
    assert memory.recall("x") is None


def test_a_folder_that_cannot_be_written_is_no_fault(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "file"
    file.write_text("", encoding="utf-8")
    monkeypatch.setattr(memory, "_KEPT", file / "below")
    memory.keep("x", 1)
    assert memory.recall("x") is None


def test_a_text_is_read_once_and_again_when_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = vars(verdicts)["examine"]

    def counted(text: str, *given: object, **named: object) -> object:
        read.append(text)
        return real(text, *given, **named)

    monkeypatch.setattr(verdicts, "examine", counted)
    stores = {"amazon.com": "US"}
    for text in ("call 1-888-280-4331", "call 1-888-280-4331", "call 1-888-280-4332"):
        run = verdicts.Verdicts(stores)
        assert [hit.rule for hit in run.of(text, "fi", [])] == ["phone-number"]
        run.remember(everything=True)
    assert read == ["call 1-888-280-4331", "call 1-888-280-4332"]
    verdicts.Verdicts({"amazon.de": "DE"}).of("call 1-888-280-4332", "fi", [])
    assert len(read) == 3


def test_compiled_phrases_are_the_same_from_memory(folder: Path) -> None:
    ruleset.cache_clear()
    first = ruleset().language_json("zh")
    assert (folder / "words-zh.json").exists()
    ruleset.cache_clear()
    assert json.loads(json.dumps(ruleset().language_json("zh"))) == json.loads(json.dumps(first))
    ruleset.cache_clear()
