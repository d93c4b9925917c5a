"""`make bundle`: the whole site as one zip that opens from the file system, with its checksum."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from build import ROOT, build, guarded
from handbook.export import VERSION
from handbook.interface import both
from handbook.publish.aside import aside
from handbook.publish.offline import NAME, write_bundle


def main() -> int:
    """Build, pack and swap; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    target: Path = parser.parse_args().dist.resolve()

    def work() -> str:
        with aside(target, NAME) as new, tempfile.TemporaryDirectory(dir=new.parent) as folder:
            site = Path(folder) / "site"
            build(site, draft=True)
            version = json.loads((site / VERSION).read_text(encoding="utf-8"))
            write_bundle(site, new, version["content_date"])
        return f"{both('terminal.bundled')}: {target / NAME}"

    return guarded("make bundle", work)


if __name__ == "__main__":
    raise SystemExit(main())
