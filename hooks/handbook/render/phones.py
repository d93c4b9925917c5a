"""Telephone numbers, as background for the seller.

Only a confirmed number is a link; a number that is only reported, or must not be used, is
neither a link nor can it be selected and copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.render.citations import cite
from handbook.render.html import Child, h, table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from handbook.models import Phone, Store
    from handbook.render.context import RenderContext


def number(identifier: str, context: RenderContext) -> Element:
    """A number by the id of its record, with its status; an unknown id gives an empty element."""
    records = context.content.records
    if bad := records.do_not_use.get(identifier):
        return _shown(bad.display, "unusable", context.words("phone.do-not-use"))
    for _, phone in phones(context):
        if phone.id == identifier:
            return phone_number(phone, context)
    return h("span")


def phone_number(phone: Phone, context: RenderContext) -> Element:
    """A store's number with its status."""
    status = context.words(f"status.{phone.status}")
    if phone.status == "confirmed":
        link = h("a", {"href": f"tel:{phone.e164}", "class": "hb-phone__number"}, phone.display)
        return h("span", {"class": "hb-phone"}, link, " ", _chip(phone.status, status))
    return _shown(phone.display, phone.status, status)


def _shown(display: str, status: str, label: str) -> Element:
    text = h("span", {"class": "hb-phone__number hb-phone__number--locked"}, display)
    return h("span", {"class": "hb-phone"}, text, " ", _chip(status, label))


def _chip(status: str, label: str) -> Element:
    return h("span", {"class": f"hb-chip hb-chip--{status}"}, label)


def phones(context: RenderContext) -> Iterator[tuple[Store, Phone]]:
    """Every number with its store."""
    for store in context.content.records.stores.values():
        for phone in store.phones:
            yield store, phone


def details(phone: Phone, context: RenderContext) -> list[Child]:
    """From where and when a number can be called."""
    text = context.text(phone.callable_from)
    if phone.hours:
        hours = context.words("phone.hours", hours=context.text(phone.hours))
        text += context.words("join.semicolon") + hours
    return [text, cite(phone.source)]


def warning(context: RenderContext) -> Element:
    """What a seller must know before looking at any number."""
    return h("p", {"class": "hb-phone__warning"}, context.words("phone.warning"))


def phone_table(context: RenderContext) -> list[Element]:
    """Every number of the stores."""
    head = [
        context.words(key) for key in ("store.name", "phone.number", "phone.from", "phone.checked")
    ]
    rows: list[list[Child | list[Child]]] = [
        [
            context.text(store.name),
            phone_number(phone, context),
            details(phone, context),
            phone.checked.isoformat(),
        ]
        for store, phone in phones(context)
    ]
    return [warning(context), table(head, rows)]


def do_not_use_table(context: RenderContext) -> list[Element]:
    """Every number that must not be used, with the reason."""
    head = [context.words(key) for key in ("phone.number", "phone.told-as", "phone.why")]
    rows: list[list[Child | list[Child]]] = [
        [
            number(identifier, context),
            context.text(bad.told_as),
            [context.text(bad.why), cite(bad.source)],
        ]
        for identifier, bad in context.content.records.do_not_use.items()
    ]
    return [table(head, rows)]
