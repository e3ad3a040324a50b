"""Holds a program to the suite that this file lies in: python runner.py -- COMMAND … {files}"""

import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

SUITE = Path(__file__).resolve().parent
MANIFEST = json.loads((SUITE / "manifest.json").read_text("utf-8"))
FIGURE, MANY = r"\d+(?:\.\d+)?", 50  # so many reports that are compared with none go into one call


def compares(case):
    return len(case["files"]) > 1 or not {"previous", "members"}.isdisjoint(case["settings"])


def findings(command, cases):
    files = [str(SUITE / case["folder"] / name) for case in cases for name in case["files"]]
    words = [word for each in command for word in (files if each == "{files}" else [each])]
    found = defaultdict(list)
    for one in json.loads(subprocess.run(words, stdout=subprocess.PIPE).stdout)["findings"]:
        found[Path(one["path"]).resolve()].append(one)
    return found


def fits(wanted, one):
    start, text = one["span"]["start"], one["span"]["text"].replace("＊", "*")
    place = {"line": start["line"], "column": start["column"]}
    said = "\n".join((one["message"], text, *one["data"].values()))
    figures = re.findall(FIGURE, said)
    named = all(v in (figures if re.fullmatch(FIGURE, v) else said) for v in wanted["values"])
    alike = all(wanted.get(key, one[key]) == one[key] for key in ("code", "severity"))
    return alike and named and wanted.get("text", text) == text and place in wanted.get("at", [place])


def differences(case, found):
    left = [one for one in found if compares(case) or one["code"] not in MANIFEST["comparing"]]
    for wanted in sorted(case["expect"], key=lambda wanted: -len(str(wanted))):  # what says most first
        match = next((one for one in left if fits(wanted, one)), None)
        if match is None:
            yield wanted["code"], f"not found: {wanted}"
        else:
            left.remove(match)
    yield from ((one["code"], f"not expected: {one['message']}") for one in left)


def main(command):
    cases, failed = MANIFEST["cases"], defaultdict(list)
    alone = [case for case in cases if not compares(case)]
    batches = [alone[at : at + MANY] for at in range(0, len(alone), MANY)]
    for batch in [*batches, *([case] for case in cases if compares(case))]:
        found = findings(command, batch)
        for case in batch:
            for code, why in differences(case, found[SUITE / case["folder"] / "report.txt"]):
                failed[code].append(f"  {case['folder']} ({case['name']}) {why}")
    for code in sorted(failed):
        print(f"{code} failed", *failed[code], sep="\n")
    print(f"{len(cases)} cases, {len(failed)} rules failed", *sorted(failed))
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
