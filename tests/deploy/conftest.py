"""The servers, each started once for the tests of a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deploy import servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def nginx(
    root: Path, site_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Server]:
    """The site on nginx."""
    with servers.nginx(root, site_folder, tmp_path_factory.mktemp("nginx")) as server:
        yield server


@pytest.fixture(scope="module")
def caddy(
    root: Path, site_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[servers.Server]:
    """The site on Caddy."""
    with servers.caddy(root, site_folder, tmp_path_factory.mktemp("caddy")) as server:
        yield server


@pytest.fixture(params=["nginx", "caddy"])
def server(request: pytest.FixtureRequest) -> servers.Server:
    """Each of the servers."""
    found: servers.Server = request.getfixturevalue(request.param)
    return found


@pytest.fixture(params=["root", "subpath"])
def home(request: pytest.FixtureRequest, server: servers.Server) -> str:
    """The handbook's address: the whole site, or below a path."""
    return server.mounts[str(request.param)]
