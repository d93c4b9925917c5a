"""Every page stands in the navigation. Only who builds the site knows what that holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from handbook.content import Page


def check_navigation(pages: Iterable[Page], listed: Collection[str]) -> Iterator[Finding]:
    """Pages that no reader comes to.

    Args:
        pages: Those that readers are to come to.
        listed: The paths of the files that the navigation names.
    """
    for page in pages:
        if page.source.path not in listed:
            values = {"file": f"{page.slug}.md"}
            yield Finding("unlisted-page", page.source.path, page.source.line_span(1), values)
