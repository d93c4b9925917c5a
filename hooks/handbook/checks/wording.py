"""What breaks the rules in a message's text, as findings at their place in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.findings import Finding, Words
from handbook.languages import language_name
from handbook.messaging.catalogue import severity_for
from handbook.messaging.limits import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.messaging.catalogue import Order, Recipient
    from handbook.messaging.examine import Hit
    from handbook.severity import Severity
    from handbook.source import SourceFile

# The longest piece of a text that a sentence quotes, in characters.
_QUOTED = 40


def wording_findings(  # noqa: PLR0913 - each says something else about the message
    source: SourceFile,
    text: str,
    hits: Iterable[Hit],
    *,
    start: int = 0,
    language: str,
    orders: Iterable[Order],
    recipient: Recipient = "buyer",
) -> Iterator[Finding]:
    """What was found in a text, as findings.

    Args:
        source: The file that the text stands in.
        text: The text.
        hits: What `examine` found in it.
        start: Where it begins in the file, in code points.
        language: BCP 47 tag of its language.
        orders: The kinds of order that it is for; the severest judgement counts.
        recipient: Whom it is for.
    """
    for hit in hits:
        severity = _severest(hit.rule, orders, recipient)
        if severity is None:
            continue
        found = text[hit.start : hit.end]
        values: dict[str, str | Words] = {
            "found": " ".join(found.split())[:_QUOTED],
            "count": str(len(text)),
            "limit": str(limits().longest),
            "language": Words(language_name(language, "zh"), language_name(language, "en")),
        }
        span = source.span(start + hit.start, start + hit.end)
        yield Finding(
            hit.rule, source.path, span, values, _instead(hit, found), severity_here=severity
        )


def _severest(rule: str, orders: Iterable[Order], recipient: Recipient) -> Severity | None:
    severities = {severity_for(rule, order, recipient) for order in orders}
    levels: tuple[Severity, ...] = ("error", "warning")
    return next((level for level in levels if level in severities), None)


def _instead(hit: Hit, found: str) -> str | None:
    """What could stand there instead, where that is plain."""
    if hit.rule == "insecure-link" and found.lower().startswith("http://"):
        return f"https://{found[len('http://') :]}"
    return None
