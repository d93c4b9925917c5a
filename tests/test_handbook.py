"""The real content: nothing wrong with it, all of it there, every situation answered."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from handbook.anchors import page_anchors
from handbook.checks import check
from handbook.content import LANGUAGES, Content, data_schemas, load
from handbook.directives import DIRECTIVES
from handbook.export import json_schema
from handbook.messaging.catalogue import message_rules

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.models import Language

PAGES = """
    index order-type first-reply contact-path phone-numbers refund replacement return
    amazon-refuses feedback-review a-to-z reimbursement wrong-return root-cause listing-risk
    seller-support fbm sfp mcf missing-item not-received condition difficult-requests
    message-rules rules check-text language faq messages stores glossary myths sources changes
    contributing hosting search-benchmark
""".split()

# Where it is right that a page cites nothing: what it says is about the handbook, not about Amazon,
# or its records bring their sources along.
CITING_NOTHING = {
    "contributing",
    "changes",
    "rules",
    "check-text",
    "search-benchmark",
}

# Pages that are used, not read.
TOOLS = {"messages", "stores", "check-text"}

STORES = "US CA MX BR IE ES UK FR BE NL DE IT SE ZA PL EG TR SA AE IN SG AU JP".split()
CONFIRMED_LINKS = set("US CA UK DE FR IT ES MX BR JP AU IN SE".split())


@pytest.fixture(scope="module")
def content(root: Path) -> Content:
    return load(root)


def test_the_content_has_no_findings(content: Content) -> None:
    assert [(finding.path, finding.span, finding.message("en")) for finding in check(content)] == []


def test_every_page_is_there_in_both_languages(content: Content) -> None:
    expected = {f"docs/{slug}.{language}.md" for slug in PAGES for language in LANGUAGES}
    assert set(content.pages) == expected


def test_every_guidance_page_cites_its_sources(content: Content) -> None:
    silent = {page.slug for page in content.pages.values() if not page.document.footnotes}
    assert silent == CITING_NOTHING


def test_both_languages_cite_the_same_in_the_same_order(content: Content) -> None:
    for slug in PAGES:
        cited = [
            [footnote.identifier for footnote in page.document.footnotes]
            for language in LANGUAGES
            if (page := content.page(slug, language))
        ]
        assert cited[0] == cited[1], slug


def test_a_guidance_page_begins_with_the_answer(content: Content) -> None:
    for page in content.pages.values():
        if page.meta and page.meta.topics and page.slug not in TOOLS:
            assert page.document.directives[0].name == "answer", page.source.path


def test_there_are_23_stores_and_only_confirmed_links(content: Content) -> None:
    stores = content.records.stores
    assert list(stores) == STORES
    assert {code for code, store in stores.items() if store.contact.url} == CONFIRMED_LINKS
    for code in CONFIRMED_LINKS:
        assert stores[code].contact.url == f"https://www.{stores[code].domain}/contact-us"


def test_the_numbers_of_the_old_article_are_only_shown_as_not_to_be_used(content: Content) -> None:
    used = {phone.e164 for store in content.records.stores.values() for phone in store.phones}
    avoided = {number.e164 for number in content.records.do_not_use.values()}
    assert {"+18662161072", "+12062662992"} <= avoided
    assert not used & avoided
    assert {"+18882804331", "+18775863230"} <= used


def test_no_page_or_message_holds_a_number_of_the_records(content: Content) -> None:
    """A number stands in its record and nowhere else, whatever way it is written."""
    phones = [phone for store in content.records.stores.values() for phone in store.phones]
    known = {re.sub(r"\D", "", phone.e164)[-9:] for phone in phones}
    known |= {
        re.sub(r"\D", "", number.display)[-9:] for number in content.records.do_not_use.values()
    }
    texts = {path: page.body for path, page in content.pages.items()}
    texts |= {name: message.source.text for name, message in content.messages.items()}
    for path, text in texts.items():
        digits = re.sub(r"(?<=\d)[\s().–-]+(?=\d)", "", text)
        assert not [number for number in known if number in digits], path


def test_the_sources_that_the_store_directory_cites_by_itself_exist(content: Content) -> None:
    """Marketplace ids and missing numbers have no source of their own in a store's record."""
    assert {"spapi-marketplaces", "unknown-phones"} <= set(content.records.sources)


def test_the_glossary_has_80_terms_and_more(content: Content) -> None:
    assert len(content.records.terms) >= 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_begin_with_the_four_of_the_old_article(
    language: Language, content: Content
) -> None:
    page = content.page("faq", language)
    assert page is not None
    questions = [heading for heading in page.document.headings if heading.level == 3]
    assert len(questions) >= 30
    first = [question.title for question in questions[:4]]
    words = {
        "zh": ["联系买家", "补发", "退款", "语气"],
        "en": ["contact the buyer", "replacement", "refund", "tone"],
    }[language]
    for question, word in zip(first, words, strict=True):
        assert word in question.lower(), question


def test_what_changed_is_dated_and_newest_first(content: Content) -> None:
    changes = content.records.changes
    assert len(changes) >= 15
    assert [change.date for change in changes] == sorted(
        (change.date for change in changes), reverse=True
    )


def test_every_situation_leads_to_a_page_and_section_in_both_languages(
    root: Path, content: Content
) -> None:
    text = (root / "tests" / "scenarios.yml").read_text(encoding="utf-8")
    scenarios: list[dict[str, Any]] = yaml.safe_load(text)
    assert len({scenario["id"] for scenario in scenarios}) == len(scenarios) >= 54
    for scenario in scenarios:
        targets = [f"{scenario['page']}#{section}" for section in scenario["sections"]]
        for target in [*targets, *scenario.get("also", ())]:
            slug, _, anchor = target.partition("#")
            for language in LANGUAGES:
                page = content.page(slug, language)
                assert page is not None, (scenario["id"], target)
                assert not anchor or anchor in page_anchors(page, content), (scenario["id"], target)


def test_the_schemas_beside_the_data_are_those_of_the_code(root: Path) -> None:
    for name, model in data_schemas().items():
        file = root / "docs" / "_data" / f"{name}.schema.json"
        assert json.loads(file.read_text(encoding="utf-8")) == json_schema(model), (
            f"{file.name}: run `handbook schemas`"
        )
        data = yaml.safe_load((root / "docs" / "_data" / f"{name}.yml").read_text(encoding="utf-8"))
        plain = json.loads(json.dumps(data, default=str))
        jsonschema.validate(plain, json_schema(model))


def test_what_the_site_publishes_is_valid(site_folder: Path, content: Content) -> None:
    data = site_folder / "data"
    for name in ("pages", "messages", "stores", "version"):
        value = json.loads((data / f"{name}.json").read_text(encoding="utf-8"))
        schema = json.loads((data / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(value, schema)
    pages = json.loads((data / "pages.json").read_text(encoding="utf-8"))["pages"]
    assert len(pages) == len(content.pages)
    for page in pages:
        assert (site_folder / page["url"] / "index.html").is_file(), page["url"]
    # What a server reads (deploy/nginx) lies beside the pages; no folder of the content does.
    hidden = {file.name for file in site_folder.glob("**/_*")}
    assert hidden <= {"_server"}, "folders that begin with _ are never published"


def test_without_a_public_address_there_is_no_sitemap(site_folder: Path) -> None:
    assert not list(site_folder.glob("sitemap*"))


def test_the_site_holds_no_leftovers(site_folder: Path) -> None:
    for file in site_folder.glob("**/index.html"):
        page = LexborHTMLParser(file.read_text(encoding="utf-8"))
        # Examples are code, and so is what a finding says of blocks and citations.
        for example in page.css("code, pre"):
            example.decompose()
        articles = page.css("article")
        assert articles, file
        article = "".join(one.html or "" for one in articles)
        assert "///" not in article, file
        assert "[^" not in article, file
        assert "{ #" not in article, file
        assert 'href="store:' not in article, file
        assert 'href="term:' not in article, file
        assert "data-directive" not in article, file


def test_every_message_rule_rests_on_a_source(content: Content) -> None:
    cited = {rule.source for rule in message_rules().values()}
    assert cited <= set(content.records.sources)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_for_editors_names_every_block(language: Language, content: Content) -> None:
    page = content.page("contributing", language)
    assert page is not None
    assert [name for name in DIRECTIVES if f"`{name}`" not in page.body] == []
