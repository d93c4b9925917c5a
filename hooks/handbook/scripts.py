"""What the scripts of the message blocks load on demand, each as a script that hands itself over.

A script and not plain JSON, because a page that is opened as a file may not read another file.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

from handbook.messaging.catalogue import Order, message_rules, severity_for
from handbook.messaging.ruleset import ruleset
from handbook.models import Language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from handbook.content import Content


def write_scripts(content: Content, folder: Path) -> None:
    """Write every script into a folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in _scripts(content):
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        # These two end a line in a script, but not in JSON.
        data = data.replace("\u2028", r"\u2028").replace("\u2029", r"\u2029")
        script = f'handbook.provide("{name}",{data});\n'
        (folder / f"{name}.js").write_text(script, encoding="utf-8")


def _scripts(content: Content) -> Iterator[tuple[str, Any]]:
    rules = ruleset()
    domains = {store.domain: code for code, store in content.records.stores.items()}
    yield "rules", {**rules.as_json(), "stores": domains}
    for language in get_args(Language):
        yield f"catalogue-{language}", _catalogue(language)
    for tag in rules.tags:
        yield f"words-{tag}", rules.language_json(tag)
    for message in content.messages.values():
        texts = {language: text.text for language, text in message.texts.items()}
        yield f"text-{message.id}", texts


def _catalogue(language: Language) -> dict[str, Any]:
    """Each rule in the reader's language, with its severity for each kind of order."""
    return {
        name: {
            "title": getattr(rule.title, language),
            "message": getattr(rule, language),
            "fine": rule.example.fine,
            "to": rule.to,
            "severity": {order: severity_for(name, order) for order in get_args(Order)},
        }
        for name, rule in message_rules().items()
    }
