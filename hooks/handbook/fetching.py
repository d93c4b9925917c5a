"""Fetches addresses outside, on demand, and says what each one answers.

HEAD first, GET where a server does not like HEAD; again after a failure, later each time and not
before the server's `Retry-After`; a few at a time from one host. What lies in a private network or
on this machine is not fetched unless that is allowed, behind a redirect neither.

The answers are lychee's: working, redirected (for good), broken, timeout, ignored, unchecked.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import json
import socket
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import httpx

from handbook.urls import is_private, split

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping
    from pathlib import Path

Kind = Literal["working", "redirected", "broken", "timeout", "ignored", "unchecked"]
KINDS: tuple[Kind, ...] = ("working", "redirected", "broken", "timeout", "ignored", "unchecked")

_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_TOO_MANY, _UNAVAILABLE = 429, 503
_BAD, _SERVER = 400, 500
_HOPS = 10
_AGENT = "Mozilla/5.0 (compatible; handbook link check)"


@dataclass(frozen=True)
class Answer:
    """What an address answers; `detail` is a status, a new address or a reason."""

    kind: Kind
    detail: str = ""


@dataclass(frozen=True)
class Manner:
    """How addresses are fetched; times in seconds."""

    timeout: float = 20
    tries: int = 3
    pause: float = 1
    longest_pause: float = 60
    per_host: int = 2
    at_once: int = 16
    allow_private: bool = False


class _RefusedError(Exception):
    """The address lies in a private network."""


@dataclass
class Fetcher:
    """Fetches addresses, each once.

    Args:
        manner: How.
        ignored: Why an address is not fetched; None for one that is.
        sleep: Waits for some seconds.
    """

    manner: Manner = field(default_factory=Manner)
    ignored: Callable[[str], str | None] = lambda _: None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def fetch_all(self, urls: Iterable[str]) -> dict[str, Answer]:
        """The answer of each address; a fragment is not part of what is fetched."""
        wanted = sorted(set(urls))
        hosts: dict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(self.manner.per_host)
        )
        total = asyncio.Semaphore(self.manner.at_once)
        async with httpx.AsyncClient(
            timeout=self.manner.timeout, headers={"User-Agent": _AGENT}, follow_redirects=False
        ) as client:

            async def one(url: str) -> Answer:
                parts = split(url)
                async with hosts[parts.netloc if parts else ""], total:
                    return await self._answer(client, url.partition("#")[0])

            answers = await asyncio.gather(*(one(url) for url in wanted))
        return dict(zip(wanted, answers, strict=True))

    async def _answer(self, client: httpx.AsyncClient, url: str) -> Answer:
        if reason := self.ignored(url):
            return Answer("ignored", reason)
        if not url.startswith(("http://", "https://")):
            return Answer("unchecked", url.partition(":")[0])
        answer = Answer("unchecked")
        for attempt in range(1, self.manner.tries + 1):
            answer, pause = await self._try(client, url, attempt)
            if pause is None or attempt == self.manner.tries:
                break
            await self.sleep(min(pause, self.manner.longest_pause))
        return answer

    async def _try(  # noqa: PLR0911 - one line for each kind of answer
        self, client: httpx.AsyncClient, url: str, attempt: int
    ) -> tuple[Answer, float | None]:
        """One try, and for how long to wait for the next; None where none would help."""
        again = self.manner.pause * 2 ** (attempt - 1)
        try:
            response, final, permanent = await self._follow(client, url)
        except _RefusedError as refused:
            return Answer("unchecked", str(refused)), None
        except httpx.TimeoutException:
            return Answer("timeout", f"{self.manner.timeout:g} s"), again
        except (httpx.TooManyRedirects, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            return Answer("broken", type(error).__name__), None
        except (httpx.HTTPError, OSError, ValueError) as error:
            # A ValueError: the server names as its other address what is none.
            return Answer("broken", str(error) or type(error).__name__), again
        status = response.status_code
        if status == _TOO_MANY:
            return Answer("unchecked", str(status)), _retry_after(response) or again
        if status >= _SERVER:
            return Answer("broken", str(status)), _retry_after(response) or again
        if status >= _BAD:
            return Answer("broken", str(status)), None
        return Answer("redirected", final) if permanent else Answer("working", str(status)), None

    async def _follow(
        self, client: httpx.AsyncClient, url: str
    ) -> tuple[httpx.Response, str, bool]:
        """The last response, its address, and whether every step to it was for good."""
        permanent: list[bool] = []
        for _ in range(_HOPS):
            await self._refuse_private(url)
            response = await client.head(url)
            if response.status_code >= _BAD and response.status_code != _TOO_MANY:
                async with client.stream("GET", url) as response:
                    pass
            target = response.headers.get("location")
            if response.status_code not in _REDIRECTS or not target:
                return response, url, bool(permanent) and all(permanent)
            permanent.append(response.status_code in _PERMANENT)
            url = urljoin(url, target)
        message = "too many redirects"
        raise httpx.TooManyRedirects(message, request=response.request)

    async def _refuse_private(self, url: str) -> None:
        if self.manner.allow_private:
            return
        parts = split(url)
        host = (parts.hostname if parts else None) or ""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
        private = [str(entry[4][0]) for entry in found if is_private(str(entry[4][0]))]
        if private:
            raise _RefusedError(private[0])


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that a server asks to wait, as a number or as a date."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdecimal():
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    now = dt.datetime.now(when.tzinfo or dt.UTC)
    return max(0.0, (when.replace(tzinfo=when.tzinfo or dt.UTC) - now).total_seconds())


@dataclass
class Cache:
    """Good answers of earlier runs, in a file; older ones than `age` are not used."""

    file: Path
    age: dt.timedelta
    now: dt.datetime

    def read(self) -> dict[str, Answer]:
        """The answers that are young enough; none where the file cannot be read."""
        try:
            stored: Mapping[str, Mapping[str, str]] = json.loads(
                self.file.read_text(encoding="utf-8")
            )
            return {
                url: Answer("working" if one["kind"] == "working" else "redirected", one["detail"])
                for url, one in stored.items()
                if self.now - dt.datetime.fromisoformat(one["at"]) <= self.age
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def write(self, kept: Mapping[str, Answer], new: Mapping[str, Answer]) -> None:
        """Keep the good answers; those of this run with its time."""
        before = self._stored()
        entries = {url: before[url] for url in kept if url in before}
        for url, answer in new.items():
            if answer.kind in ("working", "redirected"):
                entries[url] = asdict(answer) | {"at": self.now.isoformat()}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        temporary = self.file.with_suffix(".new")
        temporary.write_text(json.dumps(entries, indent=1, sort_keys=True), encoding="utf-8")
        temporary.replace(self.file)

    def _stored(self) -> dict[str, dict[str, str]]:
        try:
            stored: dict[str, dict[str, str]] = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stored if isinstance(stored, dict) else {}
