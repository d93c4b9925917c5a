"""The content as JSON for other programs, each file with its schema beside it.

The shapes are a contract: a change that breaks a reader raises the version.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from handbook import models

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content, Page
    from handbook.message import Message

# What the site was built from, by which a site is known; relative to its root.
VERSION = "data/version.json"


class _Export(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Version(_Export):
    """data/version.json: what the site was built from."""

    commit: str
    content_date: dt.date

    @property
    def epoch(self) -> int:
        """The content's date as seconds since 1970, UTC."""
        midnight = dt.datetime.combine(self.content_date, dt.time(), dt.UTC)
        return int(midnight.timestamp())


class SectionExport(_Export):
    """A heading of a page."""

    id: str
    title: str
    topics: tuple[str, ...]


class PageExport(_Export):
    """A page; `url` is relative to the site's root, without a leading slash."""

    url: str
    lang: models.Language
    title: str
    description: str
    topics: tuple[str, ...]
    fulfilment: tuple[models.Fulfilment, ...]
    reviewed: dt.date
    sections: tuple[SectionExport, ...]


class PagesExport(_Export):
    """data/pages.json."""

    version: Literal[1] = 1
    pages: tuple[PageExport, ...]


class ContactExport(_Export):
    """Where a buyer of a store reaches Amazon; `url` is null while it is not confirmed."""

    url: str | None
    status: str
    source: str
    checked: dt.date


class PhoneExport(_Export):
    """A number, as background for sellers; never for a message."""

    e164: str
    display: str
    status: str
    callable_from: models.Text
    hours: models.Text | None
    source: str
    checked: dt.date


class WindowExport(_Export):
    """The days in which a claim can be filed; null while not established."""

    from_days: int | None
    to_days: int | None
    counted_from: models.Text | None
    status: str
    source: str
    checked: dt.date


class WindowsExport(_Export):
    """The claim windows of a store, by kind of claim."""

    customer_return: WindowExport
    warehouse: WindowExport
    removal_lost: WindowExport
    removal_other: WindowExport


class StoreExport(_Export):
    """A store of Amazon's."""

    code: str
    domain: str
    name: models.Text
    marketplace_id: str
    seller_central: str
    country: Annotated[str, Field(description="ISO 3166-1 alpha-2")]
    languages: tuple[str, ...]
    contact: ContactExport
    phones: tuple[PhoneExport, ...]
    claim_windows: WindowsExport
    note: models.Text | None


class StoresExport(_Export):
    """data/stores.json."""

    version: Literal[1] = 1
    stores: tuple[StoreExport, ...]


class MessageTextExport(_Export):
    """A message in one language; blanks stand as {name}."""

    text: str
    native_read: bool


class PlaceholderExport(_Export):
    """A blank that an agent fills in."""

    name: str
    type: str
    label: models.Text
    example: str


class MessageExport(_Export):
    """A message of the library; `url` is relative to the site's root, without a leading slash."""

    id: str
    title: models.Text
    situation: str
    stage: str
    fulfilment: tuple[models.Fulfilment, ...]
    recipient: str
    texts: dict[str, MessageTextExport]
    placeholders: tuple[PlaceholderExport, ...]
    url: models.Text
    reviewed: dt.date


class MessagesExport(_Export):
    """data/messages.json."""

    version: Literal[1] = 1
    messages: tuple[MessageExport, ...]


class VersionExport(_Export):
    """data/version.json."""

    version: Literal[1] = 1
    commit: str
    content_date: dt.date


def pages(content: Content) -> PagesExport:
    """Every page in both languages, sorted by address."""
    exported = [_page(page) for page in content.pages.values()]
    return PagesExport(pages=tuple(sorted(exported, key=lambda page: page.url)))


def _page(page: Page) -> PageExport:
    if page.meta is None:
        raise ValueError(page.source.path)
    meta = page.meta
    return PageExport(
        url=page.url,
        lang=page.language,
        title=meta.title,
        description=meta.description,
        topics=meta.topics,
        fulfilment=meta.fulfilment,
        reviewed=meta.reviewed,
        sections=tuple(
            SectionExport(id=heading.identifier, title=heading.title, topics=heading.topics)
            for heading in page.document.headings
            if heading.identifier
        ),
    )


def stores(content: Content) -> StoresExport:
    """Every store, in the order of the records."""
    return StoresExport(
        stores=tuple(
            _store(code, store, content.records.claim_windows[store.claim_windows])
            for code, store in content.records.stores.items()
        )
    )


def _store(code: str, store: models.Store, windows: models.ClaimWindows) -> StoreExport:
    return StoreExport(
        code=code,
        domain=store.domain,
        name=store.name,
        marketplace_id=store.marketplace_id,
        seller_central=store.seller_central,
        country=store.country,
        languages=store.languages,
        contact=ContactExport(**store.contact.model_dump()),
        phones=tuple(PhoneExport(**phone.model_dump(exclude={"id"})) for phone in store.phones),
        claim_windows=WindowsExport(**windows.windows.model_dump()),
        note=store.note,
    )


def messages(content: Content) -> MessagesExport:
    """Every message, sorted by its id."""
    exported = [_message(message, content) for message in content.messages.values()]
    return MessagesExport(messages=tuple(sorted(exported, key=lambda message: message.id)))


def _message(message: Message, content: Content) -> MessageExport:
    if message.meta is None:
        raise ValueError(message.source.path)
    meta = message.meta
    known = content.records.placeholders
    return MessageExport(
        id=message.id,
        title=meta.title,
        situation=meta.situation,
        stage=meta.stage,
        fulfilment=meta.fulfilment,
        recipient=meta.recipient,
        texts={
            language: MessageTextExport(text=text.text, native_read=language in meta.native_read)
            for language, text in message.texts.items()
        },
        placeholders=tuple(
            PlaceholderExport(name=name, **known[name].model_dump()) for name in meta.placeholders
        ),
        url=models.Text(zh=f"messages/{message.id}/", en=f"en/messages/{message.id}/"),
        reviewed=meta.reviewed,
    )


def write_data(content: Content, version: Version, folder: Path) -> None:
    """Write the JSON files and their schemas into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    exports: dict[str, BaseModel] = {
        "pages": pages(content),
        "messages": messages(content),
        "stores": stores(content),
        "version": VersionExport(commit=version.commit, content_date=version.content_date),
    }
    for name, export in exports.items():
        _write(folder / f"{name}.json", export.model_dump(mode="json"))
        _write(folder / f"{name}.schema.json", json_schema(type(export)))


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema of a model, with the dialect named."""
    schema = model.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _write(file: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False)
    file.write_text(text + "\n", encoding="utf-8")
