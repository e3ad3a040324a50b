"""Run the measurements named, or those that are counts; `all` is the table of targets, `scale` that of kinds."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))  # where the mutations are

if sys.argv[1:2] == ["all"]:
    from tests.bench import performance  # which is small: it says how much memory others take

    performance.main(sys.argv[2:])
elif sys.argv[1:2] == ["scale"]:
    from tests.bench import scale

    scale.main(sys.argv[2:])
else:
    from tests.bench import measure

    for name in sys.argv[1:] or ("counts", "warm", "fixes"):
        print(f"-- {name}")  # noqa: T201
        for line in getattr(measure, name)():
            print(line, flush=True)  # noqa: T201
