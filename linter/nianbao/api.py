"""The only module that a plugin imports."""

from nianbao_grammar import official_forms

from nianbao.diagnostic import (
    Basis,
    Diagnostic,
    Edit,
    Finding,
    Fix,
    Related,
    Severity,
    Strength,
    Undetermined,
)
from nianbao.equations import Equation, Imbalance, number, repairs, written
from nianbao.folding import fold, split_numeral
from nianbao.form import ColumnForm, Form, Identity, RowForm, SectionForm, TableForm
from nianbao.issuer import LEVEL_NAMES, Issuer, Level
from nianbao.language import Text, same
from nianbao.period import Day, Period, dates, periods, written_number
from nianbao.plugins import hookimpl
from nianbao.report import Report, Section
from nianbao.rule import Context, Rule, rule
from nianbao.source import Source, Span
from nianbao.syntax import Heading, Part, Piece
from nianbao.table import Cell, Label, State, Table

VERSION = "1.0"

__all__ = [
    "LEVEL_NAMES",
    "VERSION",
    "Basis",
    "Cell",
    "ColumnForm",
    "Context",
    "Day",
    "Diagnostic",
    "Edit",
    "Equation",
    "Finding",
    "Fix",
    "Form",
    "Heading",
    "Identity",
    "Imbalance",
    "Issuer",
    "Label",
    "Level",
    "Part",
    "Period",
    "Piece",
    "Related",
    "Report",
    "RowForm",
    "Rule",
    "Section",
    "SectionForm",
    "Severity",
    "Source",
    "Span",
    "State",
    "Strength",
    "Table",
    "TableForm",
    "Text",
    "Undetermined",
    "dates",
    "fold",
    "hookimpl",
    "number",
    "official_forms",
    "periods",
    "repairs",
    "rule",
    "same",
    "split_numeral",
    "written",
    "written_number",
]
