"""Runs in Pyodide while the page is built: calls all that the page can do, and tells which modules of Python that took.

The page has these modules and no others. A list made by hand would lack some that Pyodide itself needs to start.
"""

import ast
import codecs
import json
import os
import sys
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from nianbao.page.calls import Page
from nianbao.report.printed import Slot
from nianbao.writers.docx import new

TITLE = "青石县松岭乡2023年政府信息公开工作年度报告"
ROWS = (
    ("第二十条第（一）项",),
    ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
    ("规章", "0", "0", "1"),
)
LINES = ("一、总体情况", "2023年，我乡主动公开信息12条，身份证号11010519491231002X，截止2023年12月31。")
# What only processes need, and what builds the patterns.
NEVER = {"ast", "dataclasses", "inspect", "multiprocessing", "multiprocessing.connection", "pkgutil"}
# The encodings that files are in, and that zip archives name their members in.
ENCODINGS = (
    "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be gb18030 gbk gb2312 hz big5 big5hkscs "
    "cp936 cp950 cp437 cp1252 latin-1 ascii idna punycode raw_unicode_escape unicode_escape"
)


def samples():
    """Yield the name and the bytes of a file of every kind that is read."""
    text = "\n".join((TITLE, *LINES, *("\t".join(("", *row)) for row in ROWS)))
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in ROWS)
    page = f"<html><meta charset=gb18030><h1>{TITLE}</h1>{''.join(f'<p>{line}</p>' for line in LINES)}<table>{table}</table>"
    yield "report.txt", text.encode("gb18030")
    yield "report.md", f"# {TITLE}\n\n## {LINES[0]}\n\n{LINES[1]}\n\n<table>{table}</table>\n".encode()
    yield "report.html", page.encode("gb18030")
    yield "report.docx", docx(text)
    yield "report.pdf", pdf("1 2 3")
    yield "report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    yield "broken.docx", b"PK\x03\x04" + bytes(100)
    yield "broken.pdf", b"%PDF-1.4\n"
    yield "nianbao.yaml", b"severity: {TYP001: info}\nroster: units.csv\n"
    yield "units.csv", "名称,级别,上级\n松岭乡,乡镇,\n".encode()
    yield "county.rules.yaml", RULES.encode()


def docx(text):
    """Return a Word file of *text* and a table."""
    rows = [[Slot("", cell) for cell in row] for row in ROWS[1:]]
    return new.docx(
        [new.Line("title", TITLE), *(new.Line("body", line) for line in LINES), new.Table(rows, (1, 1, 1, 1))]
    )


def pdf(words):
    """Return a PDF of one page that says *words*."""
    drawing = f"BT /F 12 Tf 72 700 Td ({words}) Tj ET 72 600 m 300 600 l S".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            table,
            len(data),
        )
    )


RULES = """rules:
  - code: XX001
    name: websites-counted
    kind: require-count
    with: {noun: 政府网站, unit: [个, 家], in: 总体情况}
    basis: 青石县政务公开工作考核细则第一项
    cases:
      pass: ["一、总体情况\\n年末全县共有政府网站1家。\\n"]
      fail: ["一、总体情况\\n«政府网站»发布信息3200条。\\n"]
"""


def go_through():
    """Call all that a page can do, on samples of every kind."""
    page = Page()

    def call(name, files=(), **ask):
        said, _ = page.call(name, "zh", json.dumps(ask), files)
        return json.loads(said)

    names, files = zip(*samples(), strict=True)
    opened = call("open", files, names=names)
    if "failure" in opened:
        raise ValueError(opened["failure"]["message"])
    for report in [each["report"] for each in opened["answer"]["reports"]]:
        view = call("view", report=report)["answer"]
        for finding in view["findings"]:
            call("fix", report=report, finding=finding["record"]["fingerprint"])
        call("fixAll", report=report)
        call("edit", report=report, span={"start": 0, "end": 1}, text="某")
        for kind in call("view", report=report)["answer"]["saves"]:
            call("save", report=report, **{"as": kind})
        call("undo", report=report)
    for kind in opened["answer"]["saves"]:
        call("save", report=None, **{"as": kind})
    call("close", report=1)


def named(folder):
    """Yield the modules that the sources in *folder* name in an import, wherever it stands."""
    for path in Path(folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module


def traced(folder):
    """Return the files of all modules of Python that the sources in *folder* take, from their root."""
    for encoding in ENCODINGS.split():
        codecs.lookup(encoding)
    os.chdir(tempfile.mkdtemp())
    go_through()
    for name in sorted({*named(folder)} - NEVER):
        if name.partition(".")[0] in sys.stdlib_module_names:
            with suppress(ImportError):
                import_module(name)
    root = os.path.dirname(os.__file__)
    files = (getattr(module, "__file__", None) for module in tuple(sys.modules.values()))
    return sorted(
        {
            file[len(root) + 1 :]
            for file in files
            if file and file.startswith(f"{root}/") and "-packages/" not in file
        }
    )
