"""nginx and Caddy with the project's configuration keep the same promises, at any path."""

from __future__ import annotations

import base64
import gzip
import re
import subprocess
from typing import TYPE_CHECKING

import brotli
import pytest

from deploy import servers
from deploy.servers import ask, shout
from handbook.publish.assets import FINGERPRINTED
from handbook.publish.compression import COMPRESSED

if TYPE_CHECKING:
    from pathlib import Path

TYPES: dict[str, str | tuple[str, ...]] = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xml": ("application/xml", "text/xml"),
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def public_files(site: Path) -> list[str]:
    """What a reader can ask for, as addresses relative to the handbook's."""
    found = []
    for file in sorted(site.rglob("*")):
        path = file.relative_to(site).as_posix()
        if not file.is_file() or file.suffix in COMPRESSED or path.startswith("_server/"):
            continue
        if file.name != "404.html":
            found.append(re.sub(r"(^|/)index\.html$", r"\1", path))
    return found


def test_every_file_is_served_with_its_type_and_the_headers(home: str, site_folder: Path) -> None:
    addresses = public_files(site_folder)
    assert len(addresses) > 300
    for address in addresses:
        answer = ask(home + address)
        file = site_folder / address
        file = file / "index.html" if file.is_dir() else file
        assert answer.status == 200, address
        assert answer.body == file.read_bytes(), address
        assert answer.headers["content-type"].startswith(TYPES.get(file.suffix, "image/")), address
        assert HEADERS.items() <= answer.headers.items(), address
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self' 'sha256-" in policy
        assert "unsafe" not in policy
        assert "geolocation=()" in answer.headers["permissions-policy"]
        lasting = "max-age=31536000" in answer.headers["cache-control"]
        assert lasting == bool(FINGERPRINTED.search(address)), address
        assert lasting or answer.headers["cache-control"] == "no-cache", address


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_text_comes_compressed_as_the_build_wrote_it(
    home: str, encoding: str, site_folder: Path
) -> None:
    decode = {"br": brotli.decompress, "gzip": gzip.decompress}[encoding]
    ending = {"br": ".br", "gzip": ".gz"}[encoding]
    for address in ("", "en/refund/", "data/pages.json", "refund/index.md", "feed.xml"):
        answer = ask(home + address, Accept_Encoding=encoding)
        file = site_folder / address
        file = file / "index.html" if file.is_dir() else file
        assert answer.headers["content-encoding"] == encoding, address
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert answer.body == file.with_name(file.name + ending).read_bytes()
        assert decode(answer.body) == file.read_bytes()


@pytest.mark.parametrize("address", ["", "en/refund/", "data/stores.json"])
def test_what_a_browser_has_already_is_not_sent_again(home: str, address: str) -> None:
    first = ask(home + address, Accept_Encoding="br")
    by_tag = ask(home + address, Accept_Encoding="br", If_None_Match=first.headers["etag"])
    assert (by_tag.status, by_tag.body) == (304, b"")
    since = first.headers["last-modified"]
    by_date = ask(home + address, Accept_Encoding="br", If_Modified_Since=since)
    assert (by_date.status, by_date.body) == (304, b"")
    changed = ask(home + address, If_None_Match='"another"')
    assert changed.status == 200


def test_part_of_a_file_is_sent(home: str, site_folder: Path) -> None:
    whole = (site_folder / "data" / "pages.json").read_bytes()
    part = ask(f"{home}data/pages.json", Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole)}"
    beyond = ask(f"{home}data/pages.json", Range=f"bytes={len(whole)}-")
    assert beyond.status == 416


@pytest.mark.parametrize(
    ("address", "language"),
    [("gone", "zh"), ("gone/deep/er/", "zh"), ("en/gone", "en"), ("en/gone/x.css", "en")],
)
def test_an_address_without_a_page_gets_words_in_its_language_that_lead_on(
    home: str, address: str, language: str
) -> None:
    answer = ask(home + address)
    text = answer.body.decode()
    assert answer.status == 404
    assert f'<html lang="{language}">' in text
    mount = re.sub(r"^https?://[^/]+", "", home)
    assert f'<base href="{mount}">' in text
    assert answer.headers["cache-control"] == "no-store"
    assert "script-src" in answer.headers["content-security-policy"]


def test_folders_are_not_listed_and_the_servers_files_are_not_shown(
    home: str, site_folder: Path
) -> None:
    folders = [folder for folder in site_folder.rglob("*") if folder.is_dir()]
    bare = [one.relative_to(site_folder) for one in folders if not (one / "index.html").exists()]
    assert len(bare) >= 3
    hidden = ["_server/nginx.conf", "_server/Caddyfile", ".site.lock", ".git/config"]
    for address in [*(f"{one}/" for one in bare), *hidden]:
        assert ask(home + address).status == 404, address


def test_a_folder_without_its_slash_leads_to_the_page_on_any_host(home: str) -> None:
    answer = ask(f"{home}en/refund")
    assert answer.status in (301, 308)
    mount = re.sub(r"^https?://[^/]+", "", home)
    assert answer.headers["location"] in (f"{mount}en/refund/", "refund/")


def test_the_path_without_its_slash_leads_to_the_home_page(server: servers.Server) -> None:
    answer = ask(server.mounts["subpath"].rstrip("/"))
    assert answer.status == 301
    assert answer.headers["location"] == servers.SUBPATH


TRAVERSALS = [
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt",
    "..%5csecret.txt",
    "en/../../secret.txt",
    "assets/..;/../../secret.txt",
    "....//secret.txt",
    "%00/../secret.txt",
    "//../secret.txt",
]


@pytest.mark.parametrize("path", TRAVERSALS)
def test_nothing_outside_the_site_is_served(home: str, path: str, site_folder: Path) -> None:
    secret = b"nobody may read this"
    (site_folder.parent / "secret.txt").write_bytes(secret)
    answer = ask(home + path)
    # Some of these paths lead to what stands beside the handbook.
    assert answer.status in (301, 308, 400, 404) or answer.body == b"the other site"
    assert secret not in answer.body
    # A path that only begins like the handbook's (/fba../) is not the handbook's.
    server = home.removesuffix(servers.SUBPATH) if servers.SUBPATH in home else home.rstrip("/")
    assert secret not in ask(f"{server}{servers.SUBPATH.rstrip('/')}{path}").body


def test_what_is_too_large_is_refused(server: servers.Server) -> None:
    for address, port in zip(
        server.mounts.values(), (server.root_port, server.subpath_port), strict=True
    ):
        assert ask(address + "x" * 20_000).status in (400, 414, 431)
        assert ask(address, Cookie="x" * 40_000).status in (400, 431)
        assert ask(address, "POST", b"x" * 100_000).status in (405, 413)
        line = shout(port, b"GET / HTTP/1.1\r\n" + b"x" * 60_000)
        assert line.split()[1:2] in ([b"400"], [b"431"]), line


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PROPFIND"])
def test_the_site_can_only_be_read(home: str, method: str) -> None:
    assert ask(f"{home}refund/", method).status in (403, 405)


def test_health(server: servers.Server) -> None:
    answer = ask(f"http://127.0.0.1:{server.root_port}/healthz")
    assert (answer.status, answer.body.strip()) == (200, b"ok")


def basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def sign_in_by_name(server: servers.Server) -> None:
    for address in server.mounts.values():
        refused = ask(f"{address}refund/")
        assert refused.status == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
        assert ask(f"{address}en/", Authorization=basic("agent", "wrong")).status == 401
        assert ask(f"{address}data/stores.json").status == 401
        assert ask(f"{address}en/", Authorization=basic("agent", "right")).status == 200
    assert ask(f"http://127.0.0.1:{server.root_port}/healthz").status == 200


def sign_in_by_proxy(server: servers.Server) -> None:
    for address in server.mounts.values():
        assert ask(f"{address}refund/").status == 401
        assert ask(f"{address}data/stores.json").status == 401
        assert ask(f"{address}refund/", X_Forwarded_User="agent").status == 200


def test_sign_in_by_name_on_nginx(root: Path, site_folder: Path, tmp_path: Path) -> None:
    hashed = subprocess.run(
        ["openssl", "passwd", "-apr1", "right"], capture_output=True, text=True, check=True
    ).stdout
    (tmp_path / "passwords").write_text(f"agent:{hashed}", encoding="utf-8")
    with servers.nginx(root, site_folder, tmp_path, sign_in="1") as server:
        sign_in_by_name(server)


def test_sign_in_by_proxy_on_nginx(root: Path, site_folder: Path, tmp_path: Path) -> None:
    with servers.nginx(root, site_folder, tmp_path, sign_in="2") as server:
        sign_in_by_proxy(server)


def test_sign_in_by_name_on_caddy(root: Path, site_folder: Path, tmp_path: Path) -> None:
    # bcrypt of "right" at the lowest cost: `caddy hash-password` takes a second for each request.
    hashed = "$2b$04$QnBfi7gAOjSbRdG5lqM6g.Sqbku6b2YdmT2.x6Ohf22NMHM89gsCW"
    with servers.caddy(root, site_folder, tmp_path, sign_in="1", password=hashed) as server:
        sign_in_by_name(server)


def test_sign_in_by_proxy_on_caddy(root: Path, site_folder: Path, tmp_path: Path) -> None:
    with servers.caddy(root, site_folder, tmp_path, sign_in="2") as server:
        sign_in_by_proxy(server)
