"""The rules for messages as readers see them: what each forbids, why, and on whose word."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from handbook.models import Phrase, Text
from handbook.severity import Severity, severity_of

if TYPE_CHECKING:
    from collections.abc import Mapping

Recipient = Literal["buyer", "seller-support"]
# The kind of order that a message is for; `either` where it is not known.
Order = Literal["fba", "fbm", "sfp", "mcf", "either"]


class Example(BaseModel):
    """A text that breaks the rule and one that does not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bad: Phrase
    fine: Phrase


class MessageRule(BaseModel):
    """One rule; `zh` and `en` are the sentences of a finding, with `{found}` for the text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    orders: dict[Order, Severity] | None = None
    to: Literal["buyer"] | None = None
    zh: Phrase
    en: Phrase
    title: Text
    forbids: Text
    why: Text
    source: str
    example: Example


@cache
def message_rules() -> Mapping[str, MessageRule]:
    """Every rule by name, in the order of their codes."""
    text = resources.files("handbook.messaging").joinpath("rules.yml").read_text(encoding="utf-8")
    return {name: MessageRule.model_validate(rule) for name, rule in yaml.safe_load(text).items()}


def severity_for(rule: str, order: Order, recipient: Recipient = "buyer") -> Severity | None:
    """How severe a rule is for a kind of order; None where it does not apply."""
    orders, to = message_rules()[rule].orders, message_rules()[rule].to
    if to not in (None, recipient):
        return None
    return severity_of(rule) if orders is None else orders.get(order)
