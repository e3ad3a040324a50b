"""JSON 1.0 as JSON Schema, draft 2020-12: one file, of which each output is a part."""

import os
from typing import Any

SCHEMAS = ("check", "jsonl", "rules", "show")
FILE = os.path.join(os.path.dirname(__file__), "nianbao-1.0.json")


def schema_of(name: str) -> dict[str, Any]:
    """Return the schema of the output *name*, one of SCHEMAS."""
    import json

    with open(FILE, encoding="utf-8") as file:
        whole: dict[str, Any] = json.load(file)
    return {**whole, "$ref": f"#/$defs/{name}"}
