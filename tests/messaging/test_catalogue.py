"""The rules for messages as readers see them; their own examples show them."""

from __future__ import annotations

import re

import pytest

from handbook.messaging.catalogue import message_rules, severity_for
from handbook.messaging.examine import examine
from handbook.messaging.ruleset import ruleset
from vectors import stores

# Examples that say in brackets what language or store they are for, or how long they are.
_SAID = re.compile(r"^\((?:store: (?P<store>[A-Z]{2})|(?P<language>[a-z]{2}))\) ")


def broken(text: str) -> set[str]:
    said = _SAID.match(text)
    store, language = (said["store"], said["language"]) if said else (None, None)
    text = _SAID.sub("", text)
    found = examine(text, ruleset(), language=language or "en", stores=stores(), store=store)
    return {hit.rule for hit in found}


@pytest.mark.parametrize("name", message_rules())
def test_the_examples_of_a_rule_show_it(name: str) -> None:
    rule = message_rules()[name]
    if name == "too-long":
        assert "2001" in rule.example.bad
        return
    assert name in broken(rule.example.bad)
    assert broken(rule.example.fine) == set()


def test_promises_that_only_amazon_can_keep_are_judged_by_the_kind_of_order() -> None:
    severities = [severity_for("refund-promise-fba", order) for order in ("fba", "either", "fbm")]
    assert severities == ["error", "warning", None]


def test_what_is_written_to_seller_support_may_speak_of_feedback() -> None:
    assert severity_for("feedback-removal", "fba", "seller-support") is None
    assert severity_for("html", "fba", "seller-support") == "error"
