"""New in the place of old: whole, or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from handbook.publish.aside import BusyError, ForeignError, aside, swap


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A folder that is there already."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "page").write_text("old", encoding="utf-8")
    return folder


def page(target: Path) -> str:
    return (target / "page").read_text(encoding="utf-8")


def write(folder: Path) -> None:
    (folder / "page").write_text("new", encoding="utf-8")


def left(target: Path) -> list[str]:
    return sorted(file.name for file in target.parent.iterdir() if file.suffix != ".lock")


def test_what_is_finished_takes_the_place(target: Path) -> None:
    with aside(target, "page") as new:
        write(new)
        assert page(target) == "old"
    assert page(target) == "new"
    assert left(target) == ["site"]


def test_the_first_time_there_is_nothing_to_replace(tmp_path: Path) -> None:
    with aside(tmp_path / "made" / "site", "page") as new:
        write(new)
    assert page(tmp_path / "made" / "site") == "new"


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), ValueError()]
)
def test_whatever_happens_before_the_old_one_stays(target: Path, error: BaseException) -> None:
    def fail() -> None:
        with aside(target, "page") as new:
            write(new)
            raise error

    with pytest.raises(type(error)):
        fail()
    assert page(target) == "old"
    assert left(target) == ["site"]


def test_two_at_once_the_second_is_refused_and_spoils_nothing(target: Path) -> None:
    with aside(target, "page") as new:
        write(new)
        with pytest.raises(BusyError), aside(target, "page"):
            pass
    assert page(target) == "new"


def test_if_the_new_one_cannot_move_the_old_one_moves_back(
    target: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    rename = Path.rename

    def refuse(self: Path, other: Path) -> Path:
        if self == new:
            raise PermissionError(errno.EACCES, "denied", str(self))
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        swap(new, target)
    assert page(target) == "old"


def test_what_a_killed_run_has_left_is_cleared_away(target: Path) -> None:
    # Killed between the two renames, with its own folder still there.
    target.rename(target.with_name(".site.old"))
    (target.parent / ".site.new-abc").mkdir()
    seen = []
    with aside(target, "page") as new:
        seen.append(page(target))
        write(new)
    assert seen == ["old"]
    assert page(target) == "new"
    assert left(target) == ["site"]


def test_what_only_looks_alike_beside_it_stays(target: Path) -> None:
    others = [target.with_name(name) for name in (".site-of-somebody", ".site.new", "site.old")]
    for other in others:
        other.mkdir()
    with aside(target, "page") as new:
        write(new)
    assert all(other.exists() for other in others)


def test_a_folder_of_others_is_not_replaced(target: Path) -> None:
    with pytest.raises(ForeignError, match="site"), aside(target, "another page"):
        pass
    assert page(target) == "old"
    assert left(target) == ["site"]


def test_an_empty_folder_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    with aside(tmp_path / "site", "page") as new:
        write(new)
    assert page(tmp_path / "site") == "new"
