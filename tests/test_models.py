"""The schemas: when a page is due, and that no record claims more than is known."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from handbook import models
from spans import PROPERTY

if TYPE_CHECKING:
    from collections.abc import Mapping

META: Mapping[str, Any] = {
    "title": "Refund",
    "description": "Who refunds.",
    "topics": ["refund"],
    "fulfilment": ["fba"],
    "reviewed": dt.date(2026, 11, 30),
    "review_in": 3,
    "owner": "customer-service",
}
TEXT = {"zh": "字", "en": "word"}
CHECKED = dt.date(2026, 11, 1)


def errors(model: type[BaseModel], value: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a value: the place and the kind of each error."""
    try:
        model.model_validate(value)
    except ValidationError as error:
        return [
            (".".join(str(part) for part in detail["loc"]), detail["type"])
            for detail in error.errors()
        ]
    return []


def page(reviewed: str, months: int) -> models.PageMeta:
    values = {**META, "reviewed": dt.date.fromisoformat(reviewed), "review_in": months}
    return models.PageMeta.model_validate(values)


@pytest.mark.parametrize(
    ("reviewed", "months", "due"),
    [
        pytest.param("2026-11-23", 1, "2026-12-23", id="next month"),
        pytest.param("2026-11-23", 6, "2027-05-23", id="into the next year"),
        pytest.param("2026-12-31", 1, "2027-01-31", id="December to January"),
        pytest.param("2026-11-01", 1, "2026-12-01", id="November to December"),
        pytest.param("2026-01-31", 1, "2026-02-28", id="31 January, one month on"),
        pytest.param("2028-01-31", 1, "2028-02-29", id="31 January of a leap year"),
        pytest.param("2026-03-31", 1, "2026-04-30", id="a month of 30 days"),
        pytest.param("2026-08-31", 6, "2027-02-28", id="the last day of February"),
        pytest.param("2028-02-29", 12, "2029-02-28", id="29 February, one year on"),
        pytest.param("2026-11-30", 3, "2027-02-28", id="30 November, three months on"),
        pytest.param("2026-11-23", 12, "2027-11-23", id="a year"),
        pytest.param("2026-11-23", 24, "2028-11-23", id="two years"),
        pytest.param("2026-12-15", 24, "2028-12-15", id="two years from December"),
    ],
)
def test_due(reviewed: str, months: int, due: str) -> None:
    assert page(reviewed, months).due == dt.date.fromisoformat(due)


@PROPERTY
@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.integers(1, 24))
def test_due_is_that_many_months_on_and_on_the_same_day_or_the_months_last(
    reviewed: dt.date, months: int
) -> None:
    due = page(reviewed.isoformat(), months).due
    assert (due.year - reviewed.year) * 12 + due.month - reviewed.month == months
    next_day = due + dt.timedelta(days=1)
    assert due.day == reviewed.day or (due.day < reviewed.day and next_day.day == 1)


@pytest.mark.parametrize(
    ("key", "value", "kind"),
    [
        pytest.param("title", "", "string_too_short", id="empty title"),
        pytest.param("title", "x" * 61, "string_too_long", id="title of 61"),
        pytest.param("description", "x" * 201, "string_too_long", id="description of 201"),
        pytest.param("topics", ["a", "b", "c", "d"], "too_long", id="four topics"),
        pytest.param("fulfilment", [], "too_short", id="no kind of order"),
        pytest.param("reviewed", dt.date(9999, 12, 31), "less_than_equal", id="a slip of the year"),
        pytest.param("reviewed", dt.date(1999, 12, 31), "greater_than_equal", id="before the web"),
        pytest.param("review_in", 0, "greater_than_equal", id="due at once"),
        pytest.param("review_in", 25, "less_than_equal", id="more than two years"),
        pytest.param("review_in", "3", "int_type", id="number as text"),
        pytest.param("owner", "Li Lei", "literal_error", id="a person"),
        pytest.param("author", "me", "extra_forbidden", id="unknown key"),
    ],
)
def test_front_matter_that_is_refused(key: str, value: object, kind: str) -> None:
    found = errors(models.PageMeta, {**META, key: value})
    assert found == [(key, kind)]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("title", "x" * 60, id="title of 60"),
        pytest.param("topics", [], id="no topic"),
        pytest.param("topics", ["a", "b", "c"], id="three topics"),
        pytest.param("fulfilment", ["fba", "mcf"], id="two kinds of order"),
        pytest.param("review_in", 24, id="two years"),
        pytest.param("fingerprints", {"_lead": "1a2b3c4d-5e6f7a8b"}, id="fingerprints"),
    ],
)
def test_front_matter_that_is_taken(key: str, value: object) -> None:
    assert errors(models.PageMeta, {**META, key: value}) == []


@pytest.mark.parametrize("key", META)
def test_front_matter_needs_every_key(key: str) -> None:
    values = {name: value for name, value in META.items() if name != key}
    assert errors(models.PageMeta, values) == [(key, "missing")]


def test_a_record_does_not_change() -> None:
    meta = page("2026-11-23", 1)
    with pytest.raises(ValidationError, match="frozen"):
        meta.review_in = 2


URL = "https://www.amazon.com/contact-us"


@pytest.mark.parametrize(
    ("url", "status", "found"),
    [
        pytest.param(URL, "confirmed", [], id="confirmed"),
        pytest.param(None, "unknown", [], id="unknown"),
        pytest.param(URL, "unknown", [("", "contact")], id="an address that nobody confirmed"),
        pytest.param(None, "confirmed", [("", "contact")], id="confirmed without an address"),
        pytest.param(
            "http://www.amazon.com",
            "confirmed",
            [("url", "string_pattern_mismatch")],
            id="not secure",
        ),
        pytest.param(URL, "reported", [("status", "literal_error")], id="a link on hearsay"),
    ],
)
def test_contact(url: str | None, status: str, found: list[tuple[str, str]]) -> None:
    contact = {"url": url, "status": status, "source": "help", "checked": CHECKED}
    assert errors(models.Contact, contact) == found


@pytest.mark.parametrize(
    ("from_days", "to_days", "status", "found"),
    [
        pytest.param(60, 120, "confirmed", [], id="confirmed"),
        pytest.param(0, 60, "reported", [], id="reported, from the first day"),
        pytest.param(None, None, "unknown", [], id="unknown"),
        pytest.param(60, 120, "unknown", [("", "window")], id="figures of an unknown window"),
        pytest.param(None, 120, "unknown", [("", "window")], id="half a figure, unknown"),
        pytest.param(None, 120, "confirmed", [("", "window")], id="no beginning"),
        pytest.param(60, None, "confirmed", [("", "window")], id="no end"),
        pytest.param(None, None, "reported", [("", "window")], id="reported without figures"),
        pytest.param(-1, 60, "confirmed", [("from_days", "greater_than_equal")], id="negative"),
        pytest.param(0, 0, "confirmed", [("to_days", "greater_than_equal")], id="no day"),
        pytest.param(0, 60.5, "confirmed", [("to_days", "int_type")], id="half a day"),
    ],
)
def test_claim_window(
    from_days: int | None, to_days: float | None, status: str, found: list[tuple[str, str]]
) -> None:
    window = {
        "from_days": from_days,
        "to_days": to_days,
        "counted_from": None,
        "status": status,
        "source": "help",
        "checked": CHECKED,
    }
    assert errors(models.ClaimWindow, window) == found


@pytest.mark.parametrize(
    ("status", "needed"),
    [
        pytest.param("official", ["publisher"], id="official"),
        pytest.param("reported", ["publisher", "note"], id="reported"),
        pytest.param("derived", ["note", "from"], id="derived"),
        pytest.param("unknown", ["note"], id="unknown"),
    ],
)
def test_a_source_has_what_its_status_needs(status: str, needed: list[str]) -> None:
    possible = {"publisher": "Amazon", "note": TEXT, "from": ["other"]}
    source = {"title": TEXT, "status": status, "checked": CHECKED}
    assert errors(models.Source, {**source, **{key: possible[key] for key in needed}}) == []
    for absent in needed:
        rest = {key: possible[key] for key in needed if key != absent}
        assert errors(models.Source, {**source, **rest}) == [("", "missing")]


GOOD = {
    "Identifier": ["a", "G9N9", "a-b", "200298130"],
    "Phrase": ["a", "字", " a"],
    "PageReference": ["refund", "a-to-z#fba", "faq#1"],
    "Domain": ["amazon.com", "sellercentral.amazon.co.jp"],
    "E164": ["+18005550100", "+4912345678"],
    "LanguageTag": ["de", "pt-BR"],
    "HttpsUrl": [URL],
}
WRONG = {
    "Identifier": ["", "a b", "a-", "-a", "a_b", "中"],
    "Phrase": ["", " ", "\n"],
    "PageReference": ["", "Refund", "refund.zh.md", "refund#", "a#b#c", "/refund"],
    "Domain": ["amazon", "https://amazon.com", "amazon.com/"],
    "E164": ["18005550100", "+0800555010", "+1 800", "+1", "+1" * 9],
    "LanguageTag": ["DE", "deu", "pt-br", "pt_BR"],
    "HttpsUrl": ["http://a.example", "a.example", "https://", "https://a b", 'https://a"'],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in GOOD.items() for value in values]
)
def test_small_type_takes(name: str, value: str) -> None:
    adapter: TypeAdapter[str] = TypeAdapter(getattr(models, name))
    assert adapter.validate_python(value) == value


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in WRONG.items() for value in values]
)
def test_small_type_refuses(name: str, value: str) -> None:
    adapter: TypeAdapter[str] = TypeAdapter(getattr(models, name))
    with pytest.raises(ValidationError):
        adapter.validate_python(value)
