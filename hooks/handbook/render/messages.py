"""Messages of the library: the block on a page, lists of them, and the filter of a list.

What is written here can be read and selected without a script. `overrides/assets/messages/` shows
the fields, the tabs and the copy button, all of which are here already, but hidden.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.anchors import message_anchor
from handbook.languages import language_name
from handbook.message import LIBRARY_LANGUAGES, RIGHT_TO_LEFT
from handbook.messaging.limits import limits
from handbook.render.html import Child, h

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from handbook.message import Message, MessageText
    from handbook.models import MessageMeta, Store, Text
    from handbook.render.context import RenderContext

# What is sent where no other language was chosen; every message has it.
SENT_FIRST = "en"
# The language of the agents; it comes last among those to send.
AGENTS = "zh"
# Filled in by the choice of a store, not by typing.
STORE_LINK = "store-link"

_BLANK = re.compile(r"\{(\w+)\}")


def block(name: str, context: RenderContext) -> list[Element]:
    """A message with its texts; with all languages and instructions on its own page."""
    message = context.content.messages.get(name)
    if message is None or message.meta is None or SENT_FIRST not in message.texts:
        return []
    meta = message.meta
    own_page = context.page.path.startswith("messages/")
    box = h(
        "div",
        {
            "class": "hb-message__box",
            "id": message_anchor(name),
            "data-message": name,
            "data-orders": " ".join(meta.fulfilment),
            "data-recipient": meta.recipient,
        },
    )
    head = h("div", {"class": "hb-message__head"})
    if not own_page:
        link = h("a", {"href": context.page_link(f"messages/{name}")}, context.text(meta.title))
        head.append(h("p", {"class": "hb-message__title"}, link))
    # A message's own page names the kind of order above, in the line under its title.
    kinds = [] if own_page else _kinds(meta, context)
    recipient = context.words(f"message.recipient.{meta.recipient}")
    head.append(_chips([*kinds, h("span", {"class": "hb-chip"}, recipient)]))
    box.append(head)
    box.append(
        _instructions([("message.use", meta.use_when), ("message.not", meta.not_when)], context)
    )
    box.append(_choices(message, meta, context))
    box.append(_panes(message, meta, context))
    others = [tag for tag in _languages(message) if tag not in (SENT_FIRST, context.language)]
    if own_page:
        box.extend(_other_language(message.texts[tag], meta, context) for tag in others)
    elif others:
        names = context.words("join.list").join(
            language_name(tag, context.language) for tag in others
        )
        link = h("a", {"href": context.page_link(f"messages/{name}")}, names)
        label = context.words("message.languages")
        box.append(h("p", {"class": "hb-message__foot", "data-without-script": ""}, label, link))
    if own_page:
        box.append(_afterwards(meta, context))
    return [box]


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
        facts = {
            "data-kind": " ".join(meta.fulfilment),
            "data-stage": meta.stage,
            "data-recipient": meta.recipient,
            "data-language": " ".join(_languages(message)),
        }
        items.append(h("li", facts, link, " ", _chips(_kinds(meta, context)), use))
    return [items]


def library_filter(context: RenderContext) -> list[Element]:
    """What narrows the lists of messages on the page; hidden until a script works it."""
    messages = [one for one in context.content.messages.values() if one.meta]
    metas = [message.meta for message in messages if message.meta]
    spoken = {language for message in messages for language in message.texts}
    kinds = [kind for kind in ("fba", "fbm", "sfp", "mcf") if _used(kind, metas)]
    stages = list(dict.fromkeys(meta.stage for meta in metas))
    recipients = list(dict.fromkeys(meta.recipient for meta in metas))
    words = context.words
    row = h(
        "div",
        {"class": "hb-compose__row"},
        _select(
            "kind", words("filter.kind"), [(kind, words(f"kind.{kind}")) for kind in kinds], context
        ),
        _select(
            "stage",
            words("filter.stage"),
            [(one, words(f"stage.{one}")) for one in stages],
            context,
        ),
        _select(
            "recipient",
            words("filter.recipient"),
            [(one, words(f"message.recipient.{one}")) for one in recipients],
            context,
        ),
        _select(
            "language",
            words("filter.language"),
            [
                (tag, language_name(tag, context.language))
                for tag in LIBRARY_LANGUAGES
                if tag in spoken
            ],
            context,
        ),
        h(
            "button",
            {"type": "button", "class": "hb-button hb-button--quiet", "data-reset": ""},
            words("filter.reset"),
        ),
    )
    count = h(
        "p", {"class": "hb-muted", "role": "status", "data-count": context.phrase("filter.count")}
    )
    return [h("form", {"class": "hb-compose", "data-filter": "", "hidden": "hidden"}, row, count)]


def _used(kind: str, metas: Iterable[MessageMeta]) -> bool:
    return any(kind in meta.fulfilment or "any" in meta.fulfilment for meta in metas)


def _select(
    name: str, label: str, options: Iterable[tuple[str, str]], context: RenderContext
) -> Element:
    select = h("select", {"name": name}, h("option", {"value": ""}, context.words("filter.all")))
    for value, text in options:
        select.append(h("option", {"value": value}, text))
    return h("label", {"class": "hb-field"}, h("span", None, label), select)


def store_select(context: RenderContext) -> Element:
    """The choice of a store; each option knows the store's language and contact link."""
    select = h("select", {"name": "store"})
    select.append(h("option", {"value": ""}, context.words("compose.store.none")))
    for code, store in context.content.records.stores.items():
        # What is typed at the list finds a store by how its line begins.
        name = context.text(store.name)
        text = context.words("compose.store.one", code=code, name=name, domain=store.domain)
        facts = {"value": code, "data-language": store_language(store)}
        if store.contact.url:
            facts["data-contact"] = store.contact.url
        select.append(h("option", facts, text))
    label = h("span", None, context.words("compose.store"))
    return h("label", {"class": "hb-field"}, label, select)


def store_language(store: Store) -> str:
    """The library's language for the first language of a store."""
    first = store.languages[0]
    known = [tag for tag in LIBRARY_LANGUAGES if first in (tag, tag.partition("-")[0])]
    base = [tag for tag in LIBRARY_LANGUAGES if tag.partition("-")[0] == first.partition("-")[0]]
    return (known or base or [SENT_FIRST])[0]


def _languages(message: Message) -> list[str]:
    """The languages of a message in the order of the library, the agents' own last."""
    tags = [tag for tag in LIBRARY_LANGUAGES if tag in message.texts]
    return sorted(tags, key=lambda tag: tag == AGENTS)


def _kinds(meta: MessageMeta, context: RenderContext) -> list[Element]:
    return [
        h("span", {"class": f"hb-kind hb-kind--{kind}"}, context.words(f"kind.{kind}"))
        for kind in meta.fulfilment
    ]


def _chips(chips: list[Element]) -> Element:
    return h("span", {"class": "hb-message__chips"}, *chips)


def _afterwards(meta: MessageMeta, context: RenderContext) -> Element:
    """What to do when the other side has answered, and the way to the other messages."""
    buyer = meta.recipient == "buyer"
    answered = "message.answered" if buyer else "message.answered.case"
    library = h("a", {"href": context.page_link("messages")}, context.page_title("messages"))
    foot = h("p", {"class": "hb-message__foot"}, context.words("message.others"), library)
    if buyer:
        foot.text = context.words("message.page") + context.words("join.space") + (foot.text or "")
    return h(
        "div",
        {"class": "hb-message__after"},
        _instructions([(answered, meta.if_answered)], context),
        foot,
    )


def _instructions(rows: Iterable[tuple[str, Text]], context: RenderContext) -> Element:
    listing = h("dl", {"class": "hb-message__when"})
    for key, text in rows:
        listing.append(h("dt", None, context.words(key)))
        listing.append(h("dd", None, context.text(text)))
    return listing


def _choices(message: Message, meta: MessageMeta, context: RenderContext) -> Element:
    """The store, the languages and the fields; hidden until a script works them."""
    words = context.words
    choices = h("div", {"class": "hb-compose", "data-compose": "", "hidden": "hidden"})
    types = {
        name: record
        for name in meta.placeholders
        if (record := context.content.records.placeholders.get(name))
    }
    fields = h("div", {"class": "hb-compose__row"})
    if meta.recipient == "buyer":
        fields.append(store_select(context))
    for name, record in types.items():
        if record.type == STORE_LINK:
            continue
        label = context.text(record.label)
        field = h(
            "input",
            {
                "name": name,
                "type": "text",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": words("compose.example", example=record.example),
            },
        )
        fields.append(h("label", {"class": "hb-field"}, h("span", None, label), field))
    if len(fields):
        choices.append(fields)
    tabs = h(
        "div", {"class": "hb-tabs", "role": "tablist", "aria-label": words("compose.language")}
    )
    for tag in _languages(message):
        tabs.append(
            h(
                "button",
                {
                    "type": "button",
                    "role": "tab",
                    "class": "hb-tab",
                    "data-lang": tag,
                    "data-direction": "rtl" if tag in RIGHT_TO_LEFT else "ltr",
                    "data-read": words(
                        "message.read" if tag in meta.native_read else "message.not-read"
                    ),
                    "aria-selected": "true" if tag == SENT_FIRST else "false",
                    "tabindex": "0" if tag == SENT_FIRST else "-1",
                    "aria-controls": f"preview-{message.id}",
                },
                language_name(tag, context.language),
            )
        )
    choices.append(tabs)
    return choices


def length_phrase(context: RenderContext) -> str:
    """The phrase that counts the characters; the script fills in the count."""
    return context.phrase("compose.length").replace("{limit}", str(limits().longest))


def _panes(message: Message, meta: MessageMeta, context: RenderContext) -> Element:
    """What is sent, with the button that copies it, beside what the agent reads."""
    words = context.words
    text = message.texts[SENT_FIRST]
    name = language_name(SENT_FIRST, context.language)
    status = words("message.read" if SENT_FIRST in meta.native_read else "message.not-read")
    sent = h(
        "div",
        {"class": "hb-message__pane"},
        h(
            "p",
            {"class": "hb-message__label"},
            h(
                "strong",
                {"data-label": context.phrase("message.sent")},
                words("message.sent", name=name),
            ),
            " ",
            h("span", {"class": "hb-muted", "data-native": ""}, status),
        ),
        h(
            "div",
            {"class": "hb-message__actions", "data-actions": "", "hidden": "hidden"},
            h(
                "button",
                {"type": "button", "class": "hb-button", "data-copy": ""},
                words("compose.copy"),
            ),
            h(
                "button",
                {"type": "button", "class": "hb-button hb-button--quiet", "data-clear": ""},
                words("compose.clear"),
            ),
            h("span", {"class": "hb-muted", "data-length": length_phrase(context)}),
            h("a", {"href": context.page_link("rules"), "data-rules": ""}, words("compose.rules")),
        ),
        h(
            "p",
            {
                "class": "hb-message__status",
                "role": "status",
                "data-status": "",
                "data-copied": context.phrase("compose.copied"),
                "data-failed": context.phrase("compose.failed"),
                "data-empty": context.phrase("compose.empty"),
                "data-unloaded": words("compose.unloaded"),
                "data-separator": words("join.list"),
                "data-store": words("compose.store"),
            },
        ),
        h(
            "ul",
            {
                "class": "hb-findings",
                "data-findings": "",
                "aria-live": "polite",
                "hidden": "hidden",
            },
        ),
        _body(text, context, {"data-preview": "", "id": f"preview-{message.id}"}),
    )
    panes = h("div", {"class": "hb-message__panes"}, sent)
    reading = context.language
    if reading in message.texts:
        label = words("message.reading", name=language_name(reading, context.language))
        pane = h(
            "div",
            {"class": "hb-message__pane hb-message__pane--reading", "data-reading": reading},
            h("p", {"class": "hb-message__label"}, h("span", {"class": "hb-muted"}, label)),
            _body(message.texts[reading], context, {}),
        )
        if reading == SENT_FIRST:
            # It stands there already; it is shown beside a text in another language.
            pane.set("hidden", "hidden")
        panes.append(pane)
    return panes


def _other_language(text: MessageText, meta: MessageMeta, context: RenderContext) -> Element:
    read = text.language in meta.native_read
    name = language_name(text.language, context.language)
    status = context.words("message.read" if read else "message.not-read")
    summary = h(
        "summary",
        None,
        context.words("message.sent", name=name),
        h("span", {"class": "hb-muted"}, f" · {status}"),
    )
    facts = {"class": "hb-message__language", "data-without-script": "", "data-text": text.language}
    return h("details", facts, summary, _body(text, context, {}))


def _body(text: MessageText, context: RenderContext, attributes: dict[str, str]) -> Element:
    """A text as it is sent: each blank by its name in brackets, its label as a hint."""
    facts = {"lang": text.language, "class": "hb-message__text", **attributes}
    if text.language in RIGHT_TO_LEFT:
        facts["dir"] = "rtl"
    parts: list[Child] = []
    for number, part in enumerate(_BLANK.split(text.text)):
        if number % 2 == 0:
            parts.append(part)
            continue
        record = context.content.records.placeholders.get(part)
        hint = {"title": context.text(record.label)} if record else {}
        parts.append(h("mark", {"data-blank": part, **hint}, f"[{part}]"))
    return h("pre", facts, *parts)
