"""Text from outside made harmless: signs that act on a screen, turn words around or are not seen become escapes."""

from nianbao_grammar import patterns as re

from nianbao.text.marks import CELL_MARK

# Control characters; what joins, parts, turns or fills and is not seen; halves of pairs, and no characters at all.
# Arabic signs of the same category are seen, and so not among them.
_ENDS = "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(1, 17))
_ACTIVE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U00013430-\U0001343f"
    rf"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff{_ENDS}]"
    r"|#(?=#\[)"  # what follows in the line is a command in the log of a GitHub workflow
)
# Signs that are not seen and are right in their place: a joiner between pictures or in a script that needs it, the
# choice of a form behind the sign whose form it is.
_SCRIPT = r"[\u0600-\u109f\u1780-\u18af]"
_PICTURE = r"[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
_ORDINARY = re.compile(
    rf"(?<={_PICTURE})\u200d(?={_PICTURE})|(?<={_SCRIPT})[\u200c\u200d](?={_SCRIPT})|(?<=[\u1800-\u18af])[\u180b-\u180f]"
    r"|(?<=[^\s\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# The signs that begin a formula in a spreadsheet; one for Chinese takes the wide signs too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def inert(text: str, keep: str = "") -> str:
    r"""Return *text* with `\x1b` for each sign that acts or is not seen, but for those in *keep*.

    A line feed that is kept keeps the carriage return before it. The mark between two cells becomes a bar.
    """

    def escape(match: re.Match[str]) -> str:
        sign = match[0]
        if sign in keep or _ORDINARY.match(text, match.start()):
            return sign
        if sign == "\r" and "\n" in keep and text.startswith("\n", match.end()):
            return sign
        return "│" if sign == CELL_MARK else _SHORT.get(sign) or _escape(ord(sign))

    return _ACTIVE.sub(escape, text)


def in_json(text: str) -> str:
    """Return *text*, which is JSON, with the same signs as escapes of JSON, so that it says what it said.

    Half a pair, which not every reader of JSON takes, becomes U+FFFD.
    """

    def escape(match: re.Match[str]) -> str:
        sign = match[0]
        if sign == "\n" or _ORDINARY.match(text, match.start()):
            return sign
        if "\ud800" <= sign <= "\udfff":
            return "\ufffd"
        units = sign.encode("utf-16-be")
        return "".join(rf"\u{high:02x}{low:02x}" for high, low in zip(units[::2], units[1::2], strict=True))

    return _ACTIVE.sub(escape, text)


def in_yaml(text: str) -> str:
    """Return *text*, which is one string of JSON, with the same signs as escapes of YAML, which say what was said."""

    def escape(match: re.Match[str]) -> str:
        return match[0] if _ORDINARY.match(text, match.start()) else _escape(ord(match[0]))

    return _ACTIVE.sub(escape, text)


def in_sheet(text: str) -> str:
    """Return *text* for a cell of a spreadsheet: behind an apostrophe if it would be calculated."""
    text = inert(text, "\n")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _escape(code: int) -> str:
    return rf"\x{code:02x}" if code < 0x100 else rf"\u{code:04x}" if code < 0x10000 else rf"\U{code:08x}"
