"""How serious a broken rule is, from `severity.yml`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity = Literal["error", "warning", "info"]


@cache
def _levels() -> Mapping[str, Severity]:
    text = resources.files("handbook").joinpath("severity.yml").read_text(encoding="utf-8")
    levels: Mapping[str, Severity] = yaml.safe_load(text) or {}
    return levels


def severity_of(rule: str) -> Severity:
    """The severity of a rule; an error where the file does not name it."""
    return _levels().get(rule, "error")
