"""CODEOWNERS: who is asked about a change to which file, from the owners in front matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handbook.content import Content

FILE = "CODEOWNERS"
# Teams of the organisation that the repository belongs to; an organisation of another name changes
# this one word.
ORGANISATION = "handbook"

_HEAD = """\
# Written by `handbook owners` from the owners in front matter; do not edit.
# The last line that fits a file counts.
"""
# What has no front matter.
_OTHERS = {
    "*": "it",
    "/docs/": "editors",
    "/docs/_messages/": "customer-service",
    "/docs/_data/claim-windows.yml": "operations",
    "/docs/_data/do-not-use.yml": "customer-service",
    "/docs/_data/stores.yml": "customer-service",
}


def codeowners(content: Content) -> str:
    """The text of the file."""
    lines = [f"{pattern} {_team(owner)}" for pattern, owner in _OTHERS.items()]
    owners = {page.slug: page.meta.owner for page in content.pages.values() if page.meta}
    lines += [f"/docs/{slug}.*.md {_team(owner)}" for slug, owner in sorted(owners.items())]
    return _HEAD + "\n".join(lines) + "\n"


def _team(owner: str) -> str:
    return f"@{ORGANISATION}/{owner}"
