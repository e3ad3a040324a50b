"""Makes the pictures of the pages for the drafter, the reviewer and CI, all or those named.

    python docs/pictures/make.py [word-comments word-cell word-changes list list-print workbook notice comment page/report …]

The drafter's report is `docs/examples/qinghe-2025.txt` in Word; the reviewer's are those of `tests/january.py`, with
which tests play the page. nianbao checks them as the pages say; LibreOffice and Chromium show what comes of it. It
needs the extra `test`, pillow, `libreoffice-writer-nogui libreoffice-calc-nogui chromium poppler-utils fonts-noto-cjk fonts-noto-color-emoji`.
Those of the page in a browser, `page/…`, need the page as it is built, and playwright-core in the folder that
NIANBAO_NODE_MODULES names; `page.cjs` opens it. The picture of the editor is made by `vscode.mjs`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from margin import annotated
from markdown_it import MarkdownIt
from PIL import Image
from word import word  # and with it what is in tests

import january  # isort: skip

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples"
DRAFT = "青禾镇.docx"
PROGRAM = "import sys; from nianbao.cli import main; sys.exit(main())"
TO_PDF = 'pdf:{}:{{"ExportNotes":{{"type":"boolean","value":"true"}}}}'
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
COMMENT = (
    "body{margin:24px;font:15px/1.6 'Noto Sans CJK SC',sans-serif;color:#1f2328}"
    "table{border-collapse:collapse}td,th{border:1px solid #d1d9e0;padding:6px 12px;vertical-align:top}"
    "td:first-child,th{white-space:nowrap}"
    "code{background:#eff1f3;border-radius:4px;padding:1px 5px;font-size:13px}"
)
COLOURS = 256
ROUNDS = 2  # in which the colours come nearest to those that there are: else large washes are tinted
Box = tuple[float, float, float, float]  # left, top, right, bottom of a page, each in parts of it


# -- what the pages tell the reader to do ------------------------------------------------------------------


def drafted(folder: Path) -> Path:
    """Return the drafter's report."""
    path = folder / DRAFT
    path.write_bytes(word((EXAMPLES / "qinghe-2025.txt").read_text(encoding="utf-8")))
    return path


def handed_in(folder: Path) -> None:
    """Put the reviewer's reports, roster and settings into *folder*."""
    january.hand_in(folder)
    roster = f"{january.HANDED_IN}/units.csv"
    nianbao(folder, "roster", january.LAST, "-o", roster)
    (folder / "nianbao.yaml").write_text(
        f"year: 2025\nprevious: {january.LAST}\nroster: {roster}\n", encoding="utf-8"
    )


def nianbao(folder: Path, *arguments: str) -> None:
    """Run nianbao in *folder*; that it finds something is what it is run for."""
    environment = {**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"}
    command = (sys.executable, "-c", PROGRAM, *arguments)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()


# -- how it is shown ---------------------------------------------------------------------------------------


def office(path: Path) -> Path:
    """Return *path* as LibreOffice makes a PDF of it, with its comments."""
    export = "calc_pdf_Export" if path.suffix == ".xlsx" else "writer_pdf_Export"
    home = f"-env:UserInstallation=file://{path.parent}/office"
    run(
        "soffice",
        "--headless",
        "--norestore",
        home,
        "--convert-to",
        TO_PDF.format(export),
        "--outdir",
        path.parent,
        path,
    )
    return path.with_suffix(".pdf")


def page(pdf: Path, number: int, dots: int) -> Image.Image:
    """Return page *number* of *pdf*, *dots* an inch."""
    stem = pdf.with_name("page")
    run(
        "pdftoppm",
        "-png",
        "-singlefile",
        "-hide-annotations",
        "-r",
        dots,
        "-f",
        number,
        "-l",
        number,
        pdf,
        stem,
    )
    return Image.open(stem.with_suffix(".png")).convert("RGB")


def browser(folder: Path, *arguments: object) -> None:
    """Let Chromium do what *arguments* say, as one who has never used it."""
    run("chromium", *FLAGS, f"--user-data-dir={folder / 'chromium'}", *arguments)


def run(*command: object) -> None:
    """Run a program. Raises CalledProcessError where it fails."""
    subprocess.run([str(word) for word in command], check=True, capture_output=True, timeout=120)


def cut(picture: Image.Image, box: Box) -> Image.Image:
    """Return the part of *picture* in *box*."""
    wide, high = picture.size
    left, top, right, bottom = box
    return picture.crop((round(left * wide), round(top * high), round(right * wide), round(bottom * high)))


# -- the pictures ------------------------------------------------------------------------------------------


def word_comments(folder: Path) -> Image.Image:
    """Show the first page of the report with a comment on each finding."""
    return commented(folder, 1)


def word_cell(folder: Path) -> Image.Image:
    """Show the comment on a cell of table three."""
    return cut(commented(folder, 3), (0, 0.64, 1, 0.97))


def commented(folder: Path, number: int) -> Image.Image:
    """Return page *number* of the report with the comments on it."""
    drafted(folder)
    nianbao(folder, "annotate", DRAFT, "-o", "带批注.docx")
    copy = folder / "带批注.docx"
    pdf = office(copy)
    return annotated(page(pdf, number, 110), pdf, number, copy)


def word_changes(folder: Path) -> Image.Image:
    """Show what fixes have put right, as changes that may be accepted or not."""
    drafted(folder)
    nianbao(folder, "check", "--fix", "--unsafe-fixes", DRAFT)
    return cut(page(office(folder / DRAFT), 1, 110), (0, 0.04, 1, 0.94))


def html_list(folder: Path) -> Image.Image:
    """Show the list of findings in a browser."""
    handed_in(folder)
    nianbao(folder, "check", january.HANDED_IN, "-f", "html:清单.html")
    shot = folder / "list.png"
    size = "--window-size=1200,1180"
    browser(folder, size, f"--screenshot={shot}", (folder / "清单.html").as_uri())
    return Image.open(shot).convert("RGB")


def html_print(folder: Path) -> Image.Image:
    """Show what one township is handed on paper, with the line to sign on."""
    handed_in(folder)
    nianbao(folder, "check", january.HANDED_IN, "-f", "html:清单.html")
    paper = folder / "list.pdf"
    browser(folder, "--no-pdf-header-footer", f"--print-to-pdf={paper}", (folder / "清单.html").as_uri())
    return cut(page(paper, 3, 130), (0, 0, 1, 0.5))


def workbook(folder: Path) -> Image.Image:
    """Show the overview of the workbook."""
    handed_in(folder)
    nianbao(folder, "check", january.HANDED_IN, "-f", "xlsx:总览.xlsx")
    return cut(page(office(folder / "总览.xlsx"), 1, 130), (0.02, 0.02, 0.97, 0.21))


def notice(folder: Path) -> Image.Image:
    """Show the notice that one organ is sent."""
    handed_in(folder)
    nianbao(folder, "check", january.HANDED_IN, "-f", "docx", "--per-file", "通知单/")
    return cut(page(office(folder / "通知单" / f"{january.WRONG_PERIOD}.docx"), 1, 100), (0, 0.08, 1, 0.78))


def comment(folder: Path) -> Image.Image:
    """Show the comment on a merge request, as a service that knows Markdown does."""
    drafted(folder)
    nianbao(folder, "check", "-f", "markdown:comment.md", DRAFT)
    text = (folder / "comment.md").read_text(encoding="utf-8")
    made = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)
    shown, shot = folder / "comment.html", folder / "comment.png"
    shown.write_text(f"<!doctype html><meta charset=utf-8><style>{COMMENT}</style>{made}", encoding="utf-8")
    browser(folder, "--window-size=1000,760", f"--screenshot={shot}", shown.as_uri())
    return Image.open(shot).convert("RGB")


def page_in(state: str) -> Callable[[Path], Image.Image]:
    """Return what makes the picture of the page in *state*."""

    def shown(folder: Path) -> Image.Image:
        reports: list[Path] = []
        if state == "overview":
            reports = [county(folder)]
        elif state != "empty":
            reports = [drafted(folder)]
        built = HERE.parents[1] / "linter" / "page" / "dist" / "年报检查.html"
        shot = folder / "page.png"
        modules = os.environ["NIANBAO_NODE_MODULES"]
        run(
            "node",
            HERE / "page.cjs",
            modules,
            shutil.which("chromium"),
            built.as_uri(),
            state,
            shot,
            *reports,
        )
        return Image.open(shot).convert("RGB")

    return shown


def county(folder: Path) -> Path:
    """Put the reviewer's reports of two years into *folder* and return where they are."""
    reports = folder / january.COUNTY
    reports.mkdir()
    january.hand_in(reports)
    return reports


STATES = ("empty", "loading", "report", "trying", "overview", "phone", "dark")  # of the page in a browser
PICTURES: Mapping[str, Callable[[Path], Image.Image]] = {
    "word-comments": word_comments,
    "word-cell": word_cell,
    "word-changes": word_changes,
    "list": html_list,
    "list-print": html_print,
    "workbook": workbook,
    "notice": notice,
    "comment": comment,
    **{f"page/{state}": page_in(state) for state in STATES},
}


def make(name: str) -> None:
    """Write the picture *name*, its colours few so that it stays small."""
    with tempfile.TemporaryDirectory() as folder:
        picture = PICTURES[name](Path(folder))
    coverage = Image.Quantize.MAXCOVERAGE
    few = picture.quantize(COLOURS, method=coverage, kmeans=ROUNDS, dither=Image.Dither.NONE)
    path = HERE / f"{name}.png"
    path.parent.mkdir(exist_ok=True)
    few.save(path, optimize=True)


if __name__ == "__main__":
    for wanted in sys.argv[1:] or PICTURES:
        make(wanted)
