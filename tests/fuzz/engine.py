"""The process that fuzzes: `python -m tests.fuzz.engine NAME FOLDER SECONDS`, started by the command.

libFuzzer ends it, when the seconds are over or with the first input that breaks the promise.
"""

import logging
import os
import sys
import traceback
from pathlib import Path
from random import Random

import atheris

WATCHED = ["nianbao", "nianbao_rules", "nianbao_grammar", "pygls", "pdfminer", "pdfplumber", "pypdf"]
_MEMORY = 2048  # MiB
_NEVER = 10**6  # seconds
_BY_BYTES = 8  # one change in so many is libFuzzer's own, which follows what the code compares with


def main(name: str, folder: str, seconds: int) -> None:
    """Fuzz the target *name*, beginning with the inputs in *folder* and keeping there what reaches new code."""
    atheris.enabled_hooks.add("str")
    with atheris.instrument_imports(include=WATCHED):  # all the while: much is imported where it is needed
        from effort import report

        from tests.fuzz.trial import attempt, target

        logging.disable()  # of what is wrong with an input, no one is to be told
        tried = target(name)

        def change(data: bytes, most: int, seed: int) -> bytes:
            rng = Random(seed)
            if rng.randrange(_BY_BYTES) == 0:
                return bytes(atheris.Mutate(data, most))
            try:
                return tried.change(data, rng)[:most]
            except Exception:  # libFuzzer would wait for ever
                traceback.print_exc()
                os._exit(1)

        options = (
            f"-max_total_time={seconds}",
            f"-max_len={tried.longest}",
            f"-rss_limit_mb={_MEMORY}",
            f"-artifact_prefix={Path(folder).parent}/",
            f"-timeout={_NEVER}",  # it goes by the clock; `attempt` has the bound
            "-print_final_stats=1",
            "-len_control=0",  # a report is long from the beginning
        )
        tried.run(b"")  # what is imported at first use is in before anything is measured
        report()
        atheris.Setup(
            [sys.argv[0], *options, folder], lambda data: attempt(tried, data), custom_mutator=change
        )
        atheris.Fuzz()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
