"""Print a compliant report: `python -m nianbao.testing form=2019 level=city seed=3 notation=pipes`."""

import sys
from typing import Any

from nianbao.testing import compliant

usage = "usage: python -m nianbao.testing [form=2019] [level=city] [seed=3] [year=2025] [notation=pipes]"
if "--help" in sys.argv[1:]:
    sys.stdout.write(f"{usage}\n")
    sys.exit()
if not all("=" in argument for argument in sys.argv[1:]):
    sys.exit(usage)
options: dict[str, Any] = dict(argument.split("=", 1) for argument in sys.argv[1:])
for number in {"seed", "year"} & options.keys():
    options[number] = int(options[number])
sys.stdout.write(compliant(**options).render())
