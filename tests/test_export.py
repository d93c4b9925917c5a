"""The site as data for other programs: the shapes of the contract, valid against their schemas."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from handbook.content import Content, data_schemas, load
from handbook.export import Version, json_schema, pages, stores, write_data
from minisite import FILES, minisite, replace

if TYPE_CHECKING:
    from pathlib import Path

VERSION = Version(commit="a" * 40, content_date=dt.date(2026, 11, 30))
NAMES = ["pages", "messages", "stores", "version"]


@pytest.fixture
def content(tmp_path: Path) -> Content:
    return load(minisite(tmp_path / "site"))


@pytest.fixture
def data(content: Content, tmp_path: Path) -> Path:
    """The folder that the build writes."""
    folder = tmp_path / "new" / "data"
    write_data(content, VERSION, folder)
    return folder


def read(file: Path) -> Any:  # noqa: ANN401 - JSON
    return json.loads(file.read_text(encoding="utf-8"))


def test_each_file_has_its_schema_beside_it(data: Path) -> None:
    assert sorted(file.name for file in data.iterdir()) == sorted(
        [f"{name}.json" for name in NAMES] + [f"{name}.schema.json" for name in NAMES]
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_file_is_valid_against_its_schema(data: Path, name: str) -> None:
    schema = read(data / f"{name}.schema.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert list(validator.iter_errors(read(data / f"{name}.json"))) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_schema_refuses_an_unknown_key_and_another_version(data: Path, name: str) -> None:
    validator = Draft202012Validator(read(data / f"{name}.schema.json"))
    value = read(data / f"{name}.json")
    assert not validator.is_valid({**value, "more": 1})
    assert not validator.is_valid({**value, "version": 2})


def test_pages(data: Path) -> None:
    exported = read(data / "pages.json")
    assert exported["version"] == 1
    assert [(page["url"], page["lang"], page["title"]) for page in exported["pages"]] == [
        ("", "zh", "首页"),
        ("en/", "en", "Home"),
        ("en/messages/", "en", "Messages"),
        ("en/refund/", "en", "Refund"),
        ("messages/", "zh", "消息库"),
        ("refund/", "zh", "退款"),
    ]
    assert exported["pages"][5] == {
        "url": "refund/",
        "lang": "zh",
        "title": "退款",
        "description": "谁来退款。",
        "topics": ["refund"],
        "fulfilment": ["fba"],
        "reviewed": "2026-11-30",
        "sections": [
            {"id": "why", "title": "为什么", "topics": ["refund"]},
            {"id": "reply", "title": "怎么回", "topics": []},
        ],
    }


def test_no_address_begins_with_a_slash(content: Content) -> None:
    addresses = [page.url for page in pages(content).pages]
    assert len(addresses) == len(set(addresses)) == 6
    assert all(not address.startswith("/") for address in addresses)
    assert all(address.endswith("/") for address in addresses if address)


def test_a_page_whose_front_matter_is_not_valid_cannot_be_exported(tmp_path: Path) -> None:
    root = minisite(tmp_path / "broken")
    replace(root, "docs/refund.zh.md", "title: 退款\n", "")
    with pytest.raises(ValueError, match=r"docs/refund\.zh\.md"):
        pages(load(root))


def test_stores(data: Path) -> None:
    exported = read(data / "stores.json")
    assert exported["version"] == 1
    us, se = exported["stores"]
    window = {"status": "unknown", "source": "nobody-knows", "checked": "2026-11-04"}
    unknown = {"from_days": None, "to_days": None, "counted_from": None, **window}
    assert us == {
        "code": "US",
        "domain": "amazon.com",
        "name": {"zh": "美国站", "en": "United States"},
        "marketplace_id": "ATVPDKIKX0DER",
        "seller_central": "sellercentral.amazon.com",
        "country": "US",
        "languages": ["en-US", "es-US"],
        "contact": {
            "url": "https://www.amazon.com/contact-us",
            "status": "confirmed",
            "source": "help-refund",
            "checked": "2026-11-01",
        },
        "phones": [
            {
                "e164": "+18005550100",
                "display": "1-800-555-0100",
                "status": "confirmed",
                "callable_from": {"zh": "美国", "en": "United States"},
                "hours": {"zh": "全天", "en": "all day"},
                "source": "help-refund",
                "checked": "2026-11-01",
            },
            {
                "e164": "+12065550100",
                "display": "+1 206 555 0100",
                "status": "reported",
                "callable_from": {"zh": "其他国家", "en": "other countries"},
                "hours": None,
                "source": "guide",
                "checked": "2026-11-02",
            },
        ],
        "claim_windows": {
            "customer_return": {
                "from_days": 60,
                "to_days": 120,
                "counted_from": {"zh": "退款之日", "en": "the refund"},
                "status": "confirmed",
                "source": "help-refund",
                "checked": "2026-11-01",
            },
            "warehouse": {
                "from_days": 0,
                "to_days": 60,
                "counted_from": None,
                "status": "reported",
                "source": "guide",
                "checked": "2026-11-02",
            },
            "removal_lost": unknown,
            "removal_other": unknown,
        },
        "note": None,
    }
    assert (se["code"], se["contact"]["url"], se["phones"]) == ("SE", None, [])
    assert se["note"] == {"zh": "没有查到多少", "en": "little is known"}


def test_numbers_that_must_not_be_used_are_not_exported(data: Path) -> None:
    assert "5550199" not in (data / "stores.json").read_text(encoding="utf-8").replace("-", "")


def test_stores_stand_in_the_order_of_the_records(content: Content) -> None:
    assert [store.code for store in stores(content).stores] == list(content.records.stores)


def test_version(data: Path) -> None:
    assert read(data / "version.json") == {
        "version": 1,
        "commit": "a" * 40,
        "content_date": "2026-11-30",
    }


@pytest.mark.parametrize(
    ("date", "epoch"),
    [
        pytest.param(dt.date(1970, 1, 1), 0, id="the first day"),
        pytest.param(dt.date(2026, 11, 30), 1795996800, id="midnight in UTC"),
    ],
)
def test_the_contents_date_in_seconds(date: dt.date, epoch: int) -> None:
    assert Version(commit="x", content_date=date).epoch == epoch


def test_the_same_content_gives_the_same_bytes(content: Content, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write_data(content, VERSION, folder)
        write_data(load(content.root), VERSION, folder)
    one, two = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert one == two


def test_files_are_readable_text(data: Path) -> None:
    text = (data / "pages.json").read_text(encoding="utf-8")
    assert '"title": "退款"' in text
    assert text.endswith("}\n")


@pytest.mark.parametrize("name", data_schemas())
def test_schemas_of_data_files_are_schemas_and_take_the_miniatures_data(name: str) -> None:
    schema = json_schema(data_schemas()[name])
    Draft202012Validator.check_schema(schema)
    value = json.loads(json.dumps(yaml.safe_load(FILES[f"docs/_data/{name}.yml"]), default=str))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    assert list(validator.iter_errors(value)) == []


def test_a_schema_names_keys_as_editors_write_them() -> None:
    schema = json_schema(data_schemas()["sources"])
    assert "from" in schema["$defs"]["Source"]["properties"]
    kinds = json_schema(data_schemas()["claim-windows"])["$defs"]["Kinds"]["properties"]
    assert list(kinds) == ["customer-return", "warehouse", "removal-lost", "removal-other"]


def test_messages_have_their_texts_and_blanks(data: Path) -> None:
    assert read(data / "messages.json") == {
        "version": 1,
        "messages": [
            {
                "id": "hello",
                "title": {"zh": "问候", "en": "Greeting"},
                "situation": "wrong-item",
                "stage": "first-reply",
                "fulfilment": ["fba"],
                "recipient": "buyer",
                "texts": {
                    "en": {
                        "text": "Hello,\n\nthis is about order {order_id}.",
                        "native_read": True,
                    },
                    "zh": {
                        "text": "您好。\n\n这是关于订单 {order_id} 的消息。",
                        "native_read": False,
                    },
                },
                "placeholders": [
                    {
                        "name": "order_id",
                        "type": "order-id",
                        "label": {"zh": "订单编号", "en": "Order ID"},
                        "example": "123-1234567-1234567",
                    }
                ],
                "url": {"zh": "messages/hello/", "en": "en/messages/hello/"},
                "reviewed": "2026-11-30",
            }
        ],
    }
