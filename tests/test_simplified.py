"""Traditional characters and their simplified forms."""

from __future__ import annotations

from handbook.simplified import simplified


def test_every_traditional_form_of_a_character_that_is_used_is_there() -> None:
    table = simplified("发货退款")
    assert table["發"] == table["髮"] == "发"
    assert table["貨"] == "货"
    assert set(table.values()) == {"发", "货"}


def test_a_character_that_is_not_used_is_left_out() -> None:
    assert simplified("abc") == {}
