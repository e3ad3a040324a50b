"""How fast the program is against its targets: `python -m tests.bench all [--write] [--quick] [--of PYTHON]`.

A copy of the sources is installed as users install it and measured from outside; with `--of` the environment of
PYTHON is measured instead. `--quick` takes few files, to see that all of it works. With `--write` the page goes to
docs/reference/performance.md.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from math import isinf, isnan, nan
from pathlib import Path
from typing import NamedTuple

from tests.bench import instructions
from tests.bench.keystrokes import Editor, keystrokes, percentile, session
from tests.bench.peers import SIX, peer
from tests.bench.processes import Command, Spent, least, spent, surroundings
from tests.bench.saves import saves

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "performance.md"
WITHIN = Path(__file__).parent / "within.py"
COLLECTION = ROOT.parent / "shared" / "corpus"
BEFORE = 20  # reports that a process has judged before it counts as warm
ROUNDS = 3  # processes of which the best counts
OF_PDFS = 4.3  # × pass a file: an eighth of the 34.5 that these files took before PDFium read them
TENFOLD = 12
WATCHED = 300  # reports of a county
BUSY = 1.0  # programs that want the processor on the average of a minute


class Sizes(NamedTuple):
    """How many turns processes take, reports in a folder, such folders, PDFs, signs of a small hostile text, strokes."""

    turns: int
    folder: int
    many: int
    pdfs: int
    length: int
    strokes: int


FULL = Sizes(turns=15, folder=1000, many=10, pdfs=100, length=5_000, strokes=30)
QUICK = Sizes(turns=2, folder=40, many=3, pdfs=3, length=500, strokes=3)


class Bench(NamedTuple):
    """The program measured, by its *python*, and the *files* it is measured on."""

    python: Path
    files: Path
    sizes: Sizes

    @property
    def nianbao(self) -> Path:
        """The command."""
        return self.python.with_name("nianbao")

    def check(self, *more: str | Path) -> Command:
        """Return a check of files."""
        return (self.nianbao, "check", *more)

    def folders(self, count: int) -> list[Path]:
        """Return so many of the folders of reports."""
        return [self.files / "many" / str(number) for number in range(count)]

    def pdfs(self) -> list[Path]:
        """Return the PDFs; none where nothing could draw them."""
        return sorted((self.files / "pdf").glob("*.pdf"))


# -- starting ----------------------------------------------------------------------------------------------


@cache
def starts(bench: Bench) -> dict[str, float]:
    """Return the least processor time of each process that starts and does one thing, in seconds."""
    commands: dict[str, Command] = {
        "pass": (bench.python, "-c", "pass"),
        "text": bench.check(_example()),
        "version": (bench.nianbao, "--version"),
        "help": (bench.nianbao, "--help"),
        "server": (bench.nianbao, "lsp"),
    }
    if pdfs := bench.pdfs():
        commands["pdf"] = bench.check(pdfs[0])
    if ofds := sorted((bench.files / "ofd").glob("*.ofd")):
        commands["ofd"] = bench.check(ofds[0])
    given, known = bench.files / "session", bench.files / "cache"
    given.write_bytes(session())
    if _has_cache(bench):
        commands["known"] = bench.check(_example())
        spent(commands["known"], cache=known)
    return least(commands, bench.sizes.turns, given={"server": given}, cache={"known": known})


def start(name: str) -> Callable[[Bench], float | None]:
    """Return the measure of what a start of *name* takes, times an empty Python."""

    def times(bench: Bench) -> float | None:
        taken = starts(bench)
        return taken[name] / taken["pass"] if name in taken else None

    return times


def _example() -> Path:
    return min((ROOT / "docs" / "examples").glob("*.txt"))


@cache
def _has_cache(bench: Bench) -> bool:
    asked = subprocess.run([bench.nianbao, "cache", "--help"], capture_output=True, check=False)
    return asked.returncode == 0


# -- PDFs and folders --------------------------------------------------------------------------------------


def all_pdfs(bench: Bench) -> float | None:
    """Return the processor time of all PDFs in one run, a file, times an empty Python."""
    pdfs = bench.pdfs()
    return spent(bench.check("-q", *pdfs)).cpu / len(pdfs) / starts(bench)["pass"] if pdfs else None


@cache
def folder(bench: Bench, workers: int) -> Spent:
    """Return what a folder costs with so many *workers*."""
    return spent(bench.check("-q", "-j", str(workers), *bench.folders(1)))


def two_over_one_wall(bench: Bench) -> float:
    """Return how many times as fast two workers are as one."""
    return folder(bench, 1).wall / folder(bench, 2).wall


def two_over_one_cpu(bench: Bench) -> float:
    """Return how many times the processor time of one worker two take."""
    return folder(bench, 2).cpu / folder(bench, 1).cpu


def unchanged(bench: Bench) -> float | None:
    """Return how many times as fast a folder is that was judged before, None if nothing is remembered."""
    if not _has_cache(bench):
        return None
    command = bench.check("-q", *bench.folders(1))
    with tempfile.TemporaryDirectory() as cache_folder:
        first, second = (spent(command, cache=Path(cache_folder)).wall for _ in range(2))
    return first / second


def peak(form: str, folders: int) -> Callable[[Bench], float]:
    """Return the measure of the most that a process has in memory, in MiB, all of *folders* checked in one run."""

    def most(bench: Bench) -> float:
        chosen = bench.folders(min(folders, bench.sizes.many))
        return spent(bench.check("-j", "2", "-f", form, *chosen)).peak

    return most


def over_us(name: str) -> Callable[[Bench], float | None]:
    """Return the measure of how many times as long as two workers the program *name* takes, on the clock."""

    def times(bench: Bench) -> float | None:
        command = peer(name, bench.files / ("code" if name == "ruff" else "many/0"))
        if command is None:
            return None
        return spent(command).wall / folder(bench, 2).wall

    return times


# -- inside ------------------------------------------------------------------------------------------------


def _within(bench: Bench, *arguments: str | Path) -> object:
    """Return what within.py measures in the measured environment. Raises CalledProcessError where it fails."""
    with tempfile.TemporaryDirectory() as empty:
        command = [bench.python, "-I", WITHIN, *arguments]
        ran = subprocess.run(command, stdout=subprocess.PIPE, env=surroundings(Path(empty)), check=True)
    return json.loads(ran.stdout)


def _milliseconds(bench: Bench, what: str, before: int, files: Sequence[Path]) -> float | None:
    """Return the best of a few processes, each of which reads every file once: nothing is remembered of it."""
    if len(files) <= before:
        return None
    taken = [_within(bench, what, str(before), *files) for _ in range(ROUNDS)]
    return min(one for one in taken if isinstance(one, float))


def warm(bench: Bench) -> float | None:
    """Return the milliseconds a generated report."""
    return _milliseconds(bench, "check", BEFORE, sorted(bench.folders(1)[0].iterdir())[: 10 * BEFORE])


def warm_published(bench: Bench) -> float | None:
    """Return the milliseconds a published report, None where the collection is not at hand."""
    published = sorted(COLLECTION.glob("*.txt"))
    generated = sorted(bench.folders(1)[0].iterdir())[:BEFORE]
    return _milliseconds(bench, "check", BEFORE, [*generated, *published])


def warm_instructions(bench: Bench) -> float | None:
    """Return the millions of instructions a report, None where nothing counts them."""
    if not instructions.can_count():
        return None
    return instructions.warm(bench.python) / 1e6


def reading(kind: str) -> Callable[[Bench], float | None]:
    """Return the measure of the milliseconds that reading a file of *kind* takes."""
    return lambda bench: _milliseconds(bench, "read", BEFORE // 2, sorted((bench.files / kind).iterdir()))


@cache
def tenfold(bench: Bench) -> dict[str, float]:
    """Return, by the shape of a text, how many times as long ten times as much of it takes."""
    small = sorted((bench.files / "shapes" / "small").iterdir())
    found = _within(bench, "tenfold", *(path for one in small for path in (one, _large(one))))
    assert isinstance(found, dict)
    return found


def _large(small: Path) -> Path:
    return small.parent.with_name("large") / small.name


def worst(bench: Bench) -> float:
    """Return how many times as long ten times as much of the worst of the shapes takes."""
    return max(tenfold(bench).values())


@cache
def _typed(bench: Bench, kilobytes: int, ask: Callable[[Editor], object] = Editor.findings) -> list[float]:
    text = (bench.files / "open" / f"{kilobytes}.txt").read_text(encoding="utf-8")
    return keystrokes([str(bench.nianbao), "lsp"], text, bench.sizes.strokes, ask)


def keystroke(kilobytes: int, share: float) -> Callable[[Bench], float]:
    """Return the measure of the milliseconds in which *share* of the keystrokes are answered."""
    return lambda bench: percentile(_typed(bench, kilobytes), share)


def behind_a_key(kilobytes: int) -> Callable[[Bench], float]:
    """Return the measure of the milliseconds in which most questions right behind a keystroke are answered."""
    return lambda bench: percentile(_typed(bench, kilobytes, Editor.anything), 0.95)


def saved(files: int) -> Callable[[Bench], float]:
    """Return the measure of the milliseconds from most saves of one of so many *files* that are watched to its findings."""

    def late(bench: Bench) -> float:
        reports = sorted(bench.folders(1)[0].iterdir())[:files]
        return percentile(saves(bench.nianbao, reports, bench.sizes.strokes), 0.95)

    return late


# -- the table ---------------------------------------------------------------------------------------------


class Measure(NamedTuple):
    """What is measured, in both languages, its unit and function; its target is *most* or *least*, or there is none."""

    zh: str
    en: str
    unit: str
    figure: Callable[[Bench], float | None]
    most: float | None = None
    least: float | None = None


def measures(sizes: Sizes) -> Iterator[Measure]:
    """Yield what is measured, with the numbers of files that *sizes* says."""
    files, pass_ = f"{sizes.folder:,}", "× pass"
    yield Measure("冷启动检查一份文本报告", "cold check of a text report", pass_, start("text"), most=8)
    yield Measure("`--version`", "`--version`", pass_, start("version"), most=1.6)
    yield Measure("`--help`", "`--help`", pass_, start("help"), most=1.6)
    yield Measure("查过的报告没有改动", "unchanged report", pass_, start("known"), most=1.7)
    yield Measure(
        "查过的文件夹没有改动，比第一次快", "unchanged folder, faster than first", "×", unchanged, least=30
    )
    yield Measure("冷启动检查一份 PDF", "cold check of a PDF", pass_, start("pdf"), most=20)
    yield Measure("冷启动检查一份 OFD", "cold check of an OFD", pass_, start("ofd"), most=20)
    yield Measure(f"{sizes.pdfs} 份 PDF，每份", f"{sizes.pdfs} PDFs, a file", pass_, all_pdfs, most=OF_PDFS)
    yield Measure("已启动，生成的报告，每份", "warm, generated report", "ms", warm, most=5)
    yield Measure("已启动，已公布的报告，每份", "warm, published report", "ms", warm_published, most=5)
    yield Measure("已启动，每份的指令数", "warm, instructions a report", "百万 M", warm_instructions)
    yield Measure("已启动，读 docx", "warm, reading docx", "ms", reading("docx"), most=8)
    yield Measure("已启动，读 OFD", "warm, reading OFD", "ms", reading("ofd"), most=60)
    yield Measure("已启动，读网页", "warm, reading html", "ms", reading("html"), most=8)
    yield Measure(
        f"{files} 份，两个进程比一个快",
        f"{files} files, two workers faster than one",
        "×",
        two_over_one_wall,
        least=1.75,
    )
    yield Measure(
        f"{files} 份，两个进程比一个多用 CPU",
        f"{files} files, CPU of two workers over one",
        "×",
        two_over_one_cpu,
    )
    yield Measure(
        "textlint（六条规则）用时",
        "textlint with six rules takes",
        "× 本程序 us",
        over_us("textlint"),
        least=12,
    )
    for name in ("zhlint", "autocorrect"):
        yield Measure(f"{name} 用时", f"{name} takes", "× 本程序 us", over_us(name))
    yield Measure(
        "ruff 查同样多字节的 Python 用时",
        "ruff on as many bytes of Python takes",
        "× 本程序 us",
        over_us("ruff"),
    )
    for form in ("json", "full"):
        for folders in dict.fromkeys((min(2, sizes.many), sizes.many)):
            count = f"{folders * sizes.folder:,}"
            zh, en = f"{count} 份 `-f {form}`，最大的进程", f"{count} files `-f {form}`, largest process"
            yield Measure(zh, en, "MiB", peak(form, folders), most=80)
    zh, en = (f"{sizes.length:,} 字的十倍，最坏的形状", f"ten times {sizes.length:,} characters, worst shape")
    yield Measure(zh, en, "×", worst, most=TENFOLD)
    for kilobytes, target in ((5, 6), (500, 60)):
        for name, share, most in (("p50", 0.5, None), ("p95", 0.95, target)):
            zh, en = f"编辑器里击一键，{kilobytes} KB，{name}", f"keystroke, {kilobytes} KB, {name}"
            yield Measure(zh, en, "ms", keystroke(kilobytes, share), most=most)
        zh, en = f"键后即问，{kilobytes} KB，p95", f"question behind a key, {kilobytes} KB, p95"
        yield Measure(zh, en, "ms", behind_a_key(kilobytes), most=target)
    for count in (1, min(WATCHED, sizes.folder)):
        zh = f"`--watch` {count} 份，存盘一份到列出问题，p95"
        yield Measure(
            zh, f"`--watch` on {count}, from a save to findings, p95", "ms", saved(count), most=1000
        )
    yield Measure("启动语言服务器", "server start", pass_, start("server"), most=25)


def met(measure: Measure, figure: float) -> bool | None:
    """Return whether *figure* meets the target of *measure*, None if it has none."""
    if measure.most is not None:
        return figure <= measure.most
    return figure >= measure.least if measure.least is not None else None


def shown(figure: float) -> str:
    """Return *figure* with three digits that count."""
    if isinf(figure):
        return "> 60"
    return f"{figure:.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def line(measure: Measure, figure: float | None) -> str:
    """Return the row of *measure*; “–” stands for what could not be measured here."""
    target = "–"
    if measure.most is not None:
        target = f"≤ {measure.most:g}"
    if measure.least is not None:
        target = f"≥ {measure.least:g}"
    good = None if figure is None else met(measure, figure)
    verdict = {None: "–", True: "是 yes", False: "**否 no**"}[good]
    now = "–" if figure is None else "失败 failed" if isnan(figure) else f"{shown(figure)} {measure.unit}"
    return f"| {measure.zh} *{measure.en}* | {now} | {target} | {verdict} |"


def machine(load: float, now: datetime) -> Iterator[str]:
    """Yield the lines on the machine; *load* is how many programs wanted the processor when it began."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    yield f"- 日期 date：{now:%Y-%m-%d}"
    yield f"- 处理器 processor：{_processor()}，{os.cpu_count()} 核 cores"
    yield f"- {python}，{platform.system()} {platform.machine()}"
    yield f"- 开始时的负荷 load at start：{load:.2f}"
    if load > BUSY:
        yield "- **机器当时另有别的事，以上时间偏大，不足为凭。The machine was busy: times are too large and prove nothing.**"


def _processor() -> str:
    names = (
        text.partition(":")[2].strip() for text in _lines("/proc/cpuinfo") if text.startswith("model name")
    )
    return next(names, platform.processor() or "?")


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).exists() else []


_INTRO = f"""\
<!-- 由 python -m tests.bench all --write 生成，不要直接改这里。 -->
# 有多快 Performance

- 重做：在空闲的机器上运行 `python -m tests.bench all`，十分钟以内；加 `--write` 重写这一页。
- × pass：用的处理器时间（用户加系统）是 `python -c pass` 的几倍；两者交替运行多次，各取最少的一次。
- ms：除击键、存盘以外都是处理器时间；击键是从发出到收到这一版文本的问题，存盘是从写完到列完，按钟表。
- 快几倍、其他程序用时：按钟表。其他程序查同样的文件，没有安装的写“–”；textlint 的六条规则：{"、".join(SIX)}。
- 报告由固定的种子生成；已公布的报告不随项目发布，没有它们时写“–”。

*How fast the program is, as users install it. Run `python -m tests.bench all` on a machine that does nothing else;
`--write` writes this page anew. `× pass` is processor time, user and system, times that of `python -c pass`, both
run by turns and the least of each taken. Milliseconds are of processor time; a keystroke is timed by the clock, from
its sending to the findings of that text, and so is a save, from the file's end to the last line on it. Other programs are given the same files and timed by the clock; “–” stands
for what is not installed or not at hand.*
"""


def _figure(measure: Measure, bench: Bench) -> float | None:
    """Return the figure; one that fails is none, and the reason goes to the screen: the others go on."""
    try:
        return measure.figure(bench)
    except (EOFError, OSError, RuntimeError, subprocess.SubprocessError) as error:
        print(f"{measure.en}: {error}", file=sys.stderr)  # noqa: T201
        return nan


def _slow_shapes(bench: Bench) -> dict[str, float]:
    try:
        return {name: times for name, times in tenfold(bench).items() if times > TENFOLD}
    except subprocess.SubprocessError:
        return {}


def page(bench: Bench, load: float) -> Iterator[str]:
    """Yield the lines of the page; *load* is that of the machine before anything was made ready."""
    yield from _INTRO.splitlines()
    yield from ("", *machine(load, datetime.now(UTC)), "")
    yield from ("| 量什么 what | 现在 now | 目标 target | 达到 met |", "| --- | --- | --- | --- |")
    for measure in measures(bench.sizes):
        yield line(measure, _figure(measure, bench))
    if slow := _slow_shapes(bench):
        listed = "、".join(
            f"{name} {shown(slow[name])}" for name in sorted(slow, key=lambda name: -slow[name])
        )
        yield from ("", f"十倍长的文本，目标以上的形状 *shapes above the target*：{listed}")


def main(arguments: Sequence[str]) -> None:
    """Print the page as it comes, and keep it if that is wanted."""
    parser = argparse.ArgumentParser("python -m tests.bench all", description=__doc__)
    parser.add_argument("--write", action="store_true", help="keep the page in docs/reference")
    parser.add_argument("--quick", action="store_true", help="take few files")
    parser.add_argument(
        "--of", type=Path, metavar="PYTHON", help="measure the environment of this interpreter"
    )
    asked = parser.parse_args(arguments)
    sizes, load = QUICK if asked.quick else FULL, os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as home:
        samples = [sys.executable, "-m", "tests.bench.samples", home, json.dumps(sizes._asdict())]
        subprocess.run([*samples, *(() if asked.of else ("--install",))], cwd=ROOT, check=True)
        python = asked.of.absolute() if asked.of else Path(home, "environment", "bin", "python")
        lines = []
        for written in page(Bench(python, Path(home, "files"), sizes), load):
            print(written, flush=True)  # noqa: T201
            lines.append(written)
    if asked.write:
        PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
