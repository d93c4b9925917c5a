"""Data checked against its schema, with what is wrong said in an editor's words."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from handbook.findings import Finding, Words, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from handbook.yamldoc import Location, YamlDocument

M = TypeVar("M", bound=BaseModel)


@cache
def _expected() -> Mapping[str, Mapping[str, str]]:
    """What a value should be, in both languages, by pydantic's name of the error."""
    text = resources.files("handbook").joinpath("expected.yml").read_text(encoding="utf-8")
    expected: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return expected


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
        return None, [
            _finding(detail, document, model, where)
            for detail in error.errors()
            if not _is_echo(detail)
        ]


def _is_echo(error: ErrorDetails) -> bool:
    """Whether a list is called too short only because items that are wrong were not counted."""
    return error["type"] == "too_short" and len(error["input"]) > error["ctx"]["actual_length"]


def _finding(
    error: ErrorDetails, document: YamlDocument, model: type[BaseModel], where: Words
) -> Finding:
    location = _location(error["loc"], document.value)
    context = error.get("ctx", {})
    path = document.source.path
    if error["type"] == "missing":
        key = str(context.get("key", error["loc"][-1] if error["loc"] else ""))
        parent = location if "key" in context else location[:-1]
        values: dict[str, str | Words] = {"key": key, "where": _inside(parent, where)}
        return Finding("missing-key", path, document.key_span(parent), values)
    if error["type"] == "extra_forbidden":
        key = str(location[-1])
        hint, near = did_you_mean(key, _keys(model, location[:-1]))
        if near is None:
            hint = Words("请删掉或改名。", "Remove it or rename it.")
        values = {"key": key, "where": _inside(location[:-1], where), "near": hint}
        return Finding("unknown-key", path, document.key_span(location), values, near)
    sentence = _expected().get(error["type"]) or _expected()["other"]
    fill = {name: str(value).replace(" or ", ", ") for name, value in context.items()}
    fill["msg"] = error["msg"]
    # An item of a list is named by its list.
    names = [part for part in location if isinstance(part, str)]
    name: str | Words = names[-1] if names else Words(where.zh.strip(), where.en)
    expected = Words(sentence["zh"].format_map(fill), sentence["en"].format_map(fill))
    is_key = error["loc"][-1:] == ("[key]",)
    span = document.key_span(location) if is_key else document.value_span(location)
    return Finding("bad-value", path, span, {"key": name, "expected": expected})


def _inside(parent: Location, where: Words) -> Words:
    path = " › ".join(str(part) for part in parent)
    return Words(f"{path} ", path) if path else where


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
            others = [*current.get("patternProperties", {}).values()]
            others.append(current.get("additionalProperties"))
            current = resolve(next((part for part in others if isinstance(part, dict)), {}))
    return set(current.get("properties", {}))
