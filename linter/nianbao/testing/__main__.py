"""Print a compliant report: `python -m nianbao.testing form=2019 level=city seed=3 notation=pipes`."""

import sys
from typing import Any

from nianbao.testing import compliant

options: dict[str, Any] = dict(argument.split("=", 1) for argument in sys.argv[1:])
if "seed" in options:
    options["seed"] = int(options["seed"])
sys.stdout.write(compliant(**options).render())
