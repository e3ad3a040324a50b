"""A folder accounted for: each file in it and below is a report to check, refused with a reason, or left out."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence, Set
from enum import StrEnum
from typing import TYPE_CHECKING

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.files.archive import SUFFIX, Member, is_archive, members
from nianbao.files.ignoring import patterns_of
from nianbao.files.lookup import folders, leads_out
from nianbao.files.own import own_kind, own_kind_of
from nianbao.files.system_errors import NO_REGULAR_FILE, reason_of
from nianbao.text.language import Text
from nianbao.text.source import UnreadableError

if TYPE_CHECKING:  # imported only if a folder has patterns
    from pathspec import GitIgnoreSpec

IGNORE = ".gitignore"
_LIKELY_NAME = re.compile("年报|年度报告|信息公开")
# Files that people hand in as a report, or with a report in them, and that no reader of ours reads.
_TEXTS = "cebx?|gd|gw|sep|caj|kdh|xps|epub|mht|mhtml|docm|dot|dotx|dotm|wpt|odt|uof|uot|pages"
_SHEETS = "xls|xlsx|xlsm|xlsb|et|ett|ods|uos|numbers"
_PACKED = re.compile(r"\.(?:zip|rar|7z|tar|gz|tgz)$", re.IGNORECASE)
_DOCUMENT = re.compile(rf"\.(?:{_TEXTS}|{_SHEETS})$", re.IGNORECASE)
_PROJECT = re.compile(
    r"nianbao\.(?:yaml|waivers\.yaml|baseline\.jsonl)|pyproject\.toml|units\.csv"
    r"|(?:readme|licen[cs]e|changelog|contributing|security)(?:[._-][a-z-]+)?(?:\.md|\.txt)?",
    re.IGNORECASE,
)
_LOCKS = "~$", ".~"
_MACOS = "__MACOSX"  # the folder of what a Mac adds to an archive
_COPY = re.compile("[带有已]?(?:批注|标注|副本|annotated|notes|copy)[版本稿]?", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")

_UNKNOWN = Text(
    "读不了这种格式（{suffix}），没有检查；是报告的，另存为 docx 或 PDF，不是的用 --exclude 排除",
    "files of this kind ({suffix}) cannot be read, so it is not checked: save it as docx or PDF if it is a report, else leave it out by --exclude",
)
_TO_UNPACK = Text(
    "是压缩包（{suffix}），没有检查；先解压，再检查里面的报告",
    "an archive ({suffix}), so it is not checked: unpack it and check the reports in it",
)
_NESTED = Text(
    "是压缩包里的压缩包，没有检查；先解压，再检查里面的报告",
    "an archive in an archive, so it is not checked: unpack it and check the reports in it",
)
_NO_SUFFIX = Text("没有后缀", "no suffix")
_ELSEWHERE = Text(
    "链接指向别处的文件夹，没有进去；要检查的，把那个文件夹也写上",
    "a link to a folder elsewhere, which is not followed: name that folder too if it is to be checked",
)
_LONE_COPY = Text(
    "这是批注副本，它的报告不在这个文件夹里，没有检查；要检查的，单独写上它",
    "an annotated copy whose report is not in this folder, so it is not checked: name the file itself to check it",
)
_NOT_READ = Text("读不出来：{why}", "cannot be read: {why}")
_FORBIDDEN = Text("没有读取权限", "permission denied")
_NOT_OBEYED = Text("没有照 {path} 排除文件：{why}", "{path} leaves no file out: {why}")
_LINK = Text("是指到别处的链接，没有读", "a link to a file elsewhere, which was not read")


class LeftOutReason(StrEnum):
    """The reason why a file of a folder is left out: nothing that could be a report is lost by it."""

    OTHER = "other"
    HIDDEN = "hidden"
    IGNORED = "ignored"
    EXCLUDED = "excluded"
    PROJECT = "project"
    LOCK = "lock"
    COPY = "copy"
    RESULT = "result"
    SPECIAL = "special"
    LINK = "link"

    @property
    def text(self) -> Text:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    LeftOutReason.OTHER: Text("其他文件", "other files"),
    LeftOutReason.HIDDEN: Text("隐藏的", "hidden"),
    LeftOutReason.IGNORED: Text(".gitignore 排除的", "left out by .gitignore"),
    LeftOutReason.EXCLUDED: Text("--exclude 排除的", "left out by --exclude"),
    LeftOutReason.PROJECT: Text("配置和说明", "settings and readme files"),
    LeftOutReason.LOCK: Text("办公软件的临时文件", "lock files"),
    LeftOutReason.COPY: Text("批注副本", "annotated copies"),
    LeftOutReason.RESULT: Text("检查结果", "results of a check"),
    LeftOutReason.SPECIAL: Text("管道、套接字、设备", "pipes, sockets and devices"),
    LeftOutReason.LINK: Text("链接", "links"),
}


class Wanted(NamedTuple):
    """The files of a folder to be checked, in the patterns of a .gitignore.

    *include* adds to the files of the known suffixes, *exclude* takes away from both.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Candidate(NamedTuple):
    """A file that may be a report, to be checked; or a folder or file that is *refused* for a reason."""

    path: str
    refused: Text | None = None
    member: Member | None = None  # of an archive, if it is in one


class LeftOut(NamedTuple):
    """A file that is no report, or not wanted, or a folder of such files."""

    path: str
    reason: LeftOutReason

    @property
    def name(self) -> str:
        """The path as it is shown: a file name that is not UTF-8 must not stop an output that is."""
        return os.fsencode(self.path).decode("utf-8", "replace")


Entry = Candidate | LeftOut


class _Ignored(NamedTuple):
    """The patterns of one .gitignore, which apply to everything below *folder*."""

    folder: str
    patterns: "GitIgnoreSpec"

    def excludes(self, path: str, *, folder: bool) -> bool | None:
        """Return whether *path* is left out, None if no pattern matches it."""
        name = os.path.relpath(path, self.folder).replace(os.sep, "/") + ("/" if folder else "")
        return self.patterns.check_file(name).include


def walk(
    folder: str, suffixes: tuple[str, ...], wanted: Wanted, notice: Callable[[Text], None]
) -> Iterator[Entry]:
    """Yield an entry for each file in *folder* and below it, sorted folder by folder.

    A hidden folder, one that a .gitignore excludes and a link to a folder are one entry each; so is a folder
    below that cannot be read. *notice* is told of each .gitignore that is passed over. Raises OSError if the
    folder itself cannot be read.
    """
    os.scandir(folder).close()
    yield from _Walk(folder, suffixes, wanted, notice).entries()


def walk_archive(
    path: str, suffixes: tuple[str, ...], wanted: Wanted, notice: Callable[[Text], None]
) -> Iterator[Entry]:
    """Yield an entry for each file in the archive *path*, or the archive itself with the reason it cannot be read."""
    yield from _Walk(path, suffixes, wanted, notice).in_archive(path, ())


class _Walk:
    def __init__(
        self, folder: str, suffixes: tuple[str, ...], wanted: Wanted, notice: Callable[[Text], None]
    ) -> None:
        self.folder = folder
        self.suffixes = suffixes
        self.include, self.exclude = map(patterns_of, wanted)
        self.notice = notice
        self.failed: list[OSError] = []

    def entries(self) -> Iterator[Entry]:
        ignored = self._above()
        for here, inner, names in os.walk(self.folder, onerror=self.failed.append):
            yield from self._unreadable()
            ignored = [patterns for patterns in ignored if inside(here, patterns.folder)]
            ignored += self._in(here)
            outside = [entry for name in sorted(inner) if (entry := self._not_entered(here, name, ignored))]
            kept_out = {os.path.basename(entry.path) for entry in outside}
            inner[:] = sorted(name for name in inner if name not in kept_out)
            files = [self._file(os.path.join(here, name), ignored) for name in sorted(names)]
            for entry in _copies_settled(files):
                if isinstance(entry, Candidate) and not entry.refused and is_archive(entry.path):
                    yield from self.in_archive(entry.path, ignored)
                else:
                    yield entry
            yield from outside
        yield from self._unreadable()

    def in_archive(self, path: str, ignored: Sequence[_Ignored]) -> Iterator[Entry]:
        """Yield an entry for each file in the archive *path*, its folders settled one by one as others are."""
        try:
            found = members(path) or ()
        except OSError as error:
            yield Candidate(path, refusal(error))
            return
        except UnreadableError as error:
            yield Candidate(path, error.reason)
            return
        by_folder: dict[str, list[Entry]] = {}
        for member in sorted(found, key=lambda member: member.name):
            by_folder.setdefault(os.path.dirname(member.name), []).append(self._member(member, ignored))
        for entries in by_folder.values():
            yield from _copies_settled(entries)

    def _member(self, member: Member, ignored: Sequence[_Ignored]) -> Entry:
        if any(part.startswith(".") or part == _MACOS for part in member.name.split("/")):
            return LeftOut(member.path, LeftOutReason.HIDDEN)
        if member.link:
            return LeftOut(member.path, LeftOutReason.LINK)
        return self._file(member.path, ignored, member)

    def _unreadable(self) -> Iterator[Entry]:
        """Yield the folders that could not be read since the last call."""
        failed, self.failed[:] = list(self.failed), []
        for error in failed:
            path = str(error.filename)
            if self._matches(self.exclude, f"{path}/"):
                yield LeftOut(path, LeftOutReason.EXCLUDED)
            else:
                yield Candidate(path, refusal(error))

    def _not_entered(self, here: str, name: str, ignored: Sequence[_Ignored]) -> Entry | None:
        """Return the entry of a folder that is not entered, None for one that is."""
        path = os.path.join(here, name)
        if name.startswith("."):
            return LeftOut(path, LeftOutReason.HIDDEN)
        if _left_out(path, ignored, folder=True):
            return LeftOut(path, LeftOutReason.IGNORED)
        if not os.path.islink(path):
            return None
        if self._matches(self.exclude, f"{path}/"):
            return LeftOut(path, LeftOutReason.EXCLUDED)
        target, top = os.path.realpath(path), os.path.realpath(self.folder)
        if inside(target, top) or inside(top, target):  # walked anyway, or a way round in a circle
            return LeftOut(path, LeftOutReason.LINK)
        return Candidate(path, _ELSEWHERE)

    def _file(self, path: str, ignored: Sequence[_Ignored], member: Member | None = None) -> Entry:
        name = os.path.basename(path)
        not_wanted = self._not_wanted(path, ignored)
        if not_wanted is not None:
            return LeftOut(path, not_wanted)
        included = self._matches(self.include, path)
        packed = _PACKED.search(name) is not None
        readable = included or name.lower().endswith((*self.suffixes, SUFFIX))
        likely = (
            readable or packed or _DOCUMENT.search(name) is not None or _LIKELY_NAME.search(name) is not None
        )
        try:
            regular = member is not None or stat.S_ISREG(os.stat(path).st_mode)
        except OSError as error:
            return Candidate(path, refusal(error)) if likely else LeftOut(path, LeftOutReason.LINK)
        if not regular:
            return Candidate(path, NO_REGULAR_FILE) if likely else LeftOut(path, LeftOutReason.SPECIAL)
        if packed and (member is not None or not readable):
            suffix = os.path.splitext(path)[1]
            return Candidate(path, _TO_UNPACK.fill(suffix=suffix) if member is None else _NESTED)
        if included:
            return Candidate(path, member=member)
        if _PROJECT.fullmatch(name):
            return LeftOut(path, LeftOutReason.PROJECT)
        if not likely:
            return LeftOut(path, LeftOutReason.OTHER)
        return _by_content(path, member, readable=readable)

    def _not_wanted(self, path: str, ignored: Sequence[_Ignored]) -> LeftOutReason | None:
        """Return the reason why the file *path* is left out by its name, None if it is not."""
        name = os.path.basename(path)
        if name.startswith(_LOCKS):
            return LeftOutReason.LOCK
        if name.startswith("."):
            return LeftOutReason.HIDDEN
        if _left_out(path, ignored, folder=False):
            return LeftOutReason.IGNORED
        return LeftOutReason.EXCLUDED if self._matches(self.exclude, path) else None

    def _matches(self, patterns: "GitIgnoreSpec | None", path: str) -> bool:
        if patterns is None:
            return False
        below = os.path.relpath(path, self.folder).replace(os.sep, "/")
        return patterns.match_file(f"{below}/" if path.endswith("/") else below)

    def _above(self) -> list[_Ignored]:
        """Return the patterns of the folders above the folder in its repository, the outermost first."""
        ignored: list[_Ignored] = []
        if not any(os.path.exists(os.path.join(above, ".git")) for above in folders(self.folder)):
            return ignored
        for above in folders(self.folder):
            if not os.path.samefile(above, self.folder):
                ignored = self._in(above) + ignored
            if os.path.exists(os.path.join(above, ".git")):
                break
        return ignored

    def _in(self, folder: str) -> list[_Ignored]:
        """Return the patterns of the .gitignore in *folder*, none if it has none that can be obeyed."""
        path = os.path.join(folder, IGNORE)
        if not os.path.lexists(path):
            return []
        from nianbao.files.regular import HANDWRITTEN_BYTES, contents

        try:
            if leads_out(path):
                raise UnreadableError(_LINK)
            data = contents(path, HANDWRITTEN_BYTES)
        except (OSError, UnreadableError) as error:
            why = error.reason if isinstance(error, UnreadableError) else reason_of(error)
            self.notice(_NOT_OBEYED.fill(path=path, why=why))
            return []
        patterns = patterns_of(data.decode("utf-8", "replace").splitlines())
        return [_Ignored(folder, patterns)] if patterns is not None else []


def _by_content(path: str, member: Member | None, *, readable: bool) -> Entry:
    try:
        own = own_kind(path) if member is None else own_kind_of(member.content())
    except UnreadableError as error:
        return Candidate(path, error.reason)
    except OSError as error:
        return Candidate(path, refusal(error))
    if own:
        return LeftOut(path, LeftOutReason(own))
    suffix = os.path.splitext(path)[1]
    refused = None if readable else _UNKNOWN.fill(suffix=suffix or _NO_SUFFIX)
    return Candidate(path, refused, member)


def _copies_settled(files: Sequence[Entry]) -> Iterator[Entry]:
    """Yield the *files* of one folder; a copy is refused if the report it was made of is known not to be among them.

    A drafter may have corrected the copy and sent that back alone.
    """
    reports = {_stem(entry.path) for entry in files if isinstance(entry, Candidate) and not entry.refused}
    for entry in files:
        copy = isinstance(entry, LeftOut) and entry.reason is LeftOutReason.COPY
        yield Candidate(entry.path, _LONE_COPY) if copy and not _is_of_one(entry.path, reports) else entry


def _is_of_one(copy: str, reports: Set[str]) -> bool:
    """Return whether *copy* may be that of one of the *reports*, as that of the only one is.

    If its name tells which report it is of, it has the name of one of them in its own.
    """
    name = _stem(copy)
    named = _COPY.sub("", name)
    if reports and (named == name or not _LETTER.search(named)):
        return True
    parts = (name[start:end] for start in range(len(name)) for end in range(start + 1, len(name) + 1))
    return len(reports) == 1 or not reports.isdisjoint(parts)


def refusal(error: OSError) -> Text:
    """Return the reason why a file or folder could not be read."""
    return _FORBIDDEN if isinstance(error, PermissionError) else _NOT_READ.fill(why=reason_of(error))


def _stem(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def inside(folder: str, above: str) -> bool:
    """Return whether the path *folder* is *above* or below it; links are not followed."""
    here, top = os.path.abspath(folder), os.path.abspath(above)
    return here == top or here.startswith(os.path.join(top, ""))


def _left_out(path: str, ignored: Sequence[_Ignored], *, folder: bool) -> bool:
    """Return whether the innermost .gitignore that has a pattern for *path* excludes it."""
    answers = (patterns.excludes(path, folder=folder) for patterns in reversed(ignored))
    return next((answer for answer in answers if answer is not None), False)
