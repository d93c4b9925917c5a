"""Messages of the library: the block on a page, and lists of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.languages import language_name
from handbook.message import LIBRARY_LANGUAGES
from handbook.render.html import Child, extend, h

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handbook.message import Message, MessageText
    from handbook.models import MessageMeta
    from handbook.render.context import RenderContext

# The agent's reading copy; every other language is there to be sent.
READING_LANGUAGE = "zh"
RIGHT_TO_LEFT = ("ar",)
# Where a message stands on a guidance page; its own page has every language.
SHOWN_ON_PAGES = ("en", READING_LANGUAGE)

_BLANK = re.compile(r"\{(\w+)\}")


def block(name: str, context: RenderContext) -> list[Element]:
    """A message with its texts; with its instructions where it stands on its own page."""
    message = context.content.messages.get(name)
    if message is None or message.meta is None:
        return []
    meta = message.meta
    own_page = context.page.path.startswith("messages/")
    head = h("div", {"class": "hb-message__head"})
    if not own_page:
        link = h("a", {"href": context.page_link(f"messages/{name}")}, context.text(meta.title))
        head.append(h("p", {"class": "hb-message__title"}, link))
    head.append(_chips(meta, context))
    section = h("div", {"class": "hb-message__box", "data-message": name}, head)
    section.append(_instructions(meta, context, whole=own_page))
    for language in LIBRARY_LANGUAGES if own_page else SHOWN_ON_PAGES:
        if text := message.texts.get(language):
            section.append(_text(text, message, context))
    if others := [] if own_page else [tag for tag in message.texts if tag not in SHOWN_ON_PAGES]:
        names = context.words("join.list").join(
            language_name(tag, context.language) for tag in others
        )
        link = h("a", {"href": context.page_link(f"messages/{name}")}, names)
        more = h("p", {"class": "hb-message__foot"}, context.words("message.languages"), link)
        section.append(more)
    foot = context.words("message.fill") if meta.placeholders else ""
    if foot:
        section.append(h("p", {"class": "hb-message__foot"}, foot))
    if own_page and meta.recipient == "buyer":
        section.append(h("p", {"class": "hb-message__foot"}, context.words("message.page")))
    return [section]


def listing(names: list[str], context: RenderContext) -> list[Element]:
    """Messages with when to use each."""
    items = h("ul")
    for name in names:
        message = context.content.messages.get(name)
        if message is None or message.meta is None:
            continue
        meta = message.meta
        link = h("a", {"href": context.page_link(f"messages/{name}")}, context.text(meta.title))
        use = h("span", {"class": "hb-message-list__use"}, context.text(meta.use_when))
        items.append(h("li", None, link, " ", _chips(meta, context), use))
    return [items]


def _chips(meta: MessageMeta, context: RenderContext) -> Element:
    chips = h("span", {"class": "hb-message__chips"})
    for kind in meta.fulfilment:
        chips.append(
            h("span", {"class": f"hb-kind hb-kind--{kind}"}, context.words(f"kind.{kind}"))
        )
    recipient = context.words(f"message.recipient.{meta.recipient}")
    chips.append(h("span", {"class": "hb-chip"}, recipient))
    return chips


def _instructions(meta: MessageMeta, context: RenderContext, *, whole: bool) -> Element:
    answered = "message.answered" if meta.recipient == "buyer" else "message.answered.case"
    rows = [("message.use", meta.use_when), ("message.not", meta.not_when)]
    if whole:
        rows.append((answered, meta.if_answered))
    listing = h("dl", {"class": "hb-message__when"})
    for key, text in rows:
        listing.append(h("dt", None, context.words(key)))
        listing.append(h("dd", None, context.text(text)))
    return listing


def _text(text: MessageText, message: Message, context: RenderContext) -> Element:
    meta = message.meta
    read = meta is not None and text.language in meta.native_read
    reading = text.language == READING_LANGUAGE
    name = language_name(text.language, context.language)
    key = "message.reading" if reading else "message.sent"
    summary = h("summary", None, context.words(key, name=name))
    if not reading:
        status = context.words("message.read" if read else "message.not-read")
        summary.append(h("span", {"class": "hb-muted"}, f" · {status}"))
    attributes = {"lang": text.language, "class": "hb-message__text", "data-preview": ""}
    if text.language in RIGHT_TO_LEFT:
        attributes["dir"] = "rtl"
    body = h("pre", attributes, *_with_blanks(text, context))
    details = h("details", {"class": "hb-message__language", "data-lang": text.language})
    if text.language == "en" or (reading and context.language == "zh"):
        details.set("open", "open")
    extend(details, [summary, body])
    return details


def _with_blanks(text: MessageText, context: RenderContext) -> list[Child]:
    """The text with each blank shown by its name in brackets."""
    parts: list[Child] = []
    for number, part in enumerate(_BLANK.split(text.text)):
        if number % 2 == 0:
            parts.append(part)
            continue
        placeholder = context.content.records.placeholders.get(part)
        label = part
        if placeholder:
            zh = text.language == READING_LANGUAGE
            label = placeholder.label.zh if zh else placeholder.label.en
        parts.append(h("mark", None, f"[{label}]"))
    return parts
