"""What the Markdown extension makes of a page: blocks, citations, links, the meta line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import html5lib
import markdown
import pytest

from handbook.content import Content, load
from handbook.directives import BOXES, DIRECTIVES
from handbook.message import LIBRARY_LANGUAGES
from handbook.messaging.catalogue import message_rules
from handbook.render import HandbookExtension, RenderedPage, makeExtension
from handbook.render.pages import message_page
from minisite import minisite, replace, write

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from handbook.models import Language

LANGUAGES: tuple[Language, Language] = ("zh", "en")


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The miniature; no test changes it."""
    return load(minisite(tmp_path_factory.mktemp("site")))


def convert(text: str, content: Content, page: RenderedPage) -> str:
    """The HTML of a text, with the extensions of the site."""
    extensions = ["attr_list", "tables", "fenced_code", "sane_lists", "toc"]
    return markdown.Markdown(
        extensions=[*extensions, HandbookExtension(content=content, page=page)],
        extension_configs={"toc": {"toc_depth": "2-3", "permalink": False}},
    ).convert(text)


def page_of(content: Content, language: Language, slug: str = "refund") -> RenderedPage:
    page = content.page(slug, language)
    assert page is not None
    return RenderedPage.of_page(page)


def render(text: str, content: Content, language: Language = "zh") -> Element:
    """The elements that a browser makes of a text on the refund page."""
    return browser(convert(text, content, page_of(content, language)))


def browser(html: str) -> Element:
    """Elements as a browser reads them."""
    parsed: Element = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def shown(element: Element) -> str:
    """What is read: text, with citations in brackets, without the links of headings."""
    if element.get("class") == "headerlink":
        return ""
    text = element.text or ""
    for child in element:
        text += shown(child) + (child.tail or "")
    return f"[{text}]" if element.get("class") == "hb-cite" else text


def with_class(element: Element, name: str) -> list[Element]:
    """Every element that has a class, in the order of the page."""
    return [part for part in element.iter() if name in (part.get("class") or "").split()]


def one(element: Element, name: str) -> Element:
    """The only element that has a class."""
    (found,) = with_class(element, name)
    return found


def texts(element: Element, name: str) -> list[str]:
    """What is read in each element that has a class."""
    return [shown(part) for part in with_class(element, name)]


def links(element: Element) -> list[tuple[str, str | None]]:
    """Text and target of every link but citations, back links and links of headings."""
    skipped = ("hb-cite__", "hb-sources__back", "headerlink")
    return [
        (shown(part), part.get("href"))
        for part in element.iter("a")
        if not (part.get("class") or "").startswith(skipped)
    ]


def table(element: Element) -> list[list[str]]:
    """What is read in each cell of the only table."""
    (found,) = element.iter("table")
    return [[shown(cell).strip() for cell in line] for line in found.iter("tr")]


def definitions(element: Element) -> list[tuple[str, str]]:
    """The terms of a list and what is said of each."""
    return [
        (shown(term), " ".join(shown(text).split()))
        for term, text in zip(element.iter("dt"), element.iter("dd"), strict=True)
    ]


# Citations


def test_citations_are_numbered_in_the_order_of_the_page(content: Content) -> None:
    page = render("a[^guide] b[^help-refund][^ours]\n\nc[^guide]\n", content)
    assert [shown(part).strip() for part in page.iter("p")][1:] == ["a[1] b[2][3]", "c[1]"]


def test_citations_of_records_are_numbered_with_those_of_the_text(content: Content) -> None:
    text = "a[^nobody-knows]\n\n/// do-not-use\n///\n\nb[^help-refund]\n\n/// terms\n///\n"
    page = render(text, content)
    assert texts(page, "hb-cite") == ["[1]", "[2]", "[3]", "[3]"]
    assert [part.get("id") for part in one(page, "hb-sources").iter("li")] == [
        "source-nobody-knows",
        "source-guide",
        "source-help-refund",
    ]


@pytest.mark.parametrize(
    ("language", "label"),
    [
        pytest.param("zh", "来源 1（报道）", id="zh"),
        pytest.param("en", "Source 1 (Reported)", id="en"),
    ],
)
def test_a_citation_says_what_it_is_and_leads_to_its_source(
    content: Content, language: Language, label: str
) -> None:
    (first, second) = with_class(
        render("a[^guide] b[^guide]\n", content, language), "hb-cite__reported"
    )
    assert (first.get("aria-label"), first.get("href")) == (label, "#source-guide")
    assert (second.get("aria-label"), second.get("href")) == (label, "#source-guide")
    # Only the first has the id that the list leads back to.
    assert (first.get("id"), second.get("id")) == ("cite-guide", None)


SOURCE_LIST = {
    "zh": [
        "官方 退款帮助Amazon · 日期 2024-05 · 查阅 2026-11-01 ↩",
        "报道 卖家指南Example Guides · 读的是存档副本 · 查阅 2026-11-02不是亚马逊写的 ↩",
        "推断 我们的结论查阅 2026-11-03两处说法一致依据：退款帮助；卖家指南 ↩",
        "未确认 按钮的名字查阅 2026-11-04没有查到 ↩",
    ],
    "en": [
        "Official Refund helpAmazon · dated 2024-05 · checked 2026-11-01 ↩",
        (
            "Reported Sellers' guideExample Guides · read as a stored copy · checked 2026-11-02"
            "Amazon did not write it ↩"
        ),
        (
            "Derived Our conclusionchecked 2026-11-03both say the same"
            "Rests on: Refund help; Sellers' guide ↩"
        ),
        "Not established Name of the buttonchecked 2026-11-04not found ↩",
    ],
}
BACK = {
    "zh": ["回到正文第 1 条来源处", "回到正文第 2 条来源处"],
    "en": ["Back to where source 1 is cited", "Back to where source 2 is cited"],
}
HELP = "https://sellercentral.amazon.com/help/refund"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_sources_stands_under_the_page(content: Content, language: Language) -> None:
    page = render("a[^help-refund][^guide][^ours][^nobody-knows]\n", content, language)
    heading, listing = list(page)[-2:]
    assert (heading.tag, heading.get("id")) == ("h2", "sources")
    assert shown(heading) == {"zh": "来源", "en": "Sources"}[language]
    items = list(listing.iter("li"))
    assert [shown(item) for item in items] == SOURCE_LIST[language]
    back = with_class(listing, "hb-sources__back")
    assert [part.get("href") for part in back[:2]] == ["#cite-help-refund", "#cite-guide"]
    assert [part.get("aria-label") for part in back[:2]] == BACK[language]
    title = {"zh": "退款帮助", "en": "Refund help"}[language]
    assert links(listing) == [(title, HELP), (title, HELP)]


def test_a_page_that_cites_nothing_has_no_list(content: Content) -> None:
    page = render("a `[^guide]`\n\n    [^guide]\n\n\\[^guide]\n", content)
    assert with_class(page, "hb-sources") == []
    assert [shown(part) for part in page.iter("h2")] == []
    assert [shown(part) for part in page.iter("code")] == ["[^guide]", "[^guide]\n"]


# Links to records


@pytest.mark.parametrize(
    ("text", "language", "text_shown", "target"),
    [
        pytest.param(
            "[联系页](store:US)", "zh", "联系页", "https://www.amazon.com/contact-us", id="store"
        ),
        pytest.param("[买家](term:buyer)", "zh", "买家", "glossary.zh.md#buyer", id="term, zh"),
        pytest.param("[Buyer](term:buyer)", "en", "Buyer", "glossary.en.md#buyer", id="term, en"),
        pytest.param("[信](message:hello)", "zh", "信", "messages/hello.zh.md", id="message, zh"),
        pytest.param("[it](message:hello)", "en", "it", "messages/hello.en.md", id="message, en"),
        pytest.param(
            "[](phone:us-toll-free)", "zh", "1-800-555-0100", "tel:+18005550100", id="tel"
        ),
        pytest.param("[a](refund.zh.md#why)", "zh", "a", "refund.zh.md#why", id="a page"),
        pytest.param("[a](https://a.example/)", "zh", "a", "https://a.example/", id="elsewhere"),
    ],
)
def test_link(
    content: Content, text: str, language: Language, text_shown: str, target: str
) -> None:
    assert links(render(text, content, language)) == [(text_shown, target)]


@pytest.mark.parametrize("text", ["[a](store:US)", "[a](https://a.example/)"])
def test_a_link_that_leaves_the_site_does_not_say_where_it_comes_from(
    content: Content, text: str
) -> None:
    (link,) = render(text, content).iter("a")
    assert link.get("rel") == "noreferrer"


@pytest.mark.parametrize(
    ("text", "language", "text_shown"),
    [
        pytest.param("[](phone:us-abroad)", "zh", "+1 206 555 0100 仅有报道", id="reported, zh"),
        pytest.param(
            "[](phone:us-abroad)", "en", "+1 206 555 0100 Reported only", id="reported, en"
        ),
        pytest.param("[](phone:old-line)", "zh", "1-800-555-0199 不要用", id="do not use, zh"),
        pytest.param("[](phone:old-line)", "en", "1-800-555-0199 Do not use", id="do not use, en"),
        pytest.param("[瑞典](store:SE)", "zh", "瑞典", id="a store whose link is not confirmed"),
        pytest.param("[x](store:XX)", "zh", "x", id="a store that is not there"),
        pytest.param("[x](term:none)", "zh", "x", id="a term that is not there"),
        pytest.param("[](phone:none)", "zh", "", id="a number that is not there"),
    ],
)
def test_what_is_no_link(content: Content, text: str, language: Language, text_shown: str) -> None:
    paragraph = list(render(text, content, language))[-1]
    assert shown(paragraph) == text_shown
    assert list(paragraph.iter("a")) == []


@pytest.mark.parametrize("identifier", ["us-abroad", "old-line"])
def test_a_number_that_is_no_link_cannot_be_selected(content: Content, identifier: str) -> None:
    page = render(f"[](phone:{identifier})", content)
    assert one(page, "hb-phone__number").get("class") == (
        "hb-phone__number hb-phone__number--locked"
    )


def test_a_confirmed_number_shows_its_status(content: Content) -> None:
    page = render("打 [](phone:us-toll-free)。", content)
    assert shown(list(page)[-1]) == "打 1-800-555-0100 已确认。"


# Blocks of the page's own text


@pytest.mark.parametrize("name", BOXES)
def test_a_box_has_a_title_and_text(content: Content, name: str) -> None:
    page = render(f"/// {name} | 先 **看**\n\n- 一[^guide]\n- 二\n\n///\n\n外面\n", content)
    box = one(page, f"hb-box--{name}")
    assert shown(one(box, "hb-box__title")) == "先 看"
    assert [part.tag for part in one(box, "hb-box__title")] == ["strong"]
    assert [shown(part) for part in box.iter("li")] == ["一[1]", "二"]
    assert "外面" not in shown(box)


def test_a_box_takes_a_message_inside(content: Content) -> None:
    page = render("//// tip | 回信\n\n/// message | hello\n///\n\n////\n", content)
    assert one(one(page, "hb-box--tip"), "hb-message__box").get("data-message") == "hello"


def test_a_flow_is_a_figure_with_a_caption_and_a_nested_list(content: Content) -> None:
    text = "/// flow | 怎么走\n\n- **退了吗？**\n    - 是 → [停](#stop)\n    - 否 → 等\n\n///\n"
    figure = one(render(text, content), "hb-flow")
    assert figure.tag == "figure"
    assert [shown(part) for part in figure.iter("figcaption")] == ["怎么走"]
    (inner,) = figure.findall("ul/li/ul")
    assert [shown(part).strip() for part in inner] == ["是 → 停", "否 → 等"]
    assert links(inner) == [("停", "#stop")]


def test_a_table_has_a_box_and_its_cells_are_named(content: Content) -> None:
    text = "| 种类 | 谁**赔** |\n|--|--|\n| FBA | 亚马逊[^guide] |\n| FBM | 我们 |\n"
    page = render(text, content)
    assert [part.tag for part in one(page, "hb-table")] == ["table"]
    cells = [
        (cell.tag, cell.get("scope"), cell.get("data-label"), shown(cell))
        for line in page.iter("tr")
        for cell in line
    ]
    assert cells == [
        ("th", "col", None, "种类"),
        ("th", "col", None, "谁赔"),
        ("th", "row", "种类", "FBA"),
        ("td", None, "谁赔", "亚马逊[1]"),
        ("th", "row", "种类", "FBM"),
        ("td", None, "谁赔", "我们"),
    ]


def test_what_stands_after_a_table_stays_outside_its_box(content: Content) -> None:
    page = render("| a |\n|--|\n| b |\n\nafter\n", content)
    assert shown(one(page, "hb-table")).split() == ["a", "b"]
    assert shown(list(page)[-1]) == "after"


# Headings


@pytest.mark.parametrize(
    ("language", "label"),
    [("zh", "本节链接：为什么 不"), ("en", "Link to this section: 为什么 不")],
    ids=LANGUAGES,
)
def test_a_heading_has_a_link_to_itself(content: Content, language: Language, label: str) -> None:
    page = render('## 为什么 **不** { #why topics="refund" }\n', content, language)
    (heading,) = page.iter("h2")
    assert (heading.get("id"), heading.get("topics")) == ("why", None)
    (link,) = with_class(heading, "headerlink")
    assert (link.get("href"), link.get("aria-label"), link.text) == ("#why", label, "#")


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("# a { #a }", False),
        ("## a { #a }", True),
        ("### a { #a }", True),
        ("#### a { #a }", False),
    ],
)
def test_which_headings_have_links(content: Content, text: str, *, linked: bool) -> None:
    assert bool(with_class(render(text, content), "headerlink")) == linked


def test_topics_are_not_written_into_any_heading(content: Content) -> None:
    assert "topics" not in convert(
        '## a { #a topics="b" }\n\n#### c { #c topics="d" }\n', content, page_of(content, "zh")
    )


def test_the_table_of_contents_has_no_links_of_headings(content: Content) -> None:
    extension = HandbookExtension(content=content, page=page_of(content, "zh"))
    parser = markdown.Markdown(extensions=["attr_list", "toc", extension])
    parser.convert("## 为什么 { #why }\n\nx[^guide]\n")
    tokens = [(token["id"], token["name"]) for token in parser.toc_tokens]  # type: ignore[attr-defined]
    assert tokens == [("why", "为什么"), ("sources", "来源")]


# The line under the title

META = {
    "zh": "FBA复核于 2026-11-30，下次复核 2027-02-28",
    "en": "FBAReviewed 2026-11-30, next review 2027-02-28",
}


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        pytest.param("x", {"zh": "", "en": ""}, id="no source"),
        pytest.param(
            "x[^guide] y[^guide]",
            {"zh": "1 条来源：报道 1", "en": "1 source: Reported 1"},
            id="one",
        ),
        pytest.param(
            "x[^nobody-knows][^ours][^guide][^help-refund][^unknown-phones]",
            {
                "zh": "5 条来源：官方 1、报道 1、推断 1、未确认 2",
                "en": "5 sources: Official 1, Reported 1, Derived 1, Not established 2",
            },
            id="of every status",
        ),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_meta_line(
    content: Content, text: str, sources: dict[str, str], language: Language
) -> None:
    page = render(text, content, language)
    line = next(iter(page))
    assert line.get("class") == "hb-meta"
    assert shown(line) == META[language] + sources[language]
    times = [(time.get("datetime"), time.get("data-due")) for time in line.iter("time")]
    assert times == [("2026-11-30", None), ("2027-02-28", "2027-02-28")]
    assert [target for _, target in links(line)] == (["#sources"] if sources["en"] else [])


@pytest.mark.parametrize(
    ("language", "kind"), [("zh", "所有订单"), ("en", "Every kind of order")], ids=LANGUAGES
)
def test_meta_line_names_the_kinds_of_order(
    content: Content, language: Language, kind: str
) -> None:
    page = browser(convert("x", content, page_of(content, language, "index")))
    assert texts(page, "hb-kind") == [kind]
    assert with_class(page, "hb-kind--any") != []


@pytest.mark.parametrize(
    ("language", "line"),
    [("zh", "FBA复核于 2026-11-30"), ("en", "FBAReviewed 2026-11-30")],
    ids=LANGUAGES,
)
def test_a_messages_page_has_no_next_review(
    content: Content, language: Language, line: str
) -> None:
    page = RenderedPage.of_message(content.messages["hello"], language)
    assert shown(one(browser(convert("x", content, page)), "hb-meta")) == line


# Blocks that show records


@pytest.mark.parametrize(
    ("language", "questions", "kinds", "leads", "targets"),
    [
        pytest.param(
            "zh",
            ["第一步：这是哪种订单？", "第二步：发生了什么？"],
            ["亚马逊配送亚马逊发货", "不确定先查订单"],
            ["售后归亚马逊", "先弄清楚"],
            [("买家要退款", "refund.zh.md#why"), ("怎么回信", "refund.zh.md")],
            id="zh",
        ),
        pytest.param(
            "en",
            ["Step 1: which kind of order?", "Step 2: what happened?"],
            ["Fulfilled by AmazonAmazon ships", "Not surelook at the order"],
            ["Amazon serves the buyer", "find out first"],
            [("Buyer wants a refund", "refund.en.md#why"), ("What to reply", "refund.en.md")],
            id="en",
        ),
    ],
)
def test_start(  # noqa: PLR0913, PLR0917 - what the block shows, part by part
    content: Content,
    language: Language,
    questions: list[str],
    kinds: list[str],
    leads: list[str],
    targets: list[tuple[str, str]],
) -> None:
    start = one(render("/// start\n///\n", content, language), "hb-start")
    assert [shown(part) for part in start.iter("legend")] == questions[:1]
    assert texts(start, "hb-start__question") == questions[1:] * 2
    assert [shown(part) for part in start.iter("label")] == kinds
    assert texts(start, "hb-start__lead") == leads
    assert links(start) == targets


def test_start_is_a_choice_of_one_without_a_script(content: Content) -> None:
    start = one(render("/// start\n///\n", content), "hb-start")
    inputs = list(start.iter("input"))
    assert [(part.get("type"), part.get("name")) for part in inputs] == [("radio", "order")] * 2
    assert ["checked" in part.attrib for part in inputs] == [True, False]
    labels = [part.get("for") for part in start.iter("label")]
    assert labels == [part.get("id") for part in inputs] == ["order-fba", "order-unsure"]
    assert len(with_class(start, "hb-start__panel--fba")) == 1
    assert len(with_class(start, "hb-start__panel--unsure")) == 1


WARNING = {
    "zh": "不要写进站内信，也不要转给买家。网上搜到的“亚马逊客服电话”常是假的。",
    "en": "Never in a message, never passed on to a buyer. "
    '"Amazon customer service numbers" found on the web are often fake.',
}
US = {
    "zh": [
        ("联系亚马逊客服", "美国站联系页[1] www.amazon.com/contact-us"),
        (
            "电话（只给卖家参考）",
            "1-800-555-0100 已确认 美国；时间：全天[1] · 查阅 2026-11-01"
            "+1 206 555 0100 仅有报道 其他国家[2] · 查阅 2026-11-02" + WARNING["zh"],
        ),
        ("买家语言", "英语 (en-US)、西班牙语 (es-US)[3]"),
        (
            "索赔时限",
            "退货、退款、补发：60–120 天，从退款之日起算[1] 仓库丢失、损坏：60 天内[2]",
        ),
        ("站点编号", "ATVPDKIKX0DER[3]"),
        ("卖家后台", "sellercentral.amazon.com"),
    ],
    "en": [
        ("Contact Amazon", "Contact page, United States[1] www.amazon.com/contact-us"),
        (
            "Phone (background for the seller)",
            "1-800-555-0100 Confirmed United States; hours: all day[1] · checked 2026-11-01"
            "+1 206 555 0100 Reported only other countries[2] · checked 2026-11-02" + WARNING["en"],
        ),
        ("Buyers' languages", "English (en-US), Spanish (es-US)[3]"),
        (
            "Claim windows",
            (
                "Return, refund, replacement: 60–120 days, from the refund[1] "
                "Lost or damaged in the warehouse: within 60 days[2]"
            ),
        ),
        ("Marketplace ID", "ATVPDKIKX0DER[3]"),
        ("Seller Central", "sellercentral.amazon.com"),
    ],
}
SE = {
    "zh": [
        (
            "联系亚马逊客服",
            "链接未确认。请买家登录 amazon.se，打开 Customer Service 或 Your Orders。[4]",
        ),
        ("提醒", "没有查到多少[2]"),
        ("电话（只给卖家参考）", "没有查到[5]"),
        ("买家语言", "瑞典语 (sv)[3]"),
        ("索赔时限", "到后台核对[4]"),
        ("站点编号", "A2NODRKZP88ZB9[3]"),
        ("卖家后台", "sellercentral.amazon.se"),
    ],
    "en": [
        (
            "Contact Amazon",
            (
                "Link not established. Ask the buyer to sign in at amazon.se and open Customer "
                "Service or Your Orders.[4]"
            ),
        ),
        ("Note", "little is known[2]"),
        ("Phone (background for the seller)", "None established[5]"),
        ("Buyers' languages", "Swedish (sv)[3]"),
        ("Claim windows", "check in Seller Central[4]"),
        ("Marketplace ID", "A2NODRKZP88ZB9[3]"),
        ("Seller Central", "sellercentral.amazon.se"),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stores(content: Content, language: Language) -> None:
    page = render("/// stores\n///\n", content, language)
    us, se = with_class(page, "hb-store")
    assert [(part.get("id"), shown(part)) for part in page.iter("h3")] == {
        "zh": [("us", "美国站 US · amazon.com"), ("se", "瑞典站 SE · amazon.se")],
        "en": [("us", "United States US · amazon.com"), ("se", "Sweden SE · amazon.se")],
    }[language]
    assert [part.get("aria-labelledby") for part in (us, se)] == ["us", "se"]
    assert definitions(us) == US[language]
    assert definitions(se) == SE[language]
    assert [target for _, target in links(us)] == [
        "https://www.amazon.com/contact-us",
        "tel:+18005550100",
    ]
    assert links(se) == []


LINK_TABLE = {
    "zh": [
        ["站点", "买家去哪里", "默认语言"],
        ["美国站 US", "美国站联系页[1] www.amazon.com/contact-us", "英语"],
        [
            "瑞典站 SE",
            "链接未确认。请买家登录 amazon.se，打开 Customer Service 或 Your Orders。[2]",
            "瑞典语",
        ],
    ],
    "en": [
        ["Store", "Where the buyer goes", "Default language"],
        ["United States US", "Contact page, United States[1] www.amazon.com/contact-us", "English"],
        [
            "Sweden SE",
            (
                "Link not established. Ask the buyer to sign in at amazon.se and open Customer "
                "Service or Your Orders.[2]"
            ),
            "Swedish",
        ],
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_store_links(content: Content, language: Language) -> None:
    page = render("/// store-links\n///\n", content, language)
    assert table(page) == LINK_TABLE[language]
    assert [target for _, target in links(one(page, "hb-store-links"))] == [
        f"stores.{language}.md#us",
        "https://www.amazon.com/contact-us",
        f"stores.{language}.md#se",
    ]


WINDOW_TABLE = {
    "zh": [
        ["适用站点", "退货、退款、补发", "仓库丢失、损坏", "移除途中丢失", "移除的其他问题"],
        [
            "美国2024-10-23 起",
            "60–120 天，从退款之日起算[1]",
            "60 天内[2]",
            "未确认[3]",
            "未确认[3]",
        ],
        ["其他", "未确认[3]", "未确认[3]", "未确认[3]", "未确认[3]"],
    ],
    "en": [
        [
            "Stores",
            "Return, refund, replacement",
            "Lost or damaged in the warehouse",
            "Removal lost in transit",
            "Other removal problems",
        ],
        [
            "USAsince 2024-10-23",
            "60–120 days, from the refund[1]",
            "within 60 days[2]",
            "Not established[3]",
            "Not established[3]",
        ],
        [
            "Others",
            "Not established[3]",
            "Not established[3]",
            "Not established[3]",
            "Not established[3]",
        ],
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_claim_windows(content: Content, language: Language) -> None:
    page = render("/// claim-windows\n///\n", content, language)
    assert table(page) == WINDOW_TABLE[language]
    notes = {"zh": ["其他：到后台核对"], "en": ["Others: check in Seller Central"]}
    assert [shown(part) for part in one(page, "hb-notes").iter("li")] == notes[language]


def test_claim_windows_name_the_stores_that_share_them(tmp_path: Path) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/_data/stores.yml", "claim_windows: us", "claim_windows: others")
    page = render("/// claim-windows\n///\n", load(root))
    assert [row[0] for row in table(page)] == ["适用站点", "美国2024-10-23 起", "其他US SE"]


PHONE_TABLE = {
    "zh": [
        ["站点", "号码", "哪里能打", "查阅日期"],
        ["美国站", "1-800-555-0100 已确认", "美国；时间：全天[1]", "2026-11-01"],
        ["美国站", "+1 206 555 0100 仅有报道", "其他国家[2]", "2026-11-02"],
    ],
    "en": [
        ["Store", "Number", "Callable from", "Checked"],
        [
            "United States",
            "1-800-555-0100 Confirmed",
            "United States; hours: all day[1]",
            "2026-11-01",
        ],
        ["United States", "+1 206 555 0100 Reported only", "other countries[2]", "2026-11-02"],
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_phones(content: Content, language: Language) -> None:
    page = render("/// phones\n///\n", content, language)
    assert table(page) == PHONE_TABLE[language]
    assert texts(page, "hb-phone__warning") == [WARNING[language]]
    assert links(one(page, "hb-phones")) == [("1-800-555-0100", "tel:+18005550100")]


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        pytest.param(
            "zh",
            [
                ["号码", "常被说成", "为什么不要用"],
                ["1-800-555-0199 不要用", "客服电话", "早就停用[1]"],
            ],
            id="zh",
        ),
        pytest.param(
            "en",
            [
                ["Number", "Told as", "Why not"],
                ["1-800-555-0199 Do not use", "customer service", "closed long ago[1]"],
            ],
            id="en",
        ),
    ],
)
def test_do_not_use(content: Content, language: Language, rows: list[list[str]]) -> None:
    page = render("/// do-not-use\n///\n", content, language)
    assert table(page) == rows
    assert links(one(page, "hb-do-not-use")) == []


def test_tables_of_records_name_rows_columns_and_cells(content: Content) -> None:
    page = render("/// phones\n///\n", content)
    assert [part.get("scope") for part in page.iter("th")] == ["col"] * 4 + ["row"] * 2
    first = next(iter(page.findall(".//tbody/tr")))
    assert [cell.get("data-label") for cell in first] == ["站点", "号码", "哪里能打", "查阅日期"]


TERMS = {
    "zh": [
        (
            "移除订单 Removal order",
            (
                "把库存拿回来。[1]详见退款：为什么。 "
                "也叫、也会搜：弃置、removal不要写成：撤货单卖家后台中文界面的叫法"
            ),
        ),
        ("买家 Buyer", "买东西的人。 卖家常用，未对照后台"),
    ],
    "en": [
        (
            "Removal order 移除订单",
            (
                "Getting stock back.[1] See Refund: Why. People also type: 弃置, removal"
                "Do not write: 撤货单label of the Chinese Seller Central"
            ),
        ),
        ("Buyer 买家", "Who buys. common usage, not checked against Seller Central"),
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_terms(content: Content, language: Language) -> None:
    terms = one(render("/// terms\n///\n", content, language), "hb-terms")
    assert definitions(terms) == TERMS[language]
    assert [part.get("id") for part in terms.iter("dt")] == ["removal-order", "buyer"]
    title = {"zh": "退款：为什么", "en": "Refund: Why"}[language]
    assert links(terms) == [(title, f"refund.{language}.md#why")]
    other = {"zh": "en", "en": "zh"}[language]
    assert [part.get("lang") for part in terms.findall(".//dt/span")] == [other, other]


ALL_SOURCES = {
    "zh": [
        "官方 亚马逊自己的页面、公告、接口文档或发票上的文字 · 2",
        "报道 非官方来源的说法 · 1",
        "推断 手册根据上面的来源得出的结论 · 1",
        "未确认 查过，没有定论 · 2",
    ],
    "en": [
        "Official Amazon's own page, announcement, API model or invoice · 2",
        "Reported told by an unofficial source · 1",
        "Derived the handbook's own conclusion from the sources it names · 1",
        "Not established looked for, not found · 2",
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_sources(content: Content, language: Language) -> None:
    listing = one(render("/// all-sources\n///\n", content, language), "hb-all-sources")
    assert texts(listing, "hb-sources__head") == ALL_SOURCES[language]
    items = list(listing.iter("li"))
    assert [item.get("id") for item in items] == [
        "all-help-refund",
        "all-spapi-marketplaces",
        "all-guide",
        "all-ours",
        "all-nobody-knows",
        "all-unknown-phones",
    ]
    assert shown(items[0]) == SOURCE_LIST[language][0].removesuffix(" ↩")
    assert shown(items[3]) == SOURCE_LIST[language][2].removesuffix(" ↩")


CHANGES = {
    "zh": [
        ["2026-11-30", "第一版", "现在：手册上线", "看这页：首页"],
        [
            "2026-11-20 · 亚马逊自 2024-10-23 起",
            "时限变短",
            "以前：十八个月",
            "现在：六十天[1]",
            "看这页：退款：为什么、首页",
        ],
    ],
    "en": [
        ["2026-11-30", "First edition", "Now: the handbook is there", "On: Home"],
        [
            "2026-11-20 · at Amazon since 2024-10-23",
            "Shorter windows",
            "Before: eighteen months",
            "Now: sixty days[1]",
            "On: Refund: Why, Home",
        ],
    ],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_changes_newest_first(content: Content, language: Language) -> None:
    listing = one(render("/// changes\n///\n", content, language), "hb-changes")
    assert [[shown(part) for part in item] for item in listing.iter("li")] == CHANGES[language]
    assert [part.get("id") for part in listing.iter("h3")] == ["first-edition", "windows-2024"]
    assert [target for _, target in links(listing)] == [
        f"index.{language}.md",
        f"refund.{language}.md#why",
        f"index.{language}.md",
    ]


# Messages

WHEN = {
    "zh": [
        ("什么时候用", "第一次回信"),
        ("什么时候不用", "已经回过信"),
        ("买家另有答复时", "问主管"),
    ],
    "en": [
        ("Use it when", "the first reply"),
        ("Do not use it when", "you have replied before"),
        ("If the answer is different", "ask your lead"),
    ],
}
LABELS = {
    "zh": ["要发送的文本（英语） 母语者已审读", "对照阅读（中文），不用发"],
    "en": [
        "Text to send (English) read by a native speaker",
        "For reading (English), not to send",
    ],
}
SENT = "Hello,\n\nthis is about order [order_id]."
READ = "您好。\n\n这是关于订单 [order_id] 的消息。"


def previews(box: Element) -> list[tuple[str | None, str]]:
    """The language and the text of what can be copied."""
    return [(part.get("lang"), shown(part)) for part in box.iter() if "data-preview" in part.attrib]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_on_a_page(content: Content, language: Language) -> None:
    box = one(render("/// message | hello\n///\n", content, language), "hb-message__box")
    assert (box.get("data-message"), box.get("data-orders")) == ("hello", "fba")
    title = {"zh": "问候", "en": "Greeting"}[language]
    rules = {"zh": "检查规则", "en": "The rules"}[language]
    assert links(box)[:2] == [
        (title, f"messages/hello.{language}.md"),
        (rules, f"rules.{language}.md"),
    ]
    chips = {"zh": ["FBA", "发给买家"], "en": ["FBA", "To the buyer"]}[language]
    assert [shown(chip) for chip in one(box, "hb-message__chips")] == chips
    assert definitions(box) == WHEN[language][:2]
    assert texts(box, "hb-message__label") == LABELS[language]
    # One text to copy; beside it the reader's own language, hidden where that is the same text.
    assert previews(box) == [("en", SENT)]
    (reading,) = with_class(box, "hb-message__pane--reading")
    assert ("hidden" in reading.attrib) == (language == "en")
    assert [shown(part) for part in reading.iter("pre")] == [{"zh": READ, "en": SENT}[language]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_leads_to_the_messages_of_the_page(content: Content, language: Language) -> None:
    answer, message = "/// answer | a\nb\n///\n\n", "/// message | hello\n///\n"
    page = render(answer + message, content, language)
    (line,) = with_class(one(page, "hb-box--answer"), "hb-shortcuts")
    title = {"zh": "问候", "en": "Greeting"}[language]
    assert shown(line) == {"zh": "直接复制：", "en": "Ready to copy: "}[language] + title + " "
    assert links(line) == [(title, "#message-hello")]
    assert one(page, "hb-message__box").get("id") == "message-hello"


def test_a_message_that_is_shown_twice_is_led_to_once(content: Content) -> None:
    answer, message = "/// answer | a\nb\n///\n\n", "/// message | hello\n///\n\n"
    page = render(answer + message + message, content, "en")
    boxes = with_class(page, "hb-message__box")
    assert [box.get("id") for box in boxes] == ["message-hello", None]
    assert links(one(page, "hb-shortcuts")) == [("Greeting", "#message-hello")]


@pytest.mark.parametrize("text", ["/// answer | a\nb\n///\n", "/// message | hello\n///\n"])
def test_no_answer_or_no_message_no_shortcuts(content: Content, text: str) -> None:
    assert with_class(render(text, content, "en"), "hb-shortcuts") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fields_of_a_message_wait_for_a_script(content: Content, language: Language) -> None:
    box = one(render("/// message | hello\n///\n", content, language), "hb-message__box")
    assert "hidden" in one(box, "hb-compose").attrib
    assert "hidden" in one(box, "hb-message__actions").attrib
    (field,) = box.iter("input")
    label = {"zh": "订单编号", "en": "Order ID"}[language]
    assert (field.get("name"), field.get("autocomplete")) == ("order_id", "off")
    assert label in texts(box, "hb-field")
    (store,) = box.iter("select")
    assert [option.get("value") for option in store] == ["", "US", "SE"]
    # Typing finds a line by its beginning: the code where names are Chinese.
    begins = {"zh": "SE · ", "en": "Sweden · "}[language]
    assert (store[2].text or "").startswith(begins)
    assert [option.get("data-language") for option in store] == [None, "en", "sv"]
    assert [option.get("data-contact") for option in store] == [
        None,
        "https://www.amazon.com/contact-us",
        None,
    ]
    (mark,) = next(box.iter("pre")).iter("mark")
    assert (mark.get("data-blank"), mark.get("title")) == ("order_id", label)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_on_its_own_page(content: Content, language: Language) -> None:
    message = content.messages["hello"]
    text = message_page(message, language)
    front, body = text.split("---\n")[1:]
    assert (
        front
        == {
            "zh": "description: 第一次回信\ntitle: 问候\n",
            "en": "description: the first reply\ntitle: Greeting\n",
        }[language]
    )
    page = browser(convert(body, content, RenderedPage.of_message(message, language)))
    box = one(page, "hb-message__box")
    assert [target for _, target in links(box)] == [
        f"../rules.{language}.md",
        f"../messages.{language}.md",
    ]
    assert texts(box, "hb-kind") == []
    assert definitions(box) == WHEN[language]
    assert texts(box, "hb-message__foot") == [
        {
            "zh": "这条消息没有承诺任何只有亚马逊能给的东西，照着已公布的规则写；"
            "能否送达由亚马逊决定。其他消息：消息库",
            "en": "This message promises nothing that only Amazon can give and was written to the "
            "published rules; whether it is delivered is for Amazon to decide. "
            "All other messages: Messages",
        }[language]
    ]


def test_pages_are_linked_from_a_messages_page_one_folder_up(content: Content) -> None:
    page = RenderedPage.of_message(content.messages["hello"], "en")
    text = "[a](term:buyer) [b](message:hello)\n"
    assert [target for _, target in links(browser(convert(text, content, page)))] == [
        "../glossary.en.md#buyer",
        "../messages/hello.en.md",
    ]


def in_more_languages(folder: Path) -> Content:
    """The miniature with a message in two more languages."""
    root = minisite(folder)
    text = (root / "docs" / "_messages" / "hello.md").read_text(encoding="utf-8")
    more = "\n## de\n\nHallo {order_id}\n\n## ar\n\nمرحبا {order_id}\n"
    write(root, "docs/_messages/hello.md", text + more)
    return load(root)


def test_a_messages_own_page_shows_every_language(tmp_path: Path) -> None:
    content = in_more_languages(tmp_path)
    page = RenderedPage.of_message(content.messages["hello"], "en")
    box = one(browser(convert("/// message | hello\n///\n", content, page)), "hb-message__box")
    details = list(box.iter("details"))
    assert [part.get("data-text") for part in details] == ["de", "ar", "zh"]
    assert [shown(part) for part in box.iter("summary")] == [
        "Text to send (German) · not yet read by a native speaker",
        "Text to send (Arabic) · not yet read by a native speaker",
        "Text to send (Chinese) · not yet read by a native speaker",
    ]
    assert [part.get("dir") for part in box.iter("pre")] == [None, None, None, "rtl", None]
    tabs = with_class(box, "hb-tab")
    assert [(tab.get("data-lang"), tab.get("aria-selected")) for tab in tabs] == [
        ("en", "true"),
        ("de", "false"),
        ("ar", "false"),
        ("zh", "false"),
    ]
    assert [tab.get("data-direction") for tab in tabs] == ["ltr", "ltr", "rtl", "ltr"]
    assert tabs[0].get("data-read") == "read by a native speaker"
    assert tabs[1].get("data-read") == "not yet read by a native speaker"


@pytest.mark.parametrize(
    ("language", "names", "sentence"),
    [
        pytest.param("zh", "德语、阿拉伯语", "其他语言的文本：", id="zh"),
        pytest.param("en", "German, Arabic, Chinese", "The text in other languages: ", id="en"),
    ],
)
def test_another_page_names_the_other_languages_of_a_message(
    tmp_path: Path, language: Language, names: str, sentence: str
) -> None:
    content = in_more_languages(tmp_path)
    box = one(render("/// message | hello\n///\n", content, language), "hb-message__box")
    assert list(box.iter("details")) == []
    assert texts(box, "hb-message__foot")[0] == sentence + names
    assert links(box)[-1] == (names, f"messages/hello.{language}.md")


def test_a_case_text_promises_nothing_about_delivery(tmp_path: Path) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/_messages/hello.md", "recipient: buyer", "recipient: seller-support")
    changed = load(root)
    message = changed.messages["hello"]
    page = RenderedPage.of_message(message, "zh")
    box = one(browser(convert("/// message | hello\n///\n", changed, page)), "hb-message__box")
    assert texts(box, "hb-chip") == ["发给卖家支持"]
    assert definitions(box)[2] == ("对方另有答复时", "问主管")
    assert texts(box, "hb-message__foot") == ["其他消息：消息库"]
    assert list(box.iter("select")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_list(content: Content, language: Language) -> None:
    page = render("/// message-list | hello none\n///\n", content, language)
    (item,) = one(page, "hb-message-list").iter("li")
    assert (
        shown(item)
        == {
            "zh": "问候 FBA第一次回信",
            "en": "Greeting FBAthe first reply",
        }[language]
    )
    title = {"zh": "问候", "en": "Greeting"}[language]
    assert links(item) == [(title, f"messages/hello.{language}.md")]
    assert {name: value for name, value in item.attrib.items() if name.startswith("data-")} == {
        "data-kind": "fba",
        "data-stage": "first-reply",
        "data-recipient": "buyer",
        "data-language": "en zh",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_filter_offers_what_the_library_has(content: Content, language: Language) -> None:
    form = one(render("/// message-filter\n///\n", content, language), "hb-compose")
    assert "hidden" in form.attrib
    choices = {
        select.get("name"): [option.get("value") for option in select]
        for select in form.iter("select")
    }
    assert choices == {
        "kind": ["", "fba"],
        "stage": ["", "first-reply"],
        "recipient": ["", "buyer"],
        "language": ["", "en", "zh"],
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_message_rules_are_sections_with_their_names_as_ids(
    content: Content, language: Language
) -> None:
    page = render("/// message-rules\n///\n", content, language)
    assert [part.get("id") for part in page.iter("h3")] == list(message_rules())
    assert (
        texts(page, "hb-rule__facts")[0]
        == {
            "zh": "HB501 phone-number 错误",
            "en": "HB501 phone-number Error",
        }[language]
    )
    # No source of theirs is in the miniature: then none is cited.
    assert with_class(page, "hb-cite") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_own_text_offers_every_store_order_and_language(
    content: Content, language: Language
) -> None:
    form = one(render("/// own-text\n///\n", content, language), "hb-compose")
    assert "hidden" in form.attrib
    choices = {
        select.get("name"): [option.get("value") for option in select]
        for select in form.iter("select")
    }
    assert choices["store"] == ["", "US", "SE"]
    assert choices["order"] == ["fba", "fbm", "sfp", "mcf", "either"]
    assert choices["language"] == [*LIBRARY_LANGUAGES, "und"]
    assert [area.get("name") for area in form.iter("textarea")] == ["text"]


def test_a_message_that_is_not_there_shows_nothing(content: Content) -> None:
    assert list(one(render("/// message | none\n///\n", content), "hb-message")) == []


# Text is text

NASTY = '<script>alert(1)</script> & "q" &amp; &copy; **b** [l](m) `c` </p> [^guide]'


@pytest.mark.parametrize(
    ("path", "old", "directive", "name"),
    [
        pytest.param("docs/_data/terms.yml", "买东西的人。", "terms", "hb-terms", id="term"),
        pytest.param("docs/_data/terms.yml", "弃置", "terms", "hb-terms__also", id="synonym"),
        pytest.param("docs/_data/stores.yml", "没有查到多少", "stores", "hb-stores", id="store"),
        pytest.param(
            "docs/_data/do-not-use.yml", "早就停用", "do-not-use", "hb-do-not-use", id="number"
        ),
        pytest.param("docs/_data/changes.yml", "时限变短", "changes", "hb-changes", id="change"),
        pytest.param(
            "docs/_data/claim-windows.yml", "到后台核对", "claim-windows", "hb-notes", id="windows"
        ),
        pytest.param("docs/_data/situations.yml", "先查订单", "start", "hb-start", id="situation"),
        pytest.param(
            "docs/_data/sources.yml", "两处说法一致", "all-sources", "hb-all-sources", id="source"
        ),
        pytest.param(
            "docs/_messages/hello.md",
            "第一次回信",
            "message-list | hello",
            "hb-message-list",
            id="use",
        ),
    ],
)
def test_text_of_a_record_is_text(
    tmp_path: Path, path: str, old: str, directive: str, name: str
) -> None:
    root = minisite(tmp_path)
    replace(root, path, old, f"'{NASTY}'")
    page = render(f"/// {directive}\n///\n", load(root))
    assert NASTY in shown(with_class(page, name)[0])
    assert list(page.iter("script")) == []
    assert list(page.iter("b")) == []


def test_text_of_a_record_in_an_attribute_is_text(tmp_path: Path) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/_data/stores.yml", "zh: 美国站", f"zh: '{NASTY}'")
    (us, _) = render("/// stores\n///\n", load(root)).iter("h3")
    (link,) = with_class(us, "headerlink")
    assert link.get("aria-label") == f"本节链接：{NASTY} US · amazon.com"


def test_the_text_of_a_message_is_exactly_what_its_file_says(tmp_path: Path) -> None:
    text = f"  Dear {NASTY}\n\n\n\n\t5 < 6\\* 中 😀"
    root = minisite(tmp_path)
    replace(root, "docs/_messages/hello.md", "Hello,", text)
    content = load(root)
    box = one(render("/// message | hello\n///\n", content), "hb-message__box")
    preview = next(iter(box.iter("pre")))
    message = content.messages["hello"].texts["en"].text
    assert shown(preview) == message.replace("{order_id}", "[order_id]")
    assert message.startswith("Dear <script>")
    assert list(box.iter("script")) == []


# The extension


@pytest.mark.parametrize("name", DIRECTIVES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_block_leaves_its_mark_or_a_citation_without_number(
    content: Content, name: str, language: Language
) -> None:
    argument = {"title": "T", "message": "hello", "messages": "hello"}.get(DIRECTIVES[name], "")
    html = convert(f"/// {name} | {argument}\n///\n", content, page_of(content, language))
    # The sentences of the rules speak of blocks; what they quote is set as code.
    assert "///" not in re.sub(r"(?s)<code>.*?</code>", "", html)
    assert "data-directive" not in html
    assert "data-argument" not in html
    assert "data-source" not in html
    assert "<a></a>" not in html


@pytest.mark.parametrize("slug", ["index", "refund", "messages"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_id_stands_twice_on_a_page(content: Content, slug: str, language: Language) -> None:
    page = content.page(slug, language)
    assert page is not None
    html = browser(convert(page.body, content, RenderedPage.of_page(page)))
    ids = [part.get("id") for part in html.iter() if part.get("id")]
    assert len(ids) == len(set(ids))


def test_one_page_does_not_see_what_another_cited(content: Content) -> None:
    first = render("a[^guide] b[^ours]\n", content)
    second = render("a[^ours]\n", content)
    assert texts(first, "hb-cite") == ["[1]", "[2]"]
    assert texts(second, "hb-cite") == ["[1]"]


def test_the_site_generator_finds_the_extension_by_its_name(content: Content) -> None:
    page = page_of(content, "zh")
    by_name = markdown.markdown(
        "x[^guide]",
        extensions=["handbook.render"],
        extension_configs={"handbook.render": {"content": content, "page": page}},
    )
    direct = markdown.markdown("x[^guide]", extensions=[makeExtension(content=content, page=page)])
    assert by_name == direct
    assert 'href="#source-guide"' in by_name


def test_a_page_whose_front_matter_is_not_valid_cannot_be_rendered(tmp_path: Path) -> None:
    root = minisite(tmp_path)
    replace(root, "docs/refund.zh.md", "title: 退款\n", "")
    replace(root, "docs/_messages/hello.md", "stage: first-reply\n", "")
    broken = load(root)
    with pytest.raises(ValueError, match=r"docs/refund\.zh\.md"):
        page_of(broken, "zh")
    message = broken.messages["hello"]
    with pytest.raises(ValueError, match=r"docs/_messages/hello\.md"):
        RenderedPage.of_message(message, "zh")
    with pytest.raises(ValueError, match=r"docs/_messages/hello\.md"):
        message_page(message, "zh")
