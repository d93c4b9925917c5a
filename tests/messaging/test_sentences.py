"""How many sentences a message has."""

from __future__ import annotations

import pytest

from handbook.messaging.sentences import sentence_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("", 0, id="nothing"),
        pytest.param("Hello,\n\nThank you. Is it here?\n\nKind regards", 4, id="a letter"),
        pytest.param("您好，\n\n谢谢您。在吗？好的！", 4, id="Chinese"),
        pytest.param("1. Open it.\n2. Choose it.", 2, id="a list"),
        pytest.param("Open it:\n{contact_link}\nThen write.", 2, id="a line that is a blank"),
        pytest.param("Er sagte: „Gut.“ Dann ging er.", 2, id="a quote at the end"),
        pytest.param("It costs 3.50 at amazon.de today.", 1, id="stops inside"),
        pytest.param("مرحبًا،\nهل وصل؟ شكرًا.", 3, id="Arabic"),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert sentence_count(text) == count


def test_an_abbreviation_ends_no_sentence() -> None:
    assert sentence_count("Zum Beispiel z. B. hier.", ["z. B."]) == 1
    assert sentence_count("Zum Beispiel z. B. hier.") == 3
