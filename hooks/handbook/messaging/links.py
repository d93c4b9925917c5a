"""Addresses in a folded text: e-mail, links with and without a scheme, hidden ones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handbook.messaging.ruleset import RuleSet


@dataclass(frozen=True)
class Found:
    """A rule that an address breaks, and the address's range in the folded text."""

    rule: str
    start: int
    end: int


def addresses(
    text: str, original_capitals: str, rules: RuleSet, stores: Mapping[str, str], store: str | None
) -> Iterator[Found]:
    """Every address in a folded text with what is wrong with it; rule "" where nothing is.

    Args:
        text: The folded text.
        original_capitals: As long as the text; "A" where the character was a capital letter.
        rules: The rules.
        stores: Codes of stores by their domains.
        store: The code of the store that the message is for, if it is known.
    """
    find = rules.expressions
    taken: list[tuple[int, int]] = []

    def free(expression: str) -> Iterator[re.Match[str]]:
        """The matches that touch nothing that was found before."""
        for match in re.finditer(expression, text, re.ASCII):
            if all(match.end() <= start or match.start() >= end for start, end in taken):
                yield match
                taken.append((match.start(), match.end()))

    def judged(match: re.Match[str]) -> Iterator[Found]:
        address = re.sub(find.trailing, "", match[0])
        for rule in _judge(address, rules, stores, store):
            yield Found(rule, match.start(), match.start() + len(address))

    yield from chain.from_iterable(map(judged, free(find.address)))
    for match in free(find.email):
        yield Found("email-address", *match.span())
        if "@" not in match[0] and not re.search(r"[\[({<]", match[0]):
            # "at shop dot com" may as well be said of a site.
            yield Found("external-link", *match.span())
    for match in free(find.host):
        if not _is_missing_space(match, original_capitals, rules):
            yield from judged(match)
    yield from (Found("external-link", *match.span()) for match in free(find.hidden_host))


def _is_missing_space(match: re.Match[str], capitals: str, rules: RuleSet) -> bool:
    """Whether this is the end of a sentence and the beginning of the next, as in "Thanks.It is"."""
    host = re.split(r"[/?#:]", match[0], maxsplit=1)[0]
    labels = host.split(".")
    begins = match.start() + len(host) - len(labels[-1])
    if "A" in capitals[begins : begins + 1] and "A" not in capitals[begins + 1 : begins + 2]:
        return True
    bare = len(labels) == 2 and host == match[0] and not re.search(r"[0-9-]", host)  # noqa: PLR2004 - name and ending
    return bare and labels[-1] in rules.general.links.words


def _judge(
    address: str, rules: RuleSet, stores: Mapping[str, str], store: str | None
) -> Iterator[str]:
    """The rules that one address breaks; "" if none."""
    parts = re.search(rules.expressions.parts, address)
    scheme, host, path = (parts[1] or "", parts[2].rstrip("."), parts[3]) if parts else ("", "", "")
    if scheme in ("tel", "sms", "callto"):
        yield "phone-number"
        return
    if scheme == "mailto":
        yield "email-address"
        return
    links = rules.general.links
    found = _store_of(host, stores, links.subdomains)
    clean = True
    if found is None or host in links.shorteners:
        clean = False
        yield "external-link"
    if scheme and scheme != "https":
        clean = False
        yield "insecure-link"
    if found is not None:
        if any(part in path for part in links.products):
            clean = False
            yield "amazon-product-link"
        if any(part in path for part in links.reviews):
            clean = False
            yield "review-request"
        if store and found != store:
            clean = False
            yield "wrong-store-link"
    if clean:
        yield ""


def _store_of(host: str, stores: Mapping[str, str], subdomains: tuple[str, ...]) -> str | None:
    if host in stores:
        return stores[host]
    first, _, rest = host.partition(".")
    return stores.get(rest) if first in subdomains else None
