"""What the machine refuses is said in both languages."""

from __future__ import annotations

import errno

import pytest

from handbook.faults import explain


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘满了，腾出空间再来 / the disk is full; make room and try again"),
        (errno.EFBIG, "磁盘满了，腾出空间再来 / the disk is full; make room and try again"),
        (errno.EACCES, "没有写入权限，换个文件夹或改权限 / no permission to write here"),
        (errno.EROFS, "没有写入权限，换个文件夹或改权限 / no permission to write here"),
        (errno.EIO, "读写文件出错 / a file could not be read or written"),
    ],
)
def test_a_fault_is_said_in_both_languages_with_its_place(number: int, words: str) -> None:
    said = explain(OSError(number, "why", "site/page"))
    assert said.startswith(words)
    assert said.endswith(": site/page (why)")
