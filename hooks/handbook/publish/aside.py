"""Something new in the place of something old: whole, or not at all.

The new folder is written beside the old one and put in its place when it is finished. Whatever
happens before, an error, an interruption, a full disk, the old one stays as it was; what an
interrupted run has left lying is cleared away by the next one.
"""

from __future__ import annotations

import contextlib
import glob
import shutil
import signal
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from handbook.interface import both

if TYPE_CHECKING:
    from collections.abc import Iterator


class RefusedError(Exception):
    """The folder cannot be replaced; the text says why, in both languages."""


class BusyError(RefusedError):
    """Another run is writing the same folder."""


class ForeignError(RefusedError):
    """The folder holds what no run of ours has made."""


@contextlib.contextmanager
def aside(target: Path, mark: str) -> Iterator[Path]:
    """Give an empty folder to write into; at the end it takes the place of `target`.

    Args:
        target: The folder to replace.
        mark: A file, relative to it, by which a former result is known: nothing else is replaced.

    Raises:
        BusyError: Another run is writing `target`.
        ForeignError: `target` is there, holds something, and is no former result.
        OSError: A folder cannot be made or renamed.
    """
    if target.exists() and any(target.iterdir()) and not (target / mark).exists():
        raise ForeignError(both("fault.foreign", folder=target))
    target.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(_beside(target, "lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BusyError(both("fault.busy")) from error
    with lock:
        _clear(target)
        with tempfile.TemporaryDirectory(
            dir=target.parent, prefix=_beside(target, "new-").name, ignore_cleanup_errors=True
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
    for left in target.parent.glob(f"{glob.escape(_beside(target, 'new-').name)}*"):
        shutil.rmtree(left, ignore_errors=True)


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Between the two renames no signal is taken: it waits until they are done."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
