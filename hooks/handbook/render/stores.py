"""The stores: directory, contact links, claim windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.anchors import store_anchor
from handbook.languages import language_name
from handbook.render.citations import cite
from handbook.render.html import Child, h, table
from handbook.render.phones import details, phone_number, warning

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handbook.models import ClaimWindow, ClaimWindows, Store
    from handbook.render.context import RenderContext

_KINDS = ("customer_return", "warehouse", "removal_lost", "removal_other")


def contact(store: Store, context: RenderContext) -> list[Child]:
    """The contact link of a store, or the path in words while it is not confirmed."""
    if store.contact.url:
        name = context.words("store.contact.link", name=context.text(store.name))
        link = h("a", {"href": store.contact.url, "rel": "noreferrer"}, name)
        address = h("span", {"class": "hb-address"}, store.contact.url.removeprefix("https://"))
        return [link, cite(store.contact.source), " ", address]
    words = context.words("store.contact.none", domain=store.domain)
    return [h("span", {"class": "hb-muted"}, words), cite(store.contact.source)]


def links(context: RenderContext) -> list[Element]:
    """One row per store: where its buyer goes."""
    head = [context.words(key) for key in ("store.name", "store.where", "store.language")]
    rows: list[list[Child | list[Child]]] = []
    for code, store in context.content.records.stores.items():
        name = h(
            "a",
            {"href": context.page_link(f"stores#{store_anchor(code)}")},
            f"{context.text(store.name)} {code}",
        )
        language = language_name(store.languages[0], context.language)
        rows.append([name, contact(store, context), language])
    return [table(head, rows)]


def directory(context: RenderContext) -> list[Element]:
    """Every store with all that is known of it, after links to each of them."""
    stores = context.content.records.stores
    index = h("ul", {"class": "hb-stores__index"})
    for code, store in stores.items():
        anchor = {"href": f"#{store_anchor(code)}"}
        index.append(
            h(
                "li",
                None,
                h(
                    "a",
                    anchor,
                    context.text(store.name),
                    " ",
                    h("span", {"class": "hb-muted"}, code),
                ),
            )
        )
    return [index, *(_card(code, store, context) for code, store in stores.items())]


def _card(code: str, store: Store, context: RenderContext) -> Element:
    identifier = store_anchor(code)
    title = h(
        "h3",
        {"id": identifier},
        context.text(store.name),
        " ",
        h("span", {"class": "hb-store__domain"}, f"{code} · {store.domain}"),
    )
    separator = context.words("join.list")
    languages = separator.join(
        f"{language_name(tag, context.language)} ({tag})" for tag in store.languages
    )
    facts: list[tuple[str, list[Child]]] = [
        ("store.contact", contact(store, context)),
        ("store.phones", _phones(store, context)),
        ("store.languages", [languages, cite("spapi-marketplaces")]),
        ("store.windows", _windows(store, context)),
        (
            "store.marketplace",
            [h("code", None, store.marketplace_id), cite("spapi-marketplaces")],
        ),
        ("store.seller-central", [store.seller_central]),
    ]
    if store.note:
        source = cite(store.note_source) if store.note_source else None
        facts.insert(1, ("store.note", [context.text(store.note), source]))
    listing = h("dl")
    for key, value in facts:
        listing.append(h("dt", None, context.words(key)))
        listing.append(h("dd", None, *value))
    return h("section", {"class": "hb-store", "aria-labelledby": identifier}, title, listing)


def _phones(store: Store, context: RenderContext) -> list[Child]:
    if not store.phones:
        unknown = h("span", {"class": "hb-muted"}, context.words("store.phones.none"))
        return [unknown, cite("unknown-phones")]
    items: list[Child] = []
    for phone in store.phones:
        place = h("span", {"class": "hb-phone__details"}, *details(phone, context))
        checked = context.words("sources.checked") + phone.checked.isoformat()
        items.append(
            h(
                "span",
                {"class": "hb-store__phone"},
                phone_number(phone, context),
                " ",
                place,
                h("span", {"class": "hb-muted"}, f" · {checked}"),
            )
        )
    items.append(warning_inline(context))
    return items


def warning_inline(context: RenderContext) -> Element:
    """The warning about numbers, inside a definition."""
    element = warning(context)
    element.tag = "span"
    return element


def _windows(store: Store, context: RenderContext) -> list[Child]:
    windows = context.content.records.claim_windows.get(store.claim_windows)
    if windows is None:
        return []
    known = [kind for kind in _KINDS if getattr(windows.windows, kind).status != "unknown"]
    if not known:
        note = context.text(windows.note) if windows.note else context.words("window.unknown")
        source = windows.windows.customer_return.source
        return [h("span", {"class": "hb-muted"}, note), cite(source)]
    listing = h("ul")
    for kind in known:
        window: ClaimWindow = getattr(windows.windows, kind)
        label = context.words(f"window.{kind.replace('_', '-')}")
        colon = context.words("join.colon")
        listing.append(h("li", None, label + colon, *_window(window, context)))
    return [listing]


def _window(window: ClaimWindow, context: RenderContext) -> list[Child]:
    if window.to_days is None:
        return [
            h("span", {"class": "hb-muted"}, context.words("window.unknown")),
            cite(window.source),
        ]
    key = "window.range" if window.from_days else "window.within"
    days = context.words(key, from_days=window.from_days, to_days=window.to_days)
    parts: list[Child] = [h("strong", None, days)]
    if window.counted_from:
        what = context.words("window.from", what=context.text(window.counted_from))
        parts.append(context.words("join.comma") + what)
    parts.append(cite(window.source))
    return parts


def claim_windows(context: RenderContext) -> list[Element]:
    """One row per group of stores, one column per kind of claim."""
    head = [
        context.words(key)
        for key in (
            "window.stores",
            "window.customer-return",
            "window.warehouse",
            "window.removal-lost",
            "window.removal-other",
        )
    ]
    rows: list[list[Child | list[Child]]] = []
    for identifier, windows in context.content.records.claim_windows.items():
        cells: list[Child | list[Child]] = [_group(identifier, windows, context)]
        cells += [_window(getattr(windows.windows, kind), context) for kind in _KINDS]
        rows.append(cells)
    notes = h("ul", {"class": "hb-notes"})
    for windows in context.content.records.claim_windows.values():
        if windows.note:
            colon = context.words("join.colon")
            title = h("strong", None, context.text(windows.title) + colon)
            notes.append(h("li", None, title, context.text(windows.note)))
    return [table(head, rows), notes]


def _group(identifier: str, windows: ClaimWindows, context: RenderContext) -> list[Child]:
    codes = [
        code
        for code, store in context.content.records.stores.items()
        if store.claim_windows == identifier
    ]
    parts: list[Child] = [h("strong", None, context.text(windows.title))]
    if len(codes) > 1:
        parts.append(h("span", {"class": "hb-muted hb-block"}, " ".join(codes)))
    if windows.since:
        since = context.words("window.since", date=windows.since.isoformat())
        parts.append(h("span", {"class": "hb-muted hb-block"}, since))
    return parts
