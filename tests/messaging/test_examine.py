"""A text against the rules: numbers, addresses, signs, and where in the text each is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.messaging.examine import examine
from handbook.messaging.limits import limits
from handbook.messaging.ruleset import ruleset
from spans import PROPERTY
from vectors import stores


def hits(text: str, language: str = "und", store: str | None = None) -> list[tuple[str, str]]:
    """The rules that a text breaks, each with the words that break it."""
    found = examine(text, ruleset(), language=language, stores=stores(), store=store)
    return [(hit.rule, text[hit.start : hit.end]) for hit in found]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        pytest.param("1-888-280-4331", "1-888-280-4331", id="dashes"),
        pytest.param("(888) 280-4331", "(888) 280-4331", id="brackets"),
        pytest.param("+1 206 266 2992", "+1 206 266 2992", id="plus and spaces"),
        pytest.param("888.280.4331", "888.280.4331", id="stops"),
        pytest.param(
            "１－８８８－２８０－４３３１", "１－８８８－２８０－４３３１", id="full width"
        ),
        pytest.param("8 8 8 2 8 0 4 3 3 1", "8 8 8 2 8 0 4 3 3 1", id="digit by digit"),
        pytest.param("8882804331", "8882804331", id="without anything between"),
        pytest.param("0049 30 1234567", "0049 30 1234567", id="two zeros"),
        pytest.param("0800 279 7234", "0800 279 7234", id="toll-free, British"),
        pytest.param("+44 (0)20 7946 0958", "+44 (0)20 7946 0958", id="zero in brackets"),
        pytest.param("138 0013 8000", "138 0013 8000", id="Chinese mobile"),
        pytest.param("13800138000", "13800138000", id="Chinese mobile in one"),
        pytest.param("090-1234-5678", "090-1234-5678", id="Japanese mobile"),
        pytest.param("call 555 0199", "555 0199", id="local, beside a word"),
        pytest.param("1-888-280-4331 ext. 12", "1-888-280-4331 ext. 12", id="extension"),
        pytest.param("0571-8502 1234 转 801", "0571-8502 1234 转 801", id="Chinese extension"),
        pytest.param(
            "eight eight eight two eight zero four three three one",
            "eight eight eight two eight zero four three three one",
            id="spelled out",
        ),
        pytest.param(
            "one, then eight-seven-seven, then 586, then thirty-two thirty",
            "one, then eight-seven-seven, then 586, then thirty-two thirty",
            id="spelled out with then",
        ),
        pytest.param("1 八六六 二一六 1072", "1 八六六 二一六 1072", id="half in Chinese"),
        pytest.param("[206] 555 0147", "[206] 555 0147", id="square brackets"),
        pytest.param(
            "幺三八零零幺三八零零零", "幺三八零零幺三八零零零", id="spelled out in Chinese"
        ),
        pytest.param("٠٨٠٠ ٢٧٩ ٧٢٣٤", "٠٨٠٠ ٢٧٩ ٧٢٣٤", id="Arabic digits"),
        pytest.param("1-800-FLOWERS", "1-800-FLOWERS", id="a word for digits"),
        pytest.param(
            "888 280 four three three one", "888 280 four three three one", id="half in words"
        ),
        pytest.param("(0049) 89 / 1234 5678", "(0049) 89 / 1234 5678", id="slash"),
        pytest.param("1 888.280.4331 (24 h)", "1 888.280.4331", id="hours in brackets behind it"),
        pytest.param("tel:+18882804331", "tel:+18882804331", id="a tel link"),
    ],
)
def test_a_telephone_number(text: str, number: str) -> None:
    assert ("phone-number", number) in hits(f"Write, or {text}, today.")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("order 113-1234567-1234567", id="order id"),
        pytest.param("订单 302-1234567-1234567", id="order id behind Chinese"),
        pytest.param("tracking 1Z999AA10123456784", id="UPS"),
        pytest.param("9400 1000 0000 0000 0000 00", id="USPS in groups"),
        pytest.param("DHL 1234567890", id="DHL"),
        pytest.param("FedEx 7712 3456 7890", id="FedEx in groups"),
        pytest.param("运单号 75123456789012", id="Chinese parcel"),
        pytest.param("TBA123456789000", id="Amazon's parcel"),
        pytest.param("UPC 012345678905", id="UPC"),
        pytest.param("the code 4006381333931", id="EAN alone"),
        pytest.param("ISBN 978-3-16-148410-0", id="ISBN"),
        pytest.param("ASIN B0ABCD1234 and X001ABCDEF", id="ASIN and FNSKU"),
        pytest.param("case 12345678901", id="case"),
        pytest.param("case ID 202 555 0143", id="case written like a number"),
        pytest.param("2026-11-24", id="date"),
        pytest.param("24.11.2026 - 30.11.2026", id="dates"),
        pytest.param("11/24/2026", id="American date"),
        pytest.param("2025-2026", id="years"),
        pytest.param("$1,299.00", id="price"),
        pytest.param("1.299.000 EUR", id="price with stops"),
        pytest.param("10 000 000 kr", id="price with spaces"),
        pytest.param("100-240V 50/60Hz", id="electricity"),
        pytest.param("SKU AB-1234567", id="SKU"),
        pytest.param("model 20230915-01", id="model"),
        pytest.param("1920x1080", id="pixels"),
        pytest.param("Claim 12345678901", id="claim"),
        pytest.param("P/N: 12-3456-7890", id="part number"),
        pytest.param("Amazon Logistics TBA 123 456 789 012", id="Amazon's parcel in groups"),
    ],
)
def test_no_telephone_number(text: str) -> None:
    assert hits(f"It is {text}, as it says.") == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        pytest.param("https://www.amazon.com/contact-us", [], id="a store's page"),
        pytest.param("(https://www.amazon.de/gp/help/customer/contact-us).", [], id="in brackets"),
        pytest.param("amazon.co.uk", [], id="a store without https"),
        pytest.param("https://amazon.cn/x", ["external-link"], id="no store of the 23"),
        pytest.param("http://www.amazon.com/contact-us", ["insecure-link"], id="http"),
        pytest.param(
            "http://amazon.com.order-help.net", ["external-link", "insecure-link"], id="look-alike"
        ),
        pytest.param("amazon.com.order-help.net", ["external-link"], id="look-alike, bare"),
        pytest.param("https://amazon.com@evil.example", ["external-link"], id="user name"),
        pytest.param("https://payments-amazon.com", ["external-link"], id="hyphen"),
        pytest.param("https://аmazon.com", ["external-link"], id="Cyrillic letter"),
        pytest.param("https://order.amazon.com/x", ["external-link"], id="unknown subdomain"),
        pytest.param("amzn.to/3xYz", ["external-link"], id="Amazon's short link"),
        pytest.param("bit.ly/3xYz", ["external-link"], id="short link"),
        pytest.param("brightlamp-store.com", ["external-link"], id="bare domain"),
        pytest.param("brightlamp.it", ["external-link"], id="bare domain that ends in a word"),
        pytest.param("brightlamp [dot] com", ["external-link"], id="hidden dot"),
        pytest.param("brightlamp dot com", ["external-link"], id="written dot"),
        pytest.param("请打开brightlamp.com查看", ["external-link"], id="between Chinese"),
        pytest.param("192.168.0.1/help", ["external-link"], id="IP address"),
        pytest.param("https://www.amazon.com/dp/B0ABCD1234", ["amazon-product-link"], id="product"),
        pytest.param("https://www.amazon.com/stores/Brand", ["amazon-product-link"], id="store"),
        pytest.param("care@brightlamp.com", ["email-address"], id="e-mail"),
        pytest.param("care (at) brightlamp (dot) co", ["email-address"], id="hidden e-mail"),
        pytest.param("care＠brightlamp.com", ["email-address"], id="full-width at"),
        pytest.param("care at gmail", ["email-address", "external-link"], id="mail service"),
        pytest.param("care{at}lamp{dot}com", ["email-address"], id="curly brackets"),
        pytest.param("care @ lamp . com", ["email-address"], id="spaces in an e-mail"),
        pytest.param("care [@] lamp.com", ["email-address"], id="a sign in brackets"),
        pytest.param("care # gmail.com", ["email-address", "external-link"], id="another sign"),
        pytest.param("care on gmail.com", ["email-address", "external-link"], id="at a service"),
        pytest.param("care@gmail", ["email-address"], id="a service alone"),
        pytest.param("care_at_lamp_dot_com", ["email-address", "external-link"], id="underscores"),
        pytest.param("care艾特qq点com", ["email-address", "external-link"], id="signs in Chinese"),
        pytest.param("youtu . be / x7Qa2", ["external-link"], id="spaces in an address"),
        pytest.param("shop-dot-lamp-dot-bike", ["external-link"], id="hyphens around a dot"),
        pytest.param("www lamp com", ["external-link"], id="no dots at all"),
        pytest.param("打开 lamp 点 com", ["external-link"], id="dot in Chinese"),
        pytest.param("our web shop", [], id="a shop on the web"),
        pytest.param("bit dot ly", ["external-link"], id="written dot of a short link"),
        pytest.param("version 2.0.1.5", [], id="a version"),
        pytest.param("Thank you.It is here", [], id="a missing space"),
        pytest.param("the manual.pdf e.g. 5 p.m. at 3.5 mm", [], id="stops that are no domains"),
    ],
)
def test_addresses(text: str, broken: list[str]) -> None:
    assert [rule for rule, _ in hits(text)] == broken


def test_a_link_of_another_store() -> None:
    link = "https://www.amazon.com/contact-us"
    assert hits(link, store="DE") == [("wrong-store-link", link)]
    assert hits(link, store="US") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("<b>Sorry</b>", [("html", "<b>"), ("html", "</b>")], id="tags"),
        pytest.param("a&nbsp;b", [("html", "&nbsp;")], id="entity"),
        pytest.param("5 < 6 & 7 > 3", [], id="signs that are no markup"),
        pytest.param("ok 👍🏽!", [("emoji", "👍🏽")], id="emoji in one piece"),
        pytest.param("Bluetooth® ™ © → €", [], id="signs that are no emoji"),
        pytest.param("a\n\n\nb", [("line-breaks", "\n\n\n")], id="three line breaks"),
        pytest.param("a\r\n\r\nb", [], id="two line breaks of Windows"),
        pytest.param("a\n \n\t\nb", [("line-breaks", "\n \n\t\n")], id="with spaces between"),
        pytest.param("Dear {name},", [("unresolved-placeholder", "{name}")], id="braces"),
        pytest.param("Dear {{name}},", [("unresolved-placeholder", "{{name}}")], id="two braces"),
        pytest.param("Dear [order id],", [("unresolved-placeholder", "[order id]")], id="brackets"),
        pytest.param("note [1] and [A1]", [], id="numbers in brackets"),
        pytest.param("＜br＞", [("html", "＜br＞")], id="full-width tag"),
        pytest.param("[Important] x", [("important-misuse", "[Important]")], id="[Important]"),
        pytest.param("This is important.", [], id="the word alone"),
    ],
)
def test_signs(text: str, expected: list[tuple[str, str]]) -> None:
    assert hits(text) == expected


def test_length_is_counted_in_code_points() -> None:
    longest = limits().longest
    assert longest == 2000
    assert hits("好" * longest) == []
    assert hits("𠮷" * (longest + 2)) == [("too-long", "𠮷𠮷")]


@pytest.mark.parametrize(
    ("language", "text", "other"),
    [
        pytest.param(
            "en",
            "Es tut uns leid, dass der falsche Artikel ankam und wir sind für Sie da",
            True,
            id="German as English",
        ),
        pytest.param(
            "zh", "We are sorry that the wrong item arrived.", True, id="English as Chinese"
        ),
        pytest.param(
            "en", "很抱歉，您收到的商品不对，我们马上核查。", True, id="Chinese as English"
        ),
        pytest.param(
            "zh", "请打开 Your Orders，选择 Return or replace items。", False, id="menu labels"
        ),
        pytest.param(
            "ja", "您好，很抱歉让您收到了错误的商品，请稍等。", True, id="Chinese as Japanese"
        ),
        pytest.param("en", "113-1234567-1234567", False, id="no letters"),
        pytest.param("fi", "Hei, tilaus on matkalla.", False, id="a language without rules"),
    ],
)
def test_another_language(language: str, text: str, *, other: bool) -> None:
    assert (("language-mismatch", text) in hits(text, language)) == other


def test_english_phrases_are_found_in_every_language() -> None:
    rules = [
        rule for rule, _ in hits("您好，订单问题已处理。Please leave us a five star review.", "zh")
    ]
    assert "review-request" in rules


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        pytest.param("We cannot refund you.", False, id="denied"),
        pytest.param("We cannot wait, we refund you.", True, id="behind a comma"),
        pytest.param("We cannot wait so we refund you.", True, id="behind a turn"),
        pytest.param("We cannot send, replace or refund it.", False, id="an enumeration"),
        pytest.param("You asked us to refund you.", False, id="what the buyer said"),
        pytest.param("If Amazon does not refund you, we will.", True, id="what is left to say"),
        pytest.param("If Amazon does not refund you, we will ask.", False, id="no promise"),
    ],
)
def test_a_denial_ends_with_its_clause(text: str, *, broken: bool) -> None:
    assert ("refund-promise-fba" in dict(hits(text, "en"))) is broken


def test_a_language_without_rules_gets_those_that_need_none() -> None:
    text = "Please leave us a five star review. Call 1-888-280-4331."
    assert [rule for rule, _ in hits(text, "fi")] == ["phone-number"]


def test_blanks_that_are_meant_to_be_there_are_left_alone() -> None:
    text = "Order {order_id}"
    found = examine(text, ruleset(), language="en", stores=stores(), blanks=[(6, 16)])
    assert found == []


@given(st.text(max_size=300), st.sampled_from(["en", "zh", "und"]))
@PROPERTY
def test_any_text_is_read_and_every_range_lies_in_it(text: str, language: str) -> None:
    for hit in examine(text, ruleset(), language=language, stores=stores()):
        assert 0 <= hit.start < hit.end <= len(text)
