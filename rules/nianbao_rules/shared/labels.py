"""Findings on row and column labels that differ from the printed ones, the same for every table."""

from nianbao.api import Edit, Finding, Fix, Label, Table, Text
from nianbao_grammar import patterns as re

_LABEL = Text("{table}的“{found}”应为“{official}”", "in {table}, “{found}” should read “{official}”")
_HELP = Text("改为格式印明的“{official}”", "use the printed label “{official}”")


def label_finding(table: Table, label: Label) -> Finding:
    """Return the finding that *label* is not the printed one, with the fix that restores it.

    The fix is safe unless *label* has a number that the printed one does not: that may be a figure next to the words.
    """
    values = {"found": "".join(label.text.split()), "official": label.official}
    help_text = _HELP.fill(**values)
    safe = len(re.findall(r"\d+", label.text)) <= len(re.findall(r"\d+", label.official))
    fix = Fix(help_text, safe, (Edit(label.span, label.text, label.official),))
    message = _LABEL.fill(table=table.form.place, **values)
    return Finding(label.span, message, help_text, data=values, fix=fix, place=table.form.place)
