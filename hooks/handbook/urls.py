"""Addresses outside the handbook: whether one is well formed, safe and what it pretends to be.

Nothing here reads a page or asks the network; what is known about hosts stands in `hosts.yml`.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from urllib.parse import SplitResult

RECORD_SCHEMES = ("store", "phone", "term", "message")

_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE)
_MAIL = re.compile(r"[^@\s,;<>()]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
# Full-width signs and Han characters never stand in an address unless they are encoded.
_WIDE = re.compile(r"[\u3000-\u303f\uff01-\uff65\u2018-\u201d\u2026]")
_LINE = re.compile(r"[\s\x00-\x1f\x7f\\]")
_REF_SEGMENT = re.compile(r"^ref[=_]", re.IGNORECASE)
_MAX_HOST = 253


@dataclass(frozen=True)
class Problem:
    """What is wrong with an address: the rule's name, the rule's values, a better address."""

    rule: str
    values: Mapping[str, str] = field(default_factory=dict)
    better: str | None = None


@cache
def _known() -> Mapping[str, Any]:
    text = resources.files("handbook").joinpath("hosts.yml").read_text(encoding="utf-8")
    known: Mapping[str, Any] = yaml.safe_load(text)
    return known


def scheme_of(target: str) -> str | None:
    """The scheme of a target in lower-case letters; None where it has none."""
    match = _SCHEME.match(target)
    return match["scheme"].lower() if match else None


def problem_of(url: str, stores: Iterable[str], *, record: bool = False) -> Problem | None:
    """The first thing that is wrong with a target that has a scheme, or None.

    Args:
        url: The target as it is written.
        stores: The domains of Amazon's stores.
        record: Whether it is the address of a source, which may be anyone's page.
    """
    scheme = scheme_of(url)
    if url.startswith("//") or scheme is None:
        return Problem("malformed-link", {"url": url}, "https:" + url)
    if scheme == "mailto":
        return None if _is_mail(url) else Problem("malformed-link", {"url": url})
    if scheme == "tel":
        return None
    if scheme == "http" and url[5:7] == "//" and "://[" not in url:
        return Problem("insecure-link", {"found": url}, "https" + url[4:])
    if scheme not in ("http", "https"):
        near = get_close_matches(scheme, ["https", "http"], n=1, cutoff=0.7)
        better = "https://" + url.partition(":")[2].lstrip("/") if near else None
        return Problem("bad-scheme", {"scheme": scheme}, better)
    return _web_problem(url, tuple(stores), record=record)


def _is_mail(url: str) -> bool:
    addresses = url[len("mailto:") :].partition("?")[0]
    return all(_MAIL.fullmatch(one) for one in unquote(addresses).split(","))


def _web_problem(  # noqa: PLR0911 - one line for each thing that can be wrong
    url: str, stores: tuple[str, ...], *, record: bool
) -> Problem | None:
    rest = url.partition(":")[2]
    if not rest.startswith("//") or rest.startswith("///"):
        return Problem("malformed-link", {"url": url}, "https://" + rest.lstrip("/"))
    if wide := _WIDE.search(url):
        return Problem("malformed-link", {"url": url}, url[: wide.start()])
    parts = split(url)
    if parts is None or _LINE.search(url):
        return Problem("malformed-link", {"url": url})
    host = (parts.hostname or "").lower()
    if parts.username is not None or not _is_host(host):
        return Problem("bad-host", {"host": parts.netloc or url})
    if imitates_amazon(host, stores, anywhere=not record):
        return Problem("look-alike-host", {"host": host})
    if _belongs(host, _known()["shorteners"]):
        return Problem("short-link", {"host": host})
    if tracked := _tracking(parts):
        return Problem("tracking-parameter", {"name": tracked[0]}, tracked[1])
    return None


def split(url: str) -> SplitResult | None:
    """The parts of an address, or None where it has none."""
    try:
        parts = urlsplit(url)
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def _is_host(host: str) -> bool:
    """Whether a host is a public name: labels of letters, digits and hyphens, and a last one."""
    try:
        ascii_host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return False
    labels = ascii_host.split(".")
    return (
        len(labels) > 1
        and len(ascii_host) <= _MAX_HOST
        and all(_LABEL.fullmatch(label) for label in labels)
        and bool(re.search(r"[a-z]", labels[-1]))
        and labels[-1] not in ("localhost", "local", "internal", "invalid")
    )


def is_private(host: str) -> bool:
    """Whether a host is an address that is not on the public internet."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False


def _belongs(host: str, domains: Iterable[str]) -> bool:
    return any(host == domain or host.endswith("." + domain) for domain in domains)


def is_amazon(host: str, stores: Iterable[str]) -> bool:
    """Whether a host is a store's domain, another of Amazon's, or a subdomain of one."""
    return _belongs(host, stores) or _belongs(host, _known()["amazon"])


def imitates_amazon(host: str, stores: Iterable[str], *, anywhere: bool = True) -> bool:
    """Whether a host looks like Amazon's and is not.

    Args:
        host: The host in lower-case letters.
        stores: The domains of Amazon's stores.
        anywhere: Whether the name in the middle of a longer word counts; otherwise it must be a
            word of its own, so that `amazonforum.example` is only a page about Amazon.
    """
    if is_amazon(host, stores) or _belongs(host, _known()["shorteners"]):
        return False
    try:
        readable = host.encode().decode("idna") if "xn--" in host else host
    except UnicodeError:
        readable = host
    words = re.split(r"[.-]", _plain(readable))
    if any(anywhere and "amazon" in word for word in words):
        return True
    return any(word == "amzn" or _nearly(word, "amazon") for word in words)


def _plain(text: str) -> str:
    """The Latin letters that a name pretends to be made of."""
    table = _known()["confusables"]
    letters = unicodedata.normalize("NFKD", text.lower())
    plain = "".join(
        table.get(letter, letter) for letter in letters if not unicodedata.combining(letter)
    )
    return plain.replace("rn", "m").replace("vv", "w")


def _nearly(word: str, name: str) -> bool:
    """Whether a word is a name, or differs from it by one letter: changed, left out, put in."""
    if word == name:
        return True
    if abs(len(word) - len(name)) > 1:
        return False
    if len(word) == len(name):
        wrong = [index for index in range(len(name)) if word[index] != name[index]]
        swapped = len(wrong) == 2 and sorted(word) == sorted(name)  # noqa: PLR2004 - a pair
        return len(wrong) == 1 or swapped
    short, long = sorted((word, name), key=len)
    return any(long[:index] + long[index + 1 :] == short for index in range(len(long)))


def _tracking(parts: SplitResult) -> tuple[str, str] | None:
    """The first tracking parameter and the address without any; None where there is none."""
    query = parse_qsl(parts.query, keep_blank_values=True)
    bad = [name for name, _ in query if _is_tracking(name)]
    segments = parts.path.split("/")
    references = [segment for segment in segments if _REF_SEGMENT.match(segment)]
    if not bad and not references:
        return None
    kept = urlencode([(name, value) for name, value in query if not _is_tracking(name)])
    path = "/".join(segment for segment in segments if not _REF_SEGMENT.match(segment))
    return (bad or ["ref="])[0], urlunsplit(parts._replace(query=kept, path=path))


def _is_tracking(name: str) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in _known()["tracking"])


def store_of(url: str, domains: Mapping[str, str]) -> str | None:
    """The code of the store whose shop a link leads to, by its domain; None for any other."""
    parts = split(url)
    host = (parts.hostname or "").lower() if parts else ""
    return next(
        (code for code, domain in domains.items() if host in (domain, f"www.{domain}")), None
    )


def encoded(url: str) -> str:
    """An address with what needs it percent-encoded, once."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")
