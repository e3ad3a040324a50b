"""The files that a command may write: none that is read, that says how to judge, or that holds something else."""

import os
from collections.abc import Collection, Iterable

from nianbao_grammar.records import NamedTuple

from nianbao.cli.errors import Misuse
from nianbao.cli.options import Option
from nianbao.files.archive import archive_above, member_at
from nianbao.files.lookup import BASELINE, SETTINGS, TOML, WAIVERS
from nianbao.text.language import Language, Text
from nianbao.text.source import UnreadableError

_OVERWRITES = Text(
    "{path} 是要检查的文件，不能当作输出文件", "{path} is to be checked: it cannot be the output too"
)
_SAME_FILE = Text("两种格式不能存进同一个文件：{path}", "two outputs cannot go into one file: {path}")
_SETS = Text(
    "{path} 是配置、规则、豁免或者基线的文件，不能当作输出文件",
    "{path} is a file of settings, rules, waivers or a baseline: it cannot be an output",
)
_REPORT = Text(
    "{path} 可能是一份报告，没有写入；要替换它，加 --force",
    "{path} may be a report and was not written: give --force to replace it",
)
_OTHER_KIND = Text(
    "{path} 里是别的内容，没有写入；要替换它，加 --force",
    "{path} holds something else and was not written: give --force to replace it",
)
_FORCE = Text("输出文件已经有别的内容的，也替换", "replace an output file that holds something else, too")
_OWN_NAMES = (SETTINGS, TOML, WAIVERS, BASELINE)
_OWN_ENDINGS = (".rules.yaml", ".cases.yaml")
_HEAD = 512  # bytes that show the kind of a file
_MARKS = ((b"PK", "archive"), (b"%PDF", "pdf"), (b"\xd0\xcf\x11\xe0", "compound"), (b"<", "markup"))
# The kinds of content that the formats of results and the formats of copies have.
KINDS = {
    **dict.fromkeys(("json", "jsonl", "sarif", "gitlab", "rdjson"), "json"),
    **dict.fromkeys(("junit", "checkstyle", "html"), "markup"),
    **dict.fromkeys(("full", "concise", "grouped", "github", "csv", "score", "markdown"), "text"),
    **dict.fromkeys(("xlsx", "docx"), "archive"),
    "pdf": "pdf",
}


class Target(NamedTuple):
    """A file to write, the *kind* of content that goes into it, "" if it is not known, and the report it is a copy of.

    A file that has the very content of that report may be replaced by the copy: nothing is lost.
    """

    path: str
    kind: str = ""
    copy_of: str = ""


def force_option(language: Language) -> Option:
    """Return the option `--force`."""
    return Option(("--force",), help=_FORCE.of(language))


def check_targets(
    targets: Iterable[Target],
    read: Iterable[str],
    language: Language,
    *,
    suffixes: Collection[str],
    force: bool,
) -> None:
    """Raise Misuse if one of *targets* must not be written; nothing has been opened then.

    *read* are the paths of all files that the command reads, whatever names they go by; files with one of the
    *suffixes* may be reports.
    """
    seen = set[object]()
    used = {identity for path in read if (identity := _identity(path)) is not None}
    for path, kind, report in targets:
        identity = _identity(path) or os.path.realpath(path)
        name = os.path.basename(os.path.realpath(path))
        if identity in used:
            raise _misuse(_SETS if _is_own(name) else _OVERWRITES, path, language)
        if identity in seen:
            raise _misuse(_SAME_FILE, path, language)
        seen.add(identity)
        if _is_own(name):
            raise _misuse(_SETS, path, language)
        if not force and os.path.isfile(path) and os.path.getsize(path) and not _same(path, report):
            _check_content(path, kind, language, suffixes)


def _check_content(path: str, kind: str, language: Language, suffixes: Collection[str]) -> None:
    from nianbao.files.own import own_kind  # only for a file that exists

    own = own_kind(path)
    if not own and path.lower().endswith(tuple(suffixes)):
        raise _misuse(_REPORT, path, language)
    if kind and _kind(path) != kind:
        raise _misuse(_OTHER_KIND, path, language)


def _same(path: str, report: str) -> bool:
    """Return whether the file at *path* has the content of *report*."""
    from filecmp import cmp  # only for a file that exists

    from nianbao.files.regular import contents

    if not report or os.path.isfile(report):
        return bool(report) and cmp(path, report, shallow=False)
    try:
        member = member_at(report)
        return member is not None and contents(path, member.size) == member.content()
    except (UnreadableError, OSError):
        return False


def _kind(path: str) -> str:
    """Return the kind of content that the file at *path* begins with."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""  # opening it reports the reason
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.startswith((b"{", b"[")):
        return "json"
    return next((kind for mark, kind in _MARKS if plain.startswith(mark)), "text")


def _identity(path: str) -> object:
    """Return the device and number of the file at *path*, the same under all its names; None if there is none.

    Of a file in an archive, they are those of the archive.
    """
    try:
        found = os.stat(archive_above(path) or path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _is_own(name: str) -> bool:
    return name.casefold() in _OWN_NAMES or name.casefold().endswith(_OWN_ENDINGS)


def _misuse(message: Text, path: str, language: Language) -> Misuse:
    return Misuse(message.fill(path=path).of(language))
