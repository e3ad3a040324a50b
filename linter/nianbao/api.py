"""The only module that a plugin imports."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nianbao_grammar import official_forms

from nianbao.engine.checked import Checked, Repairs, Summary, Tally
from nianbao.engine.finding import (
    Basis,
    Diagnostic,
    Elsewhere,
    Finding,
    Fix,
    NotApplicable,
    Outcome,
    OutcomeState,
    Related,
    Severity,
    Strength,
    Suppression,
    Undetermined,
)
from nianbao.engine.rule import Applies, Beside, Context, Option, Rule, Target, rule
from nianbao.engine.score import Indicator, Loss, Score, score
from nianbao.engine.verdict import Lack, Verdict
from nianbao.files.folder import LeftOut, LeftOutReason
from nianbao.plugins.hooks import API_VERSION, Plugin, hookimpl
from nianbao.plugins.profile import Profile
from nianbao.prose.sentences import (
    Breakdown,
    Comparison,
    Negation,
    Quantity,
    Undecided,
    breakdowns,
    comparisons,
    negations,
    quantities,
)
from nianbao.readers.reader import Reader
from nianbao.report.equations import Equation, Imbalance, number, repairs, written
from nianbao.report.form import (
    Aspect,
    ColumnForm,
    Form,
    Identity,
    LabelMatch,
    RowForm,
    SectionForm,
    TableForm,
)
from nianbao.report.issuer import LEVEL_NAMES, Issuer, Level
from nianbao.report.kind import Other
from nianbao.report.organ_names import OrganNames, parted
from nianbao.report.period import Day, Period, dates, periods, written_number
from nianbao.report.report import Looked, Report
from nianbao.report.sections import Section
from nianbao.report.syntax import Grid, Heading, Outline, Part, Piece
from nianbao.report.table import Cell, Figure, Label, State, Table
from nianbao.reporters.display import Display
from nianbao.reporters.reporter import OutputFormat, PartReporter, Reporter, UnavailableError
from nianbao.reporters.terminal_width import Ruler
from nianbao.text.edit import Edit
from nianbao.text.folding import fold, split_numeral
from nianbao.text.language import Text, same
from nianbao.text.pictures import has_picture
from nianbao.text.source import (
    Dropped,
    Merged,
    Origin,
    Place,
    Position,
    Segment,
    Source,
    Span,
    UnreadableError,
)

if TYPE_CHECKING:  # most runs read one report and know no other
    from nianbao.report.neighbour import Figures, Neighbour, Neighbours, Sentence, Siblings, Unread
    from nianbao.report.rebuilt import Rebuilt

VERSION = API_VERSION

__all__ = [
    "LEVEL_NAMES",
    "VERSION",
    "Applies",
    "Aspect",
    "Basis",
    "Beside",
    "Breakdown",
    "Cell",
    "Checked",
    "ColumnForm",
    "Comparison",
    "Context",
    "Day",
    "Diagnostic",
    "Display",
    "Dropped",
    "Edit",
    "Elsewhere",
    "Equation",
    "Figure",
    "Figures",
    "Finding",
    "Fix",
    "Form",
    "Grid",
    "Heading",
    "Identity",
    "Imbalance",
    "Indicator",
    "Issuer",
    "Label",
    "LabelMatch",
    "Lack",
    "LeftOut",
    "LeftOutReason",
    "Level",
    "Looked",
    "Loss",
    "Merged",
    "Negation",
    "Neighbour",
    "Neighbours",
    "NotApplicable",
    "Option",
    "OrganNames",
    "Origin",
    "Other",
    "Outcome",
    "OutcomeState",
    "Outline",
    "OutputFormat",
    "Part",
    "PartReporter",
    "Period",
    "Piece",
    "Place",
    "Plugin",
    "Position",
    "Profile",
    "Quantity",
    "Reader",
    "Rebuilt",
    "Related",
    "Repairs",
    "Report",
    "Reporter",
    "RowForm",
    "Rule",
    "Ruler",
    "Score",
    "Section",
    "SectionForm",
    "Segment",
    "Sentence",
    "Severity",
    "Siblings",
    "Source",
    "Span",
    "State",
    "Strength",
    "Summary",
    "Suppression",
    "Table",
    "TableForm",
    "Tally",
    "Target",
    "Text",
    "UnavailableError",
    "Undecided",
    "Undetermined",
    "Unread",
    "UnreadableError",
    "Verdict",
    "breakdowns",
    "comparisons",
    "dates",
    "fold",
    "has_picture",
    "hookimpl",
    "negations",
    "number",
    "official_forms",
    "parted",
    "periods",
    "quantities",
    "read_form",
    "read_rules",
    "repairs",
    "rule",
    "same",
    "score",
    "split_numeral",
    "written",
    "written_number",
]


def read_form(path: str) -> dict[str, Any]:
    """Return the form file at *path* as plain data, checked. Raises FileError, which the loader reports in full."""
    from nianbao.files.yaml_file import read_file
    from nianbao.report.form_file import check

    return check(read_file(path)[0].text, path)


def read_rules(path: str, forms: Sequence[Mapping[str, Any]] = ()) -> tuple[Rule, ...]:
    """Return the rules that the YAML file at *path* declares, for the official forms and *forms*.

    *forms* are plain data, as `read_form` returns it. Raises FileError, which the loader reports in full.
    """
    from nianbao.plugins.declared.reading import read_rules as read
    from nianbao.report.form import load_forms

    return read(path, load_forms([*official_forms(), *forms]))


def __getattr__(name: str) -> Any:
    """Return one of the values about other reports, which few rules ask for."""
    if name in ("Figures", "Neighbour", "Neighbours", "Sentence", "Siblings", "Unread"):
        from nianbao.report import neighbour

        return getattr(neighbour, name)
    if name == "Rebuilt":
        from nianbao.report.rebuilt import Rebuilt

        return Rebuilt
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
