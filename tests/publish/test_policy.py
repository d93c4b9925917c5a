"""The Content-Security-Policy allows the scripts that are there, and no other."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from handbook.publish.policy import content_security_policy, write_policy

if TYPE_CHECKING:
    from pathlib import Path


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split("; ")]
    return {name: values for name, *values in parts}


def test_inline_scripts_and_styles_are_allowed_by_their_hash() -> None:
    page = "<style>a{}</style><script>one()</script><script>\n two('数') </script>"
    found = directives(content_security_policy([page, page]))
    assert found["script-src"] == ["'self'", *sorted([digest("one()"), digest("\n two('数') ")])]
    assert found["style-src"] == ["'self'", digest("a{}")]


def test_data_and_files_need_no_hash() -> None:
    page = '<script type="application/json">{}</script><script src="x.js"></script>'
    assert directives(content_security_policy([page]))["script-src"] == ["'self'"]


def test_nothing_else_is_allowed() -> None:
    policy = content_security_policy([])
    found = directives(policy)
    assert found["default-src"] == ["'none'"]
    assert "unsafe" not in policy
    assert "//" not in policy
    assert "*" not in policy
    for name in ("base-uri", "form-action", "frame-ancestors"):
        assert found[name] == ["'self'"]


def test_the_servers_files_hold_the_policy_of_all_pages(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "404.html").write_text("<script>zh()</script>", encoding="utf-8")
    (tmp_path / "en" / "404.html").write_text("<script>en()</script>", encoding="utf-8")
    write_policy(tmp_path)
    nginx = (tmp_path / "_server" / "nginx.conf").read_text(encoding="utf-8")
    caddy = (tmp_path / "_server" / "Caddyfile").read_text(encoding="utf-8")
    for text in (digest("zh()"), digest("en()")):
        assert text in nginx
        assert text in caddy
    assert nginx.startswith('add_header Content-Security-Policy "default-src ')
    assert nginx.endswith('" always;\n')
    assert caddy.startswith('header Content-Security-Policy "default-src ')
