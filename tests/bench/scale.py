"""How many reports of each kind a core checks in an hour: `python -m tests.bench scale [--write] [--quick]`.

With `--write` the table goes into docs/scale.md and docs/scale.zh-CN.md, between the two remarks that are there.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.bench.processes import spent

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # where prose and rendering are
PAGES = (ROOT / "docs" / "scale.md", ROOT / "docs" / "scale.zh-CN.md")
BEGIN, END = "<!-- python -m tests.bench scale --write -->\n", "<!-- end -->\n"
BUSY = 1.0  # programs that want the processor on the average of a minute
PROGRAM = (sys.executable, "-c", "import sys; from nianbao.cli import main; sys.exit(main())")
KINDS = {"txt": 300, "md": 300, "html": 200, "docx": 200, "ofd": 200, "pdf": 60, "doc": 20}
PROVINCE, CORES = 30_000, 4  # reports of ten years, and what an ordinary machine has
QUICK = 10  # times fewer


class Row(NamedTuple):
    """What files of a *kind* cost: seconds of the processor for each, and MiB of the largest process."""

    kind: str
    seconds: float
    peak: float

    @property
    def per_hour(self) -> int:
        """How many a core checks in an hour, with two digits that count: the third is another one next time."""
        exact = 3600 / self.seconds
        unit = 10 ** max(len(str(int(exact))) - 2, 0)
        return round(exact / unit) * unit


def write(kind: str, count: int, folder: Path) -> None:
    """Write *count* reports as files of *kind* into *folder*, by the same writers in turn as the tests have them."""
    from nianbao.testing import compliant
    from prose import told
    from rendering import DOCUMENTS, DRAWN, TEXTS, content
    from rendering.office import all_saved

    saved = kind in ("pdf", "doc")
    known = {**DOCUMENTS, **DRAWN, **TEXTS}
    names = [name for name in known if name.split(",")[0] == ("docx" if saved else kind)]
    made: list[bytes] = []
    seed = 0
    while len(made) < count:
        blocks = content(told(compliant("2021", "county", seed), seed))
        if blocks is not None:
            made.append(known[names[len(made) % len(names)]](blocks, Random(seed)))
        seed += 1
    if saved:
        made = [data for start in range(0, count, 50) for data in all_saved(made[start : start + 50], kind)]
    for number, data in enumerate(made):
        (folder / f"{number:04}.{kind}").write_bytes(data)


def rows(kinds: Mapping[str, int]) -> Iterator[Row]:
    """Yield what files of each of *kinds*, so many of them, cost in one run of the command, its start among it."""
    for kind, count in kinds.items():
        with tempfile.TemporaryDirectory() as folder:
            write(kind, count, Path(folder))
            cost = spent((*PROGRAM, "check", "-q", "-j", "1", "--no-cache", "-f", "json", folder))
        yield Row(kind, cost.cpu / count, cost.peak)


def table(measured: Sequence[Row], load: float, now: datetime, *, english: bool) -> Iterator[str]:
    """Yield the lines of the table, in one language, and of the machine."""
    if english:
        yield "| kind | processor time a report | reports an hour a core | 30,000 reports on four cores |"
    else:
        yield "| 格式 | 每份用的处理器时间 | 一个核一小时查多少份 | 30,000 份用四个核 |"
    yield "| --- | --- | --- | --- |"
    for row in measured:
        minutes = PROVINCE / row.per_hour / CORES * 60
        long = f"{minutes:.0f} {'minutes' if english else '分钟'}"
        if minutes >= 120:
            long = f"{minutes / 60:.1f} {'hours' if english else '小时'}"
        yield f"| {row.kind} | {1000 * row.seconds:.0f} ms | {row.per_hour:,} | {long} |"
    peak, day = max(row.peak for row in measured), f"{now:%Y-%m-%d}"
    yield ""
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    if english:
        yield f"Measured on {day} with {python} on one core of {os.cpu_count()}, load {load:.1f} at the start; the largest process had {peak:.0f} MiB."
    else:
        yield f"{day} 测得：{python}，{os.cpu_count()} 核中的一个，开始时负荷 {load:.1f}；最大的进程 {peak:.0f} MiB。"
    if load > BUSY:
        words = "The machine was busy: times are too large." if english else "机器当时另有别的事，时间偏大。"
        yield f"**{words}**"


def main(arguments: Sequence[str]) -> None:
    """Print the table, and keep it in the pages if that is wanted."""
    parser = argparse.ArgumentParser("python -m tests.bench scale", description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="keep the table in docs/scale.md and its translation"
    )
    parser.add_argument("--quick", action="store_true", help="take few files, to see that all of it works")
    asked = parser.parse_args(arguments)
    load, now = os.getloadavg()[0], datetime.now(UTC)
    kinds = {kind: max(count // QUICK, 2) if asked.quick else count for kind, count in KINDS.items()}
    measured = []
    for row in rows(kinds):
        words = f"{row.kind}: {1000 * row.seconds:.1f} ms, {row.per_hour:,} an hour, {row.peak:.0f} MiB"
        print(words, flush=True)  # noqa: T201
        measured.append(row)
    if asked.write:
        for page in PAGES:
            lines = "\n".join(table(measured, load, now, english="zh" not in page.name))
            head, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
            tail = rest.partition(END)[2]
            page.write_text(f"{head}{BEGIN}{lines}\n{END}{tail}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
