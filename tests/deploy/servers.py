"""Real web servers with the project's own configuration, on free ports of this machine."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUBPATH = "/team/wiki/fba/"


@dataclass(frozen=True)
class Server:
    """A server that runs: its port at which the handbook is the whole site, or below a path."""

    root_port: int
    subpath_port: int

    @property
    def mounts(self) -> dict[str, str]:
        """The handbook's addresses, with a slash at the end."""
        return {
            "root": f"http://127.0.0.1:{self.root_port}/",
            "subpath": f"http://127.0.0.1:{self.subpath_port}{SUBPATH}",
        }


@dataclass(frozen=True)
class Answer:
    """What a server answered; the names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """One request, as it is written: nothing is normalised, no redirect is followed."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        target = address.removeprefix(f"{parts.scheme}://{parts.netloc}")
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target, body, names)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def shout(port: int, request: bytes) -> bytes:
    """Send bytes that no client would; gives the first line of the answer."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(request)
        return connection.recv(4096).partition(b"\r\n")[0]


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def edited(file: Path, edits: dict[str, str]) -> str:
    """A configuration with the edits that an administrator would make; each must be possible."""
    text = file.read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text, f"{file.name}: {old}"
        text = text.replace(old, new)
    return text


@contextlib.contextmanager
def nginx(root: Path, site: Path, folder: Path, sign_in: str = "") -> Iterator[Server]:
    """Run nginx with `deploy/nginx` for a site.

    Args:
        root: The project's folder.
        site: The built site.
        folder: Where the edited configuration goes.
        sign_in: The number of the sign-in to switch on, if any.
    """
    ports = free_ports(2)
    source = root / "deploy" / "nginx"
    for file in source.glob("*.conf"):
        text = file.read_text(encoding="utf-8")
        text = text.replace("/tmp/", f"{folder}/")  # noqa: S108 - what the file says
        text = text.replace("/etc/nginx/handbook", str(folder))
        text = text.replace("/srv/handbook/site", str(site)).replace("8080", str(ports[0]))
        (folder / file.name).write_text(text, encoding="utf-8")
    main = folder / "nginx.conf"
    other = f"server {{ listen {ports[1]}; include {folder}/subpath.conf; }}"
    text = re.sub(r"\}\s*$", f"{other}\n}}\n", main.read_text(encoding="utf-8"))
    # Tests may run as root, whose folders others cannot read.
    main.write_text(f"user root;\ndaemon off;\n{text}", encoding="utf-8")
    if sign_in:
        switch_on(folder / "site.conf", sign_in)
    command = ["nginx", "-c", str(main), "-e", str(folder / "error.log")]
    with _running(command, ports, folder):
        yield Server(*ports)


def switch_on(file: Path, sign_in: str) -> None:
    """Take the comment signs from one of the two ways to sign in, as an administrator would."""
    text = file.read_text(encoding="utf-8")
    block = re.search(rf"# {sign_in}\. .*?(?=\n\s*# \d|\n\n|\Z)", text, re.DOTALL)
    assert block is not None
    lines = re.sub(r"(?m)^(\s*)#(?! )", r"\1", block[0])
    lines = lines.replace("192.0.2.10", "127.0.0.1")
    file.write_text(text.replace(block[0], lines), encoding="utf-8")


@contextlib.contextmanager
def caddy(
    root: Path, site: Path, folder: Path, sign_in: str = "", password: str = ""
) -> Iterator[Server]:
    """Run Caddy with `deploy/caddy` for a site, also below a path.

    Args:
        root: The project's folder.
        site: The built site.
        folder: Where the edited configuration goes.
        sign_in: The number of the sign-in to switch on, if any.
        password: What stands in the place of the password's hash.
    """
    ports = free_ports(2)
    text = edited(
        root / "deploy" / "caddy" / "Caddyfile",
        {"/srv/handbook/site": str(site), ":8080": f":{ports[0]}"},
    )
    head, _, tail = text.partition("# At a path below another site")
    tail = "\n".join(re.findall(r"(?m)^#(.*)$", tail)).replace(f":{ports[0]}", f":{ports[1]}")
    file = folder / "Caddyfile"
    file.write_text(f"{head}\n{tail}\n", encoding="utf-8")
    if sign_in:
        switch_on(file, sign_in)
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("$2a$14$REPLACE", password), encoding="utf-8")
    command = ["caddy", "run", "--config", str(file), "--adapter", "caddyfile"]
    with _running(command, ports, folder):
        yield Server(*ports)


@contextlib.contextmanager
def _running(command: list[str], ports: list[int], folder: Path) -> Iterator[None]:
    log = folder / "output.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            # Caddy keeps its state in the home folder.
            env=os.environ | {"HOME": str(folder), "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""},
        )
        try:
            for port in ports:
                wait(port, process, log)
            yield
        finally:
            process.terminate()
            process.wait(10)


def wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server takes connections; what it said, if it ends instead."""
    for _ in range(200):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(log.read_text(encoding="utf-8"))
