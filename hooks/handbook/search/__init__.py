"""The search index: what can be found, written as one script per language.

A script, not JSON: a page that was opened as a file may load a script and nothing else.
"""

from __future__ import annotations

from handbook.search.index import write_index

__all__ = ["write_index"]
