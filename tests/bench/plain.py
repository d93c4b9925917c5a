"""The baseline: the same rendered pages in the theme's own templates, styles and search."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def plain_config(config: str) -> str:
    """The project's configuration without what the handbook puts in the place of the theme's."""
    config = _without(config, r"  custom_dir: overrides\n")
    config = _without(config, r"extra_css:\n(?:  .*\n)+")
    config = _without(config, r"extra_javascript:\n(?:  .*\n)+")
    features = "  name: material\n  features: [search.highlight, search.suggest, toc.follow]\n"
    config = config.replace("  name: material\n", features, 1)
    return config.replace("\nplugins:\n", "\nplugins:\n  - search\n", 1)


def _without(text: str, pattern: str) -> str:
    rest, times = re.subn(pattern, "", text)
    if times != 1:
        raise SystemExit(pattern)
    return rest


def build_plain(root: Path, site: Path) -> None:
    """Build the project at `root` as the plain theme shows it; its configuration is changed."""
    file = root / "mkdocs.yml"
    file.write_text(plain_config(file.read_text(encoding="utf-8")), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
