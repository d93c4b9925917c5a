"""The container file, as far as it can be shown without a container engine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deploy import servers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    """The instructions of the container file, each on a line."""
    text = (root / "deploy" / "Containerfile").read_text(encoding="utf-8")
    text = re.sub(r"\\\n\s*", " ", re.sub(r"(?m)^#.*\n", "", text))
    return [line for line in text.splitlines() if line]


@pytest.fixture
def world() -> Iterator[Path]:
    """A folder that every user can read; only `tmp` in it can be written by others."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "tmp").mkdir()
        (folder / "tmp").chmod(0o1777)
        yield folder


def instruction(lines: list[str], name: str) -> list[str]:
    return [line.removeprefix(f"{name} ") for line in lines if line.startswith(f"{name} ")]


def test_it_runs_as_an_unprivileged_user_with_a_health_check(lines: list[str]) -> None:
    (user,) = instruction(lines, "USER")
    assert all(int(part) > 0 for part in user.split(":"))
    (health,) = instruction(lines, "HEALTHCHECK")
    assert "/healthz" in health
    (base,) = instruction(lines, "FROM")
    assert not base.endswith(":latest")
    assert ":" in base


def test_what_it_copies_is_there_and_may_be_sent(lines: list[str], root: Path) -> None:
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    sources = [line.split()[0] for line in instruction(lines, "COPY")]
    assert sources == ["deploy/nginx/*.conf", "site/"]
    assert ignored == ["*", "!deploy/nginx/*.conf", "!site"]
    assert list(root.glob(sources[0]))


def test_the_server_runs_as_nobody_and_writes_below_tmp_only(
    lines: list[str], root: Path, world: Path
) -> None:
    """The container's own command, on a tree where nothing but tmp can be written."""
    site = world / "site"
    (site / "_server").mkdir(parents=True)
    (site / "index.html").write_text("home", encoding="utf-8")
    (site / "_server" / "nginx.conf").write_text("add_header X-Test yes;", encoding="utf-8")
    (port,) = servers.free_ports(1)
    for file in (root / "deploy" / "nginx").glob("*.conf"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("/tmp/", f"{world}/tmp/")  # noqa: S108 - what the file says
        text = text.replace("/etc/nginx/handbook", str(world)).replace("8080", str(port))
        (world / file.name).write_text(text.replace("/srv/handbook/site", str(site)), "utf-8")
    before = {file for file in world.rglob("*") if "tmp" not in file.parts[-2:]}
    (command,) = instruction(lines, "CMD")
    arguments = [one.replace("/etc/nginx/handbook", str(world)) for one in json.loads(command)]
    nobody = 65534 if os.geteuid() == 0 else None
    log = world / "tmp" / "log"
    log.touch(0o666)
    log.chmod(0o666)
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            arguments, stdout=output, stderr=output, user=nobody, group=nobody, extra_groups=[]
        )
        try:
            servers.wait(port, process, log)
            answer = servers.ask(f"http://127.0.0.1:{port}/")
            assert (answer.status, answer.body) == (200, b"home")
            healthy(lines, port)
        finally:
            process.terminate()
            process.wait(10)
    assert {file for file in world.rglob("*") if "tmp" not in file.parts[-2:]} == before


def healthy(lines: list[str], port: int) -> None:
    """The health check says yes of this server, and no where none is."""
    (health,) = instruction(lines, "HEALTHCHECK")
    command = json.loads(health.partition("CMD ")[2])
    (nowhere,) = servers.free_ports(1)
    for asked, code in ((port, 0), (nowhere, 1)):
        arguments = [one.replace("8080", str(asked)) for one in command]
        result = subprocess.run(arguments, capture_output=True, check=False, timeout=5)
        assert result.returncode == code
