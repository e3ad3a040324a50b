"""Reasons of the system: in a Chinese sentence no word of English."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from nianbao.files.system_errors import reason_of

LATIN = re.compile(r"[A-Za-z]")
# What a user meets: a mistyped path, a folder for a file, rights, a full or broken disk, a program that ended.
MET = [
    "EACCES",
    "EBUSY",
    "ECONNRESET",
    "EEXIST",
    "EFBIG",
    "EINVAL",
    "EIO",
    "EISDIR",
    "ELOOP",
    "EMFILE",
    "ENAMETOOLONG",
    "ENOENT",
    "ENOSPC",
    "ENOTDIR",
    "EPERM",
    "EPIPE",
    "EROFS",
    "ETXTBSY",
]


def _circle(folder: Path) -> Path:
    (folder / "甲").symlink_to(folder / "乙")
    (folder / "乙").symlink_to(folder / "甲")
    return folder / "甲"


def _below_a_file(folder: Path) -> Path:
    (folder / "甲.txt").touch()
    return folder / "甲.txt" / "乙.txt"


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        (lambda folder: folder / "没有.txt", "没有这个文件", "no such file"),
        (lambda folder: folder, "文件夹", "folder"),
        (_below_a_file, "不是文件夹", "not a folder"),
        (lambda folder: folder / ("长" * 400), "太长", "too long"),
        (_circle, "链接", "links"),
        (lambda folder: f"{folder}/\0", "字符", "character"),
    ],
)
def test_what_open_raises_has_a_reason_in_both_languages(
    path: Callable[[Path], Path | str], zh: str, en: str, tmp_path: Path
) -> None:
    with pytest.raises((OSError, ValueError)) as raised:
        open(path(tmp_path)).close()

    reason = reason_of(raised.value)

    assert zh in reason.zh
    assert not LATIN.search(reason.zh)
    assert en in reason.en


@pytest.mark.parametrize("name", MET)
def test_what_a_user_meets_is_said_in_chinese_alone(name: str) -> None:
    number = getattr(errno, name)

    reason = reason_of(OSError(number, os.strerror(number), "a.txt"))

    assert not LATIN.search(reason.zh)
    assert reason.en.isascii()
    assert "a.txt" not in reason.en


@pytest.mark.parametrize("number", errno.errorcode)
def test_every_other_is_given_by_its_number_and_the_words_of_the_system(number: int) -> None:
    words = os.strerror(number)

    reason = reason_of(OSError(number, words))

    assert not LATIN.search(reason.zh) or reason.zh == f"系统错误 {number}：{words}"


def test_an_error_without_a_number_has_its_own_words() -> None:
    assert reason_of(OSError("broken")).zh == "系统错误：broken"
    assert reason_of(TimeoutError()).zh == "系统错误：TimeoutError"
