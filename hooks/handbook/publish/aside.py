"""Something new in the place of something old: whole, or not at all.

The new folder is written beside the old one and put in its place when it is finished. Whatever
happens before, an error, an interruption, a full disk, the old one stays as it was; what an
interrupted run has left lying is cleared away by the next one.
"""

from __future__ import annotations

import contextlib
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

if TYPE_CHECKING:
    from collections.abc import Iterator


class BusyError(Exception):
    """Another run is writing the same folder."""


@contextlib.contextmanager
def aside(target: Path) -> Iterator[Path]:
    """Give an empty folder to write into; at the end it takes the place of `target`.

    Raises:
        BusyError: Another run is writing `target`.
        OSError: A folder cannot be made or renamed.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(target, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BusyError(target.name) from error
    with lock:
        _clear(target)
        with tempfile.TemporaryDirectory(
            dir=target.parent, prefix=f".{target.name}-", ignore_cleanup_errors=True
        ) as folder:
            new = Path(folder) / target.name
            new.mkdir()
            yield new
            swap(new, target)


def swap(new: Path, target: Path) -> None:
    """Put a finished folder in the place of another, which goes only when the new one is there."""
    old = _beside(target, "old")
    shutil.rmtree(old, ignore_errors=True)
    with _uninterrupted():
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path, ending: str) -> Path:
    return target.with_name(f".{target.name}.{ending}")


def _clear(target: Path) -> None:
    """Finish or undo what a run that was killed has left."""
    old = _beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    for left in target.parent.glob(f".{target.name}-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Between the two renames no signal is taken: it waits until they are done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
