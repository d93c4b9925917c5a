"""A text in one spelling, with the place that every character came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.messaging.folding import Folding
from spans import PROPERTY

FOLDING = Folding({"評": "评"})


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Hello", "hello", id="lower case"),
        pytest.param("Remboursé à l’Île", "rembourse a l'ile", id="accents and apostrophe"),
        pytest.param("cafe\u0301", "cafe", id="an accent of its own"),
        pytest.param(
            "Straße, Łódź, Ødegård, İstanbul ışık",
            "strasse, lodz, odegard, istanbul isik",
            id="letters",
        ),
        pytest.param("１-８８８ ＡＢ", "1-888 ab", id="full width"),
        pytest.param("٠١٢ ۳", "012 3", id="Arabic digits"),
        pytest.param("إعادة الأموالِ", "اعادة الاموال", id="Arabic signs"),
        pytest.param("が ガ ﾊﾝ", "が ガ ハン", id="voiced kana stay"),
        pytest.param("差評", "差评", id="traditional characters"),
        pytest.param("a\u200bb\ufeffc\u00add", "abcd", id="what cannot be seen"),
        pytest.param("“a” – „b“ «c»", '"a" - "b" "c"', id="quotes and dashes"),
        pytest.param("你好，世界！", "你好,世界!", id="full-width signs"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert FOLDING.fold(text).text == folded


def test_a_range_leads_back_to_the_text() -> None:
    folded = FOLDING.fold("Ein Groß-\u200bBrief")
    start = folded.text.index("gross")
    assert folded.origin(start, start + len("gross")) == (4, 8)


@given(st.text())
@PROPERTY
def test_every_character_has_a_place_in_the_text(text: str) -> None:
    folded = FOLDING.fold(text)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(text) for origin in folded.origins)


@given(st.text())
@PROPERTY
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    once = FOLDING.fold(text).text
    assert FOLDING.fold(once).text == FOLDING.fold(FOLDING.fold(once).text).text
