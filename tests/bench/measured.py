"""How each rule fares on texts by other hands, for the catalogue: `python -m tests.bench.measured [--write]`.

The texts are those of `tests.bench.real` and the sentences beside the project, none of which is distributed: only
figures are kept, in measured.json beside this file.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from nianbao.engine.finding import OutcomeState
from nianbao.plugins.loading import load

from tests.bench.real import (
    CODE,
    CORPUS,
    ENTRIES,
    FALSE,
    FOUND,
    LAYOUTS,
    MISSED,
    PAGES,
    PROSE,
    RIGHT,
    SOURCES,
    judged,
)

KEPT = Path(__file__).with_name("measured.json")
TEXTS = "texts"
COLUMNS = (TEXTS, FOUND, MISSED, FALSE)
_JUDGED = {state.value for state in (OutcomeState.PASSED, OutcomeState.FAILED)}
# Stands for the program where the cases of sentences are run, and keeps its answer.
_TELLING = """\
#!{python}
import pathlib, subprocess, sys
done = subprocess.run([sys.executable, "-m", "nianbao", *sys.argv[1:]], stdout=subprocess.PIPE)
pathlib.Path({answer!r}).write_bytes(done.stdout)
sys.stdout.buffer.write(done.stdout)
"""

Met = tuple[str, str]  # the code of a rule and one of COLUMNS


def of_reports() -> Iterator[Met]:
    """Yield what each rule met with in layouts, the collection and the heads of pages."""
    for items in SOURCES.values():
        yield from ((item.code, item.end) for item in items())
    rights = yaml.safe_load(RIGHT.read_text(encoding="utf-8"))
    paths = [LAYOUTS / file for right in rights for file in right["files"]]
    paths += [CORPUS / entry["file"] for entry in ENTRIES]
    heads = (PAGES / "verdicts.tsv").read_text(encoding="utf-8").splitlines()
    names = [dict(zip(heads[0].split("\t"), row.split("\t"), strict=False))["name"] for row in heads[1:]]
    paths += [PAGES / f"{name}.txt" for name in names]
    for path in paths:
        yield from ((o.code, TEXTS) for o in judged(path).outcomes if o.state.value in _JUDGED)


def of_sentences() -> Iterator[Met]:
    """Yield what each rule met with in the cases of sentences, by what they say of each finding.

    They are variants of a few reports, so that rules which compare reports are not measured by them.
    """
    comparing = {rule.code for rule in load().rules if rule.beside}
    for file in ("cases.yaml", "matrix.yaml"):
        with tempfile.TemporaryDirectory() as folder:
            cases, answer, program = (Path(folder, name) for name in (file, "answer.json", "program"))
            cases.write_bytes(PROSE.with_name(file).read_bytes())
            program.write_text(_TELLING.format(python=sys.executable, answer=str(answer)), encoding="utf-8")
            program.chmod(0o700)
            command = [sys.executable, str(PROSE), str(program), "--write", "--cases", str(cases)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            told = yaml.safe_load(cases.read_text(encoding="utf-8"))
            outcomes = json.loads(answer.read_bytes())["outcomes"]
        names = {case["id"] for case in told}
        for outcome in outcomes:
            ended = outcome["outcome"] in _JUDGED and outcome["code"] not in comparing
            if ended and Path(outcome["path"]).stem in names:
                yield outcome["code"], TEXTS
        for case in told:
            yield from _of_case(case)


def _of_case(case: Mapping[str, Any]) -> Iterator[Met]:
    got = case["got"]
    codes = [found.partition("/")[0] for found in got["findings"]]
    wanted = [code for code in case.get("codes", ()) if CODE.fullmatch(code)]
    if case["kind"] == "ok":
        yield from ((code, FALSE) for code in codes if code not in case.get("may", ()))
    elif got["result"] == "hit":
        yield from ((code, FOUND) for code in dict.fromkeys(codes) if code in wanted)
    elif got["result"] == "missed" and case.get("det", True):
        yield from ((code, MISSED) for code in wanted[:1])


def measured() -> dict[str, dict[str, int]]:
    """Return for each rule the texts on which it came to an answer, and its findings: right, missed and wrong."""
    counts = Counter((*of_reports(), *of_sentences()))
    return {
        rule.code: {column: counts[rule.code, column] for column in COLUMNS}
        for rule in sorted(load().rules, key=lambda rule: rule.code)
    }


if __name__ == "__main__":
    if not (ENTRIES and PROSE.exists()):
        raise SystemExit("the collections are not at hand")
    by_rule = measured()
    if "--write" in sys.argv:
        lines = ",\n".join(f' "{code}": {json.dumps(counts)}' for code, counts in by_rule.items())
        KEPT.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    for rule_code, counts in by_rule.items():
        print(rule_code, *counts.values())  # noqa: T201
