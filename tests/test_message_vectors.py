"""The rules for messages, shown by texts: in each language some break each rule and some do not.

The texts are in `tests/messages/<language>.yml`; the same texts go through the browser's reading of
the rules in `tests/browser/test_message_rules.py`.
"""

from __future__ import annotations

import pytest

from handbook.messaging.catalogue import message_rules
from vectors import LANGUAGES, Vector, broken_rules, vectors


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_five_bad_and_five_fine_texts(language: str) -> None:
    of_language = vectors(language)
    for rule in message_rules():
        for bad in (True, False):
            texts = {
                vector.text for vector in of_language if (vector.rule, vector.bad) == (rule, bad)
            }
            assert len(texts) >= 5, (
                f"{language}: {rule}: {len(texts)} {'bad' if bad else 'fine'} texts"
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bad_text_breaks_its_rule(language: str) -> None:
    missed = [
        vector
        for vector in vectors(language)
        if vector.bad and vector.rule not in broken_rules(vector)
    ]
    assert not missed, _listed(missed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fine_text_breaks_no_rule(language: str) -> None:
    wrong = [vector for vector in vectors(language) if not vector.bad and broken_rules(vector)]
    assert not wrong, _listed(wrong)


def _listed(found: list[Vector]) -> str:
    return "\n" + "\n".join(f"{one.rule}: {one.text!r} -> {broken_rules(one)}" for one in found)
