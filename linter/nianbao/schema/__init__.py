"""JSON Schemas, draft 2020-12: of the JSON outputs, and of files written by hand.

Imports the shapes of these files. What it returns is printed by `nianbao schema` and read by editors.
"""

import os
from typing import Any

OUTPUTS = ("check", "jsonl", "rules", "show", "plugins", "extract", "extract-jsonl", "compare")
FILES = ("settings", "rule-file", "waivers")
FILE = os.path.join(os.path.dirname(__file__), "nianbao-1.3.json")


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema of *name*, one of OUTPUTS and FILES."""
    import json

    if name in FILES:
        title = f"nianbao: {name}"
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": title,
            **_shape(name).schema(),
        }
    with open(FILE, encoding="utf-8") as file:
        whole: dict[str, Any] = json.load(file)
    return {**whole, "$ref": f"#/$defs/{name}"}


def _shape(name: str) -> Any:
    if name == "settings":
        from nianbao.run.settings_shape import SETTINGS_FILE

        return SETTINGS_FILE
    if name == "rule-file":
        from nianbao.plugins.declared.file import RULES_FILE

        return RULES_FILE
    from nianbao.suppression.waivers import WAIVERS_FILE

    return WAIVERS_FILE
