"""A row or column label that differs from the printed one: said alike of every table."""

from nianbao.api import Edit, Finding, Fix, Label, Table, Text

_LABEL = Text("{table}的“{found}”应为“{official}”", "in {table}, “{found}” should read “{official}”")
_HELP = Text("改为格式印明的“{official}”", "use the printed label “{official}”")


def label_finding(table: Table, label: Label) -> Finding:
    """Return the finding that *label* is not the printed one, with the safe fix that makes it so."""
    values = {"found": "".join(label.text.split()), "official": label.official}
    help_text = _HELP.fill(**values)
    fix = Fix(help_text, True, (Edit(label.span, label.text, label.official),))
    message = _LABEL.fill(table=table.form.place, **values)
    return Finding(label.span, message, help_text, data=values, fix=fix, place=table.form.place)
