"""Puts the Python sources of the page into a folder: `python gather.py FOLDER`.

Those of nianbao are of the interpreter that runs this, with what it needs to check and to write; the wheel of PDFium
for WebAssembly is fetched by pip, once.
"""

import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("nianbao", "nianbao_rules", "nianbao_grammar", "pluggy", "yaml", "xlsxwriter")
# What no page ever calls. nianbao_grammar.compile_patterns is needed until the patterns are compiled.
LEFT_OUT = shutil.ignore_patterns(
    "__pycache__", "*.so", "*.pyd", "_patterns_*.bin", "cli", "lsp", "scaffold", "schema", "testing", "reference", "pytest_plugin.py",
    "__main__.py", "cluster.py",
)  # fmt: skip
PDFIUM = "pypdfium2>=5.15,<6"
PLATFORM = ("--platform", "pyemscripten_2026_0_wasm32", "--python-version", "3.14", "--only-binary=:all:")


def gather(folder: Path) -> None:
    """Put all sources into *folder*: the packages in `app` and as an archive, PDFium in `pdf`."""
    app, pdf = folder / "app", folder / "pdf"
    shutil.rmtree(app, ignore_errors=True)
    for name in PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            sys.exit(f"{name} is not installed here: pip install '.[xlsx]'")
        if spec.submodule_search_locations:
            shutil.copytree(Path(spec.origin).parent, app / name, ignore=LEFT_OUT)
        else:
            shutil.copy(spec.origin, app)
    info = app / "nianbao-0.dist-info"
    info.mkdir()
    points = [f"{point.name} = {point.value}\n" for point in entry_points(group="nianbao")]
    (info / "entry_points.txt").write_text("".join(("[nianbao]\n", *sorted(points))), encoding="utf-8")
    shutil.copy(Path(__file__).with_name("boot.py"), app)
    shutil.make_archive(str(app), "zip", app)
    if not pdf.exists():
        command = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder))
        subprocess.run([*command, *PLATFORM, PDFIUM], check=True)
        (wheel,) = folder.glob("pypdfium2-*.whl")
        shutil.unpack_archive(wheel, pdf, "zip")
        for each in pdf.iterdir():
            if each.name != "pypdfium2_raw":  # the bindings alone
                shutil.rmtree(each)


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
