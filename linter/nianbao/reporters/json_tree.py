"""JSON with any text in it."""

import json
from typing import Any

from nianbao.text.inert import in_json, inert


def serialised(record: Any, indent: int | None = 2) -> str:
    """Return *record* as JSON that says what it says, and in which no sign acts or is not seen."""
    return in_json(json.dumps(record, ensure_ascii=False, indent=indent)) + "\n"


def shown(record: Any) -> Any:
    """Return *record* with all texts in it harmless, for a program that shows them to people."""
    if isinstance(record, str):
        return inert(record, "\n\t")
    if isinstance(record, dict):
        return {key: shown(value) for key, value in record.items()}
    return [shown(value) for value in record] if isinstance(record, list | tuple) else record
