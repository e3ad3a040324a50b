"""`nianbao` as the program of a folder without Python.

What nianbao and multiprocessing start as `sys.executable` is Python elsewhere and here this program again. So it takes
the words by which they start Python, too.
"""

import os
import sys


def main() -> None:
    """Run the command, or what Python is started for."""
    # The libraries of the folder come first for this program: not for LibreOffice, which it starts, and again for
    # itself, which its loader otherwise takes for seen to.
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    os.environ.pop("LD_LIBRARY_PATH", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"
    words = sys.argv[1:]
    if words[-2:-1] == ["-c"] and words[-1].startswith(
        "from multiprocessing."
    ):  # what clears up behind workers
        exec(words[-1])
        sys.exit()  # it has closed its streams, which the loader would flush
    elif words[:1] == ["--multiprocessing-fork"]:  # a worker
        from multiprocessing.spawn import freeze_support

        freeze_support()
    elif words[:1] == ["-I"]:  # a script of ours
        from runpy import run_path

        del sys.argv[:2]
        run_path(words[1], run_name="__main__")
    else:
        from nianbao.cli import main

        main()


if __name__ == "__main__":
    main()
