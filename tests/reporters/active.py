"""What acts on whoever reads an output, where it can come from, and how to see that it does not."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

# Each with what a person must see instead; what no screen acts on is seen as it is.
ACTIVE: Mapping[str, tuple[str, str]] = {
    "colour": ("红\x1b[31m字", r"红\x1b[31m字"),
    "our own colour": ("红\x1b[1;31m字", r"红\x1b[1;31m字"),
    "OSC 8": (
        "\x1b]8;;http://a.example\x07链接\x1b]8;;\x07",
        r"\x1b]8;;http://a.example\x07链接\x1b]8;;\x07",
    ),
    "C1": ("甲\x9b31m乙", r"甲\x9b31m乙"),
    "DEL": ("甲\x7f乙", r"甲\x7f乙"),
    "override": ("\u202e21\u202c件", r"\u202e21\u202c件"),
    "isolate": ("\u206621\u2069件", r"\u206621\u2069件"),
    "mark of direction": ("甲\u200f\u061c乙", r"甲\u200f\u061c乙"),
    "zero width": ("公\u200b开\u2060了\ufeff吗", r"公\u200b开\u2060了\ufeff吗"),
    "joiner": ("公\u200d开", r"公\u200d开"),
    "soft hyphen": ("公\xad开", r"公\xad开"),
    "ends of lines": ("甲\u2028乙\u2029丙\x85丁", r"甲\u2028乙\u2029丙\x85丁"),
    "tags": ("甲\U000e0041\U000e007f乙", r"甲\U000e0041\U000e007f乙"),
    "hidden variations": ("甲\ufe0f\ufe01\U000e0101乙", "甲\ufe0f\\ufe01\\U000e0101乙"),
    "noncharacters": ("甲\uffff\ufdd0\U0001fffe乙", r"甲\uffff\ufdd0\U0001fffe乙"),
    "lone surrogate": ("甲\ud800乙\udc80", r"甲\ud800乙\udc80"),
    "carriage return": ("甲\r乙", r"甲\r乙"),
    "formula": ('=HYPERLINK("http://a.example","甲")', '=HYPERLINK("http://a.example","甲")'),
    "wide formula": ("＝1+1", "＝1+1"),
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "attribute": ("\" onload='alert(1)' x=\"", "\" onload='alert(1)' x=\""),
    "command link": ("[甲](command:x)", "[甲](command:x)"),
    "script link": ("[甲](javascript:alert(1))![乙](http://a.example/b.png)", "javascript:alert(1)"),
    "reference": ("[甲]: command:x", "[甲]: command:x"),
    "end of CDATA": ("甲]]>乙", "甲]]>乙"),
    "entity": ("甲&#x202e;乙", "甲&#x202e;乙"),
    "escaped command": ("%0A::warning::甲", "%0A::warning::甲"),
    "command": ("::warning::甲", "warning::甲"),
    "old command": ("##[warning]甲", "#[warning]甲"),
}
_UNSEEN = frozenset("\xad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))


def acting(text: str, allowed: str = "\n") -> list[str]:
    """Return the signs in *text*, other than those *allowed*, that act or are not seen."""
    return [sign for sign in text if sign not in allowed and _acts(sign)]


def _acts(sign: str) -> bool:
    code = ord(sign)
    return (
        unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(sign) in _TURNING
        or sign in _UNSEEN
        or 0xE0000 <= code < 0xE0100
        or 0xFDD0 <= code <= 0xFDEF
        or code & 0xFFFE == 0xFFFE
    )


def strings(record: Any) -> Iterator[str]:
    """Yield every text in *record*, as JSON has it; keys too."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for key, value in record.items():
            yield from (key, *strings(value))
    elif isinstance(record, list):
        for value in record:
            yield from strings(value)


def commands(text: str) -> list[str]:
    """Return the lines that the runner of a workflow takes for commands: actions/runner, ActionCommand.cs."""
    return [line for line in text.split("\n") if line.lstrip().startswith("::") or "##[" in line]


def unpainted(text: str) -> str:
    """Return *text* without the codes that we colour with."""
    return re.sub(r"\x1b\[(?:0|1|2|4|1;31|1;33|1;36)m", "", text)
