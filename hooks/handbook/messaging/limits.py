"""How long a message may be, by Amazon's own API model."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict


class Limits(BaseModel):
    """limits.yml: lengths in code points by the name of a request of the model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    model: str
    version: str
    commit: str
    changed: dt.date
    pointer: str
    texts: dict[str, int]
    applied: str

    @property
    def longest(self) -> int:
        """The length that a message is held to."""
        return self.texts[self.applied]


@cache
def limits() -> Limits:
    """The limits, with the version of the model that they were read from."""
    text = resources.files("handbook.messaging").joinpath("limits.yml").read_text("utf-8")
    return Limits.model_validate(yaml.safe_load(text))
