"""The schemas of everything an editor writes: front matter and data files.

Each class is the one definition from which both validation and the JSON Schema beside the data
come. All text for readers is given in both languages.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator
from pydantic_core import PydanticCustomError

Language = Literal["zh", "en"]
Fulfilment = Literal["fba", "fbm", "sfp", "mcf", "any"]
Owner = Literal["customer-service", "operations", "editors", "it"]
SourceStatus = Literal["official", "reported", "derived", "unknown"]
# From sure to unsure, as readers see them.
SOURCE_STATUSES: tuple[SourceStatus, ...] = get_args(SourceStatus)
FactStatus = Literal["confirmed", "reported", "unknown"]

# A year outside of these is a slip; what is reckoned from a day stays a day.
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2099, 12, 31))]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$")]
# The id of a section's heading, or `_lead` for what stands before the first.
SectionName = Annotated[str, Field(pattern=r"^(_lead|[A-Za-z0-9]+(-[A-Za-z0-9]+)*)$")]
Fingerprints = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{8}$")]
Phrase = Annotated[str, Field(min_length=1, pattern=r"\S")]
# A page by its name, with or without a heading: `refund` or `refund#why`.
PageReference = Annotated[str, Field(pattern=r"^[a-z0-9-]+(#[a-z0-9-]+)?$")]
Domain = Annotated[str, Field(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
E164 = Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
# Addresses are always https: an insecure link is forbidden in a message and shown to nobody.
HttpsUrl = Annotated[str, Field(pattern=r"^https://[^\s<>\"]+$")]


class Model(BaseModel):
    """A record: unknown keys are errors, and it never changes after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Model):
    """Words for the reader in both languages."""

    zh: Phrase
    en: Phrase

    def said(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


class PageMeta(Model):
    """The front matter of a page."""

    title: Annotated[str, Field(min_length=1, max_length=60)]
    description: Annotated[str, Field(min_length=1, max_length=200)]
    topics: Annotated[tuple[Identifier, ...], Field(max_length=3)]
    fulfilment: Annotated[tuple[Fulfilment, ...], Field(min_length=1)]
    reviewed: Day
    review_in: Annotated[int, Field(strict=True, ge=1, le=24, description="months")]
    owner: Owner
    # By section, of the page and its partner, as they were when the two last said the same.
    fingerprints: dict[SectionName, Fingerprints] | None = None

    @property
    def due(self) -> dt.date:
        """The day of the next review: `review_in` months on, or the last day of that month."""
        month = self.reviewed.month - 1 + self.review_in
        year, month = self.reviewed.year + month // 12, month % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return dt.date(year, month, min(self.reviewed.day, last))


class Source(Model):
    """Where a statement comes from, or on what it rests, or that it is not established."""

    title: Text
    status: SourceStatus
    checked: Day
    note: Text | None = None
    publisher: Phrase | None = None
    url: HttpsUrl | None = None
    dated: Annotated[str, Field(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")] | None = None
    read_as: Literal["copy", "quoted"] | None = None
    rests_on: Annotated[tuple[Identifier, ...], Field(min_length=1)] | None = Field(
        default=None, alias="from"
    )

    @model_validator(mode="after")
    def _has_what_its_status_needs(self) -> Self:
        needed = {
            "official": ("publisher",),
            "reported": ("publisher", "note"),
            "derived": ("note", "from"),
            "unknown": ("note",),
        }[self.status]
        have = {"publisher": self.publisher, "note": self.note, "from": self.rests_on}
        for key in needed:
            if have[key] is None:
                raise PydanticCustomError("missing", "missing", {"key": key})
        return self


class Phone(Model):
    """A telephone number of Amazon's for buyers, shown to sellers as background."""

    id: Identifier
    e164: E164
    display: Phrase
    status: Literal["confirmed", "reported"]
    callable_from: Text
    hours: Text | None
    source: Identifier
    checked: Day


class Contact(Model):
    """The address of a store's contact page; no address while it is not confirmed."""

    url: HttpsUrl | None
    status: Literal["confirmed", "unknown"]
    source: Identifier
    checked: Day

    @model_validator(mode="after")
    def _address_if_confirmed(self) -> Self:
        if (self.url is not None) != (self.status == "confirmed"):
            raise PydanticCustomError("contact", "contact", {})
        return self


class Store(Model):
    """One of Amazon's stores."""

    name: Text
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    domain: Domain
    marketplace_id: Annotated[str, Field(pattern=r"^A[0-9A-Z]{11,13}$")]
    seller_central: Domain
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1)]
    contact: Contact
    phones: tuple[Phone, ...]
    claim_windows: Identifier
    note: Text | None = None
    note_source: Identifier | None = None


class ClaimWindow(Model):
    """The days in which a claim can be filed; both ends None while they are not known."""

    from_days: Annotated[int, Field(strict=True, ge=0)] | None
    to_days: Annotated[int, Field(strict=True, ge=1)] | None
    counted_from: Text | None
    status: FactStatus
    source: Identifier
    checked: Day

    @model_validator(mode="after")
    def _figures_if_known(self) -> Self:
        known = self.status != "unknown"
        if any((part is not None) != known for part in (self.from_days, self.to_days)):
            raise PydanticCustomError("window", "window", {})
        return self


class ClaimWindows(Model):
    """The claim windows that a store or a group of stores has."""

    class Kinds(Model):
        """The four kinds of claim."""

        customer_return: ClaimWindow = Field(alias="customer-return")
        warehouse: ClaimWindow
        removal_lost: ClaimWindow = Field(alias="removal-lost")
        removal_other: ClaimWindow = Field(alias="removal-other")

    title: Text
    since: Day | None
    note: Text | None = None
    windows: Kinds


class DoNotUse(Model):
    """A number that is widely told and must not be used: shown, never a link, never copied."""

    display: Phrase
    e164: E164 | None
    told_as: Text
    why: Text
    source: Identifier
    checked: Day


class Term(Model):
    """An entry of the glossary, and the one source of the search's synonyms."""

    zh: Phrase
    en: Phrase
    also: tuple[Phrase, ...]
    label: Literal["ui", "seen", "common"]
    meaning: Text
    see: PageReference | None = None
    source: Identifier | None = None
    avoid: tuple[Phrase, ...] = ()


class Questions(Model):
    """How readers put what they want to know, in each language."""

    zh: tuple[Phrase, ...] = ()
    en: tuple[Phrase, ...] = ()


class Topic(Text):
    """What a reader asks for; the search learns from the questions which words ask for it."""

    questions: Questions = Questions()


class Change(Model):
    """A dated change of a fact."""

    id: Identifier
    date: Day
    effective: Day | None = None
    title: Text
    was: Text | None = None
    now: Text
    pages: Annotated[tuple[PageReference, ...], Field(min_length=1)]
    sources: tuple[Identifier, ...]


class Situation(Model):
    """What happened, in the reader's words, and the page that answers it."""

    title: Text
    page: PageReference


class OrderKind(Model):
    """A kind of order on the home page and what can happen with it."""

    fulfilment: Literal["fba", "fbm", "sfp", "mcf", "unsure"]
    title: Text
    hint: Text
    lead: Text
    situations: Annotated[tuple[Situation, ...], Field(min_length=1)]


class Placeholder(Model):
    """A blank that an agent fills in; the same name means the same thing in every message."""

    type: Literal["order-id", "store-link", "text", "date", "amount", "tracking", "asin", "fnsku"]
    label: Text
    example: Phrase


class LinkExclusion(Model):
    """Addresses that are not fetched: a host with its subdomains, or what begins alike."""

    host: Domain | None = None
    address: HttpsUrl | None = None
    reason: Text

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if (self.host is None) == (self.address is None):
            raise PydanticCustomError("exclusion", "exclusion", {})
        return self


class MessageMeta(Model):
    """The front matter of a message."""

    title: Text
    situation: Identifier
    stage: Literal["first-reply", "wish", "follow-up", "stuck", "closing", "case"]
    fulfilment: Annotated[tuple[Fulfilment, ...], Field(min_length=1)]
    recipient: Literal["buyer", "seller-support"]
    use_when: Text
    not_when: Text
    if_answered: Text
    placeholders: tuple[Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")], ...]
    reviewed: Day
    native_read: tuple[LanguageTag, ...]


class Sources(RootModel[dict[Identifier, Source]]):
    """docs/_data/sources.yml."""


class Stores(RootModel[dict[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], Store]]):
    """docs/_data/stores.yml."""


class ClaimWindowSets(RootModel[dict[Identifier, ClaimWindows]]):
    """docs/_data/claim-windows.yml."""


class DoNotUseNumbers(RootModel[dict[Identifier, DoNotUse]]):
    """docs/_data/do-not-use.yml."""


class Terms(RootModel[dict[Identifier, Term]]):
    """docs/_data/terms.yml."""


class Topics(RootModel[dict[Identifier, Topic]]):
    """docs/_data/topics.yml."""


class Placeholders(
    RootModel[dict[Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$")], Placeholder]]
):
    """docs/_data/placeholders.yml."""


class LinkExclusions(RootModel[dict[Identifier, LinkExclusion]]):
    """docs/_data/link-exclusions.yml."""


class Changes(RootModel[tuple[Change, ...]]):
    """docs/_data/changes.yml."""


class OrderKinds(RootModel[tuple[OrderKind, ...]]):
    """docs/_data/situations.yml."""
