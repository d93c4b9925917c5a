"""What a bench gives: a figure beside its baseline, and the table of all."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True)
class Figure:
    """One measured thing; `baseline` is measured in the same run, or None where there is none."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The median time of some runs of a piece of work, in seconds."""
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def print_table(subject: str, figures: Iterable[Figure]) -> None:
    """The figures of one subject, with their ratio to the baseline."""
    print(f"\n{subject}")
    for figure in figures:
        line = f"  {figure.name:<66} {figure.value:>10.2f} {figure.unit}"
        if figure.baseline:
            ratio = figure.value / figure.baseline
            line += f"   {ratio:.2f} x {figure.against} ({figure.baseline:.2f} {figure.unit})"
        print(line, flush=True)
