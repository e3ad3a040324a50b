"""通知单 as a page: the notice on one report, to be read in a browser, printed and signed; nothing in it runs."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files

from nianbao.engine.checked import Checked
from nianbao.files.own import GENERATOR
from nianbao.reporters.display import Display
from nianbao.reporters.entry import Entry, Gap
from nianbao.reporters.notice import (
    BASIS,
    CHANGED,
    COLUMNS,
    HELP,
    ISSUED_BY,
    ISSUED_ON,
    KEPT,
    notice,
)
from nianbao.text.language import Text


class NoticeHtml:
    """A page for each report; no part of it comes from elsewhere, and the policy at its head lets nothing come."""

    def __init__(self, display: Display) -> None:
        self.display = display

    def page(self, checked: Checked) -> bytes:
        """Return the page with the notice on *checked*."""
        said = notice(checked, self.display)
        style = files("nianbao.reporters").joinpath("notice.css").read_text(encoding="utf-8")
        policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
        language = "en" if self.display.language == "en" else "zh-CN"
        title = escape(said.title)
        lines = [
            f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">{GENERATOR}',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>",
            f'<h1>{title}</h1>\n<p class="to">{escape(said.to)}</p>',
            *(f'<p class="said">{escape(words)}</p>' for words in said.opening),
            self._blanks("issued", (self.display.say(ISSUED_BY), self.display.say(ISSUED_ON))),
        ]
        if said.found:
            lines += [f"<h2>{escape(said.heads[0])}</h2>", self._list(said.found)]
        if said.gaps:
            lines += [f"<h2>{escape(said.heads[1])}</h2>", f"<ol>{''.join(map(_gap, said.gaps))}</ol>"]
        lines += [self._blanks("signed", said.signed), "</main>\n</body>\n</html>\n"]
        return "\n".join(lines).encode()

    def _list(self, found: Sequence[Entry]) -> str:
        head = "".join(f"<th>{self._say(word)}</th>" for word in COLUMNS)
        rows = "\n".join(self._row(number, entry) for number, entry in enumerate(found, 1))
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"

    def _row(self, number: int, entry: Entry) -> str:
        severity = entry.severity
        words = f"<mark>{escape(entry.words)}</mark>" if entry.words else ""
        around = f"{escape(entry.before)}{words}{escape(entry.after)}"
        return (
            f'<tr class="{severity.value}"><td class="number"><b>{number}</b> <em>{self._say(severity.text)}</em></td>'
            f'<td class="place"><b>{escape(entry.address)}</b>{f"<p>{around}</p>" if around else ""}</td>'
            f'<td class="finding">{"".join(self._said(entry))}</td>'
            f'<td class="done"><p>{self._say(CHANGED)}</p><p>{self._say(KEPT)}</p></td></tr>'
        )

    def _said(self, entry: Entry) -> Iterator[str]:
        yield f"<p>{escape(entry.message)}</p>"
        yield from (f'<p class="quiet">{escape(related)}</p>' for related in entry.related)
        for word, words in ((BASIS, entry.basis), (HELP, entry.help)):
            if words:
                yield f"<p><span>{self._say(word)}</span>{escape(words)}</p>"
        yield f'<p class="quiet">{entry.code} {escape(entry.name)}</p>'

    def _blanks(self, style: str, words: Sequence[str]) -> str:
        """Return *words*, each with a line to write on."""
        return f'<p class="{style}">{"".join(f"<span>{escape(word)}</span>" for word in words)}</p>'

    def _say(self, text: Text) -> str:
        return escape(self.display.say(text))


def _gap(gap: Gap) -> str:
    return f'<li>{escape(gap.reason)} <span class="quiet">{" ".join(gap.codes)}</span></li>'


def _hash(text: str) -> str:
    """Return *text* as a content security policy refers to it."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
