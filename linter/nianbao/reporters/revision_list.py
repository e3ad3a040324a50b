"""A comparison for the terminal: a block for each unit, the findings by what became of them."""

from collections.abc import Iterator, Sequence

from nianbao.engine.checked import Summary
from nianbao.reporters.display import Display
from nianbao.reporters.entry import SUPPRESSED, Entry
from nianbao.reporters.revision import Revision, Sides, totals
from nianbao.text.language import Text

CORRECTED, LEFT, FRESH = Text("已改正", "corrected"), Text("仍存在", "still there"), Text("新出现", "new")
EXPLAINED, UNSETTLED = Text("已说明理由", "suppressed"), Text("无法判断", "not judged")
SILENT = Text("另外改动", "other change")
NOT_COMPARED = Text("没有比较：{reason}", "not compared: {reason}")
YEAR = Text("{year} 年度", "on {year}")
NAMELESS = Text("看不出机关", "organ not named")
BEFORE = Text("原为“{words}”，改后仍不对", "was “{words}”, still wrong")
CHANGED = Text("{before} → {after}", "{before} → {after}")
_LACKING = Text("现在的报告没有判断完整：{lack}", "the report as it is now was not judged in full: {lack}")
_APART, NOT_DONE = Text("没有比较", "not compared"), Text("还有问题", "not done")
_OPEN, _DONE = Text("没有结论", "no verdict"), Text("改好了", "done")
_FOUND = Text(
    "已改正 {corrected}，仍存在 {left}，新出现 {fresh}",
    "corrected {corrected}, still there {left}, new {fresh}",
)
_OTHERS = (
    ("explained", Text("已说明理由 {count}", "suppressed {count}")),
    ("unsettled", Text("改没改无法判断 {count}", "not known whether corrected {count}")),
)
_FIGURES = Text(
    "改动数字 {changed} 处，其中没有问题涉及的 {silent} 处",
    "figures changed {changed}, of these without a finding {silent}",
)
_FOLLOWING = Text("随之改动的合计 {count} 处", "sums that followed them {count}")
_SENTENCES = Text("文字不同的 {count} 句", "sentences that differ {count}")
_ALL = Text(
    "比较了 {compared} 份报告（共 {units} 份）：改好 {done} 份；已改正 {corrected}，仍存在 {left}，新出现 {fresh}",
    "reports compared {compared} of {units}, done {done}; corrected {corrected}, still there {left}, new {fresh}",
)
_SILENT = Text("没有问题涉及而改动的数字 {silent} 处", "figures changed without a finding {silent}")
_UNSETTLED = Text("改没改无法判断的 {unsettled} 个", "not known whether corrected {unsettled}")


def outcome(revision: Revision) -> Text:
    """Return in a word what became of the report."""
    if revision.reason is not None:
        return _APART
    if not revision.done:
        return NOT_DONE
    return _DONE if revision.known else _OPEN


def heading(revision: Revision, display: Display) -> str:
    """Return organ and year of *revision*."""
    year = display.say(YEAR.fill(year=revision.year)) if revision.year else ""
    return " ".join(filter(None, (revision.organ or display.say(NAMELESS), year)))


def paths(revision: Revision, display: Display) -> str:
    """Return the paths of *revision*, before and now; a side without a file is a dash."""
    sides = (display.shown(display.relative(path)) if path else "-" for path in (revision.old, revision.new))
    return f" {display.sign('→', '->')} ".join(sides)


def counted(revision: Revision, display: Display) -> Iterator[str]:
    """Yield what there is to say of *revision* in figures."""
    if revision.reason is not None:
        yield display.say(NOT_COMPARED.fill(reason=revision.reason))
        return
    counts = {
        name: len(getattr(revision, name))
        for name in ("corrected", "left", "fresh", "explained", "unsettled")
    }
    yield display.say(_FOUND.fill(**counts))
    yield from (display.say(words.fill(count=counts[name])) for name, words in _OTHERS if counts[name])
    if revision.changed:
        yield display.say(_FIGURES.fill(changed=revision.changed, silent=len(revision.silent)))
    if revision.following:
        yield display.say(_FOLLOWING.fill(count=revision.following))
    if revision.sentences:
        yield display.say(_SENTENCES.fill(count=revision.sentences))
    yield from map(display.say, notes(revision))


def notes(revision: Revision) -> Iterator[Text]:
    """Yield what is to be known beside of how the two were compared."""
    if revision.note is not None:
        yield revision.note
    if revision.lack is not None:
        yield _LACKING.fill(lack=revision.lack.text)


def rows(revision: Revision, display: Display) -> Iterator[tuple[Text, Entry, str]]:
    """Yield what became of each finding, those that need work first, the finding, and a remark."""
    for left in revision.left:
        yield LEFT, left.entry, display.say(BEFORE.fill(words=left.before)) if left.before else ""
    for state, entries in (
        (FRESH, revision.fresh),
        (UNSETTLED, revision.unsettled),
        (CORRECTED, revision.corrected),
    ):
        yield from ((state, entry, "") for entry in entries)
    for entry in revision.explained:
        if entry.suppressed is not None:
            reason = display.shown(entry.suppressed.reason)
            yield EXPLAINED, entry, f"{display.say(SUPPRESSED[entry.suppressed.by])} {reason}"


def summed(revisions: Sequence[Revision], display: Display) -> Iterator[str]:
    """Yield all of *revisions* in figures."""
    sums = totals(revisions)
    yield display.say(_ALL.fill(**sums._asdict()))
    yield from (
        display.say(words.fill(**sums._asdict()))
        for words, count in ((_SILENT, sums.silent), (_UNSETTLED, sums.unsettled))
        if count
    )


class RevisionList(Sides):
    """The comparison as a listing."""

    def __init__(self, display: Display) -> None:
        super().__init__(display)
        self.revisions: list[Revision] = []

    def put(self, revision: Revision) -> str:
        """Return the block of one unit."""
        self.revisions.append(revision)
        display = self.display
        comma = "；" if display.language == "zh" else "; "
        head, files = heading(revision, display), paths(revision, display)
        lines = [
            f"{display.paint(head, 'place')}  {display.paint(files, 'dim')}",
            *self._wrapped("  ", comma.join(counted(revision, display))),
        ]
        states = (LEFT, FRESH, UNSETTLED, CORRECTED, EXPLAINED, SILENT)
        width = max(display.ruler.columns(display.say(state)) for state in states)
        for state, entry, remark in rows(revision, display):
            head = f"  {display.ruler.pad(display.say(state), width)}  "
            place = "" if entry.message.startswith(entry.address) else f"{entry.address}  "
            words = f"{display.say(entry.severity.text)} {entry.code} {place}{entry.message}"
            lines += self._wrapped(head, f"{words}（{remark}）" if remark else words)
        for change in revision.silent:
            head = f"  {display.ruler.pad(display.say(SILENT), width)}  "
            figures = display.say(CHANGED.fill(before=change.before, after=change.after))
            lines += self._wrapped(head, f"{change.place}  {figures}")
        return "\n".join(lines) + "\n\n"

    def _wrapped(self, head: str, words: str) -> list[str]:
        """Return *words* in lines behind *head*."""
        columns = self.display.ruler.columns(head)
        first, *more = self.display.ruler.wrap(words, max(30, self.display.width - columns)) or [""]
        return [head + first, *(" " * columns + line for line in more)]

    def end(self, summary: Summary) -> Iterator[str]:
        """Yield the closing line."""
        yield "\n".join(summed(self.revisions, self.display)) + "\n"
