"""Data checked against its schema, with what is wrong said in an editor's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from handbook.findings import Finding, Words, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from handbook.yamldoc import Location, YamlDocument

M = TypeVar("M", bound=BaseModel)

# What is expected, by pydantic's name of the error: Chinese, English. Values come from the error.
_EXPECTED: dict[str, tuple[str, str]] = {
    "date_from_datetime_parsing": ("应是日期,例如 2026-11-23", "a date such as 2026-11-23"),
    "date_from_datetime_inexact": ("应是日期,例如 2026-11-23", "a date such as 2026-11-23"),
    "date_type": ("应是日期,例如 2026-11-23", "a date such as 2026-11-23"),
    "int_type": ("应是整数", "a whole number is expected"),
    "int_parsing": ("应是整数", "a whole number is expected"),
    "int_from_float": ("应是整数", "a whole number is expected"),
    "string_type": ("应是文字", "text is expected"),
    "tuple_type": ("应是列表,例如 [fba, mcf]", "a list is expected, such as [fba, mcf]"),
    "list_type": ("应是列表,例如 [fba, mcf]", "a list is expected, such as [fba, mcf]"),
    "model_type": ("应是一组 “键: 值”", "a group of “key: value” is expected"),
    "model_attributes_type": ("应是一组 “键: 值”", "a group of “key: value” is expected"),
    "dict_type": ("应是一组 “键: 值”", "a group of “key: value” is expected"),
    "literal_error": ("可用的值是 {expected}", "it must be one of {expected}"),
    "string_pattern_mismatch": ("写法应符合 {pattern}", "it must look like {pattern}"),
    "string_too_short": ("不能为空", "it must not be empty"),
    "string_too_long": ("最多 {max_length} 个字符", "at most {max_length} characters"),
    "too_long": ("最多 {max_length} 项", "at most {max_length} items"),
    "too_short": ("至少 {min_length} 项", "at least {min_length} items"),
    "greater_than_equal": ("不能小于 {ge}", "not less than {ge}"),
    "less_than_equal": ("不能大于 {le}", "not more than {le}"),
    "contact": (
        "status 是 confirmed 时要有 url,其他时候 url 写 null",
        "with status confirmed a url is needed, otherwise url is null",
    ),
    "window": (
        "status 是 unknown 时 from_days 和 to_days 写 null,其他时候都要有",
        "with status unknown from_days and to_days are null, otherwise both are needed",
    ),
}


def validate(
    model: type[M], document: YamlDocument, where: Words
) -> tuple[M | None, list[Finding]]:
    """Read a document as a model.

    Args:
        model: The schema.
        document: The YAML and its positions.
        where: What the document is, for the sentences of findings.

    Returns:
        The model, or None, and what is wrong with the document.
    """
    if document.findings:
        return None, list(document.findings)
    try:
        return model.model_validate(document.value), []
    except ValidationError as error:
        return None, [_finding(detail, document, model, where) for detail in error.errors()]


def _finding(
    error: ErrorDetails, document: YamlDocument, model: type[BaseModel], where: Words
) -> Finding:
    location = _location(error["loc"], document.value)
    context = error.get("ctx", {})
    path = document.source.path
    if error["type"] == "missing":
        key = str(context.get("key", error["loc"][-1] if error["loc"] else ""))
        parent = location if "key" in context else location[:-1]
        values = {"key": key, "where": _inside(parent, where)}
        return Finding("missing-key", path, document.key_span(parent), values)
    if error["type"] == "extra_forbidden":
        key = str(location[-1])
        hint, near = did_you_mean(key, _keys(model, location[:-1]))
        if near is None:
            hint = Words("请删掉或改名。", "Remove it or rename it.")
        values = {"key": key, "where": _inside(location[:-1], where), "near": hint}
        return Finding("unknown-key", path, document.key_span(location), values, near)
    zh, en = _EXPECTED.get(error["type"], ("不符合要求({msg})", "{msg}"))
    fill = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
    fill["msg"] = error["msg"]
    name: str | Words = str(location[-1]) if location else where
    expected = Words(zh.format_map(fill), en.format_map(fill))
    return Finding(
        "bad-value", path, document.value_span(location), {"key": name, "expected": expected}
    )


def _inside(parent: Location, where: Words) -> str | Words:
    return " › ".join(str(part) for part in parent) or where


def _location(loc: tuple[int | str, ...], value: Any) -> Location:  # noqa: ANN401
    """Pydantic's location without the parts that are not keys or positions of the document."""
    found: list[str | int] = []
    current = value
    for position, part in enumerate(loc):
        if isinstance(current, dict):
            key = next((key for key in current if str(key) == str(part)), None)
            if key is None:
                if part == "[key]" or position < len(loc) - 1:
                    continue
                found.append(part)
                break
            found.append(str(key))
            current = current[key]
        elif isinstance(current, list) and isinstance(part, int) and part < len(current):
            found.append(part)
            current = current[part]
    return tuple(found)


def _keys(model: type[BaseModel], location: Location) -> set[str]:
    """The keys that the schema knows at a place, for a suggestion."""
    schema = model.model_json_schema(by_alias=True)
    definitions = schema.get("$defs", {})

    def resolve(part: dict[str, Any]) -> dict[str, Any]:
        for choice in part.get("anyOf", ()):
            if choice.get("type") != "null":
                part = choice
        while "$ref" in part:
            part = definitions[part["$ref"].rsplit("/", 1)[-1]]
        return part

    current = resolve(schema)
    for key in location:
        if isinstance(key, int):
            current = resolve(current.get("items", {}))
        elif key in current.get("properties", {}):
            current = resolve(current["properties"][key])
        else:
            extra = current.get("additionalProperties")
            current = resolve(extra if isinstance(extra, dict) else {})
    return set(current.get("properties", {}))
