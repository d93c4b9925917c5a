"""The language of the message rules: what a phrase finds, and what is no phrase."""

from __future__ import annotations

import re

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from handbook.messaging.folding import Folding
from handbook.messaging.phrases import ADDRESS, PhraseCompiler, PhraseError, written_out
from spans import PROPERTY

FOLDING = Folding({"評": "评"})
LISTS = {"we": ("we", "i"), "both": ("<we>", "our team"), "loop": ("<loop>",)}


def found(phrase: str, text: str, *, clause: bool = False) -> str | None:
    """What a phrase finds first in a text."""
    compiler = PhraseCompiler(LISTS, lambda word: FOLDING.fold(word).text)
    expression = compiler.any_of([phrase])
    folded = FOLDING.fold(text).text
    source = written_out(expression.source, compiler.compiled_lists, 20, clause=clause)
    match = re2.search(source, folded)
    assert not match or not expression.needs or any(need in folded for need in expression.needs)
    return match and str(match.group())


@pytest.mark.parametrize(
    ("phrase", "text", "what"),
    [
        pytest.param("refund you", "We refund you.", "refund you", id="words"),
        pytest.param("refund you", "We refund your money.", None, id="a word is whole"),
        pytest.param("refund* you", "We refunded you.", "refunded you", id="any letters"),
        pytest.param("*fund", "the refund", "refund", id="any letters before"),
        pytest.param("colou?r", "color", "color", id="a letter that may be missing"),
        pytest.param("(a|b c) d", "b c d", "b c d", id="one of several"),
        pytest.param("(please|) send", "send", "send", id="one that may be missing"),
        pytest.param("(please|) send", "please, send", "please, send", id="comma between"),
        pytest.param("<we> refund", "I refund", "i refund", id="a list"),
        pytest.param("<both> refund", "our team refund", "our team refund", id="a list in a list"),
        pytest.param("we .. refund", "we will gladly refund", "we will gladly refund", id="a gap"),
        pytest.param(
            "we .. refund", "we " + "x" * 30 + " refund", None, id="a gap that is too long"
        ),
        pytest.param("we .. refund", "we do.\nA refund", None, id="no gap over a line"),
        pytest.param("e-mail", "E-Mail", "e-mail", id="hyphen"),
        pytest.param("e-mail", "email", "email", id="no hyphen"),
        pytest.param("e-mail", "e mail", "e mail", id="space for a hyphen"),
        pytest.param("<number> stars", "5 stars", "5 stars", id="a number"),
        pytest.param("<number> % off", "1,5% off", "1,5% off", id="a number and a sign"),
        pytest.param("to <address>", f"to {ADDRESS * 5}", f"to {ADDRESS * 5}", id="an address"),
        pytest.param("contact seller", "click “Contact seller”", "contact seller", id="in quotes"),
        pytest.param("click contact", "click “contact", 'click "contact', id="a quote between"),
        pytest.param("全额退款", "我们全额退款。", "全额退款", id="Han inside a sentence"),
        pytest.param("好评 谢谢", "好评，谢谢", "好评,谢谢", id="Han with or without a comma"),
        pytest.param("差评", "差評", "差评", id="traditional characters"),
        pytest.param("rembours*", "Remboursé", "rembourse", id="accents"),
        pytest.param("we ...", "we do, now.\nNo", "we do, now.", id="the rest of the sentence"),
        pytest.param("we will <end>", "we will\nand", "we will\n", id="the end of the sentence"),
        pytest.param("we will <end>", "we will", "we will", id="the end of the text"),
        pytest.param("we will <end>", "we will go", None, id="not the end"),
        pytest.param("a & b", "b and a", "b and a", id="both, in any order"),
        pytest.param("a & b", "b\na", None, id="both in one sentence"),
        pytest.param("a.b", "axb", None, id="a stop is a stop"),
        pytest.param("a [b", "a [b", "a [b", id="signs are meant"),
    ],
)
def test_what_a_phrase_finds(phrase: str, text: str, what: str | None) -> None:
    assert found(phrase, text) == what


@pytest.mark.parametrize(
    ("phrase", "problem"),
    [
        pytest.param("(a", "a bracket is not closed", id="open"),
        pytest.param("a)", "unexpected ')'", id="closed too often"),
        pytest.param("<no>", "there is no list <no>", id="unknown list"),
        pytest.param("<loop>", "the list <loop> holds itself", id="a list in itself"),
        pytest.param("*", "it would match everywhere", id="only letters that may be missing"),
        pytest.param("(a|)", "it would match everywhere", id="only what may be missing"),
        pytest.param("", "it would match everywhere", id="empty"),
    ],
)
def test_what_is_no_phrase(phrase: str, problem: str) -> None:
    with pytest.raises(PhraseError, match=re.escape(problem)):
        found(phrase, "")


@pytest.mark.parametrize(
    ("phrase", "text", "what"),
    [
        pytest.param("never .. refund", "never, ever refund", None, id="a comma ends a clause"),
        pytest.param("never .. refund", "never: refund", None, id="and so does a colon"),
        pytest.param("never .. refund", "never so refund", "never so refund", id="a gap in it"),
        pytest.param("never ...", "we never do, ever", "never do", id="its rest"),
        pytest.param(
            "you, .. never", "if you, we never", "you, we never", id="a comma that is said"
        ),
        pytest.param("a & b", "a, b", None, id="both in the clause"),
    ],
)
def test_what_a_phrase_finds_in_a_clause(phrase: str, text: str, what: str | None) -> None:
    assert found(phrase, text, clause=True) == what


@given(st.text(alphabet="ab<>()|.*-?[]{}\\^$/ 中", max_size=20))
@PROPERTY
def test_a_phrase_is_compiled_or_refused(phrase: str) -> None:
    try:
        compiler = PhraseCompiler(LISTS, str)
        expression = compiler.any_of([phrase])
    except PhraseError:
        return
    source = written_out(expression.source, compiler.compiled_lists, 20)
    assert re2.compile(source).search("") is None
    re.compile(source)


@given(st.lists(st.text(alphabet="abcdeé中文", min_size=1, max_size=6), min_size=1, max_size=4))
@PROPERTY
def test_words_find_themselves(words: list[str]) -> None:
    assert found(" ".join(words), f"x {' '.join(words)}, y") is not None
