"""The fixes of a rule made in the report of a case, each proved as `nianbao check --fix` proves it."""

from collections.abc import Sequence

from nianbao.engine.rule import Rule
from nianbao.plugins.loading import load
from nianbao.report.form import Form
from nianbao.run.linter import Input, Linter
from nianbao.run.proof import Fixed, fixed
from nianbao.run.settings import Settings
from nianbao.testing.cases import Case


def put_right(case: Case, rules: Sequence[Rule], forms: Sequence[Form]) -> Fixed:
    """Return the report of *case*, judged by *rules*, with the fixes of its own rule in it, unsafe ones too.

    Raises CaseError.
    """
    options = tuple((code, tuple(values.items())) for code, values in case.options.items())
    settings = Settings(year=case.year, level=case.level, region=case.region, options=options)
    text_reader = load().readers[-1:]
    linter = Linter(tuple(rules), tuple(rules), tuple(forms), text_reader, settings)
    given = Input(case.name, settings, data=case.written().encode())
    given = given._replace(neighbours=case.neighbours(linter.read(given), forms))
    return fixed(linter, given, unsafe=True, codes=(case.rule,))
