"""The cases of declared rules, for the kit that tests them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from nianbao.engine.rule import Rule
from nianbao.files.values import entries, members, text_under, value, words
from nianbao.files.yaml_file import FaultError, Faults, FileError, Item, plain
from nianbao.plugins.declared.reading import Reading, read
from nianbao.report.form import Form, form_of
from nianbao.report.issuer import Level, level_of
from nianbao.report.report import Report
from nianbao.testing.cases import UNSAFE_ALONE
from nianbao.text.language import Text
from nianbao.text.source import Source

if TYPE_CHECKING:  # the kit is imported when cases are read, not with the rules
    from nianbao.testing import Case

_TWICE = Text("用例“{name}”出现了两次；改名或删去一个", "case {name} is here twice: rename or delete one")
_WHOLE = Text(
    "text 就是全文，“{key}”改的是合规范文，不能同时写；删去一个",
    "{key} changes a compliant report and text is a report of its own: delete one",
)
_NOT_FAILING = Text(
    "pass 的用例不应发现问题，没有 expect；删去 expect，或者移到 fail 下",
    "a case under pass finds nothing and has no expect: delete it, or move the case to fail",
)
_NOTHING_TO_FIX = Text(
    "pass 的用例没有问题可改；删去 fixed，或者移到 fail 下",
    "a case under pass has nothing to fix: delete fixed, or move the case to fail",
)
_NOT_MARKED = Text(
    "pass 的用例不应发现问题，不用 «» 标出文字；删去标记，或者移到 fail 下",
    "a case under pass finds nothing, so «» marks nothing: delete the marks, or move the case to fail",
)
_CHANGES = ("form", "seed", "notation", "set", "rename", "drop")
_YEAR = 2024
_LEVEL: Level = "township"


def read_cases(path: str, forms: Sequence[Form], text: str | None = None) -> "tuple[Case, ...]":
    """Return the cases of the rules in the file at *path*, in their order. Raises FileError with all its faults.

    *text* is the content of a file that is not saved yet.
    """
    source, readings = read(path, forms, text)
    cases: list[Case] = []
    try:
        with Faults() as faults:
            for reading in readings:
                with faults.noted:
                    cases.extend(_cases(reading, forms, source))
    except FaultError as fault:
        raise FileError(source, fault) from None
    return tuple(cases)


def _cases(reading: Reading, forms: Sequence[Form], source: Source) -> "Iterator[Case]":
    seen = set()
    with Faults() as faults:
        for kind in ("pass", "fail"):
            for number, item in enumerate(members(value(reading.item, "cases"), kind), start=1):
                with faults.noted:
                    case = _case(item, f"{kind} {number}", reading.rule, kind, forms)
                    if case.name in seen:
                        raise FaultError(item.offset, _TWICE.fill(name=case.name))
                    seen.add(case.name)
                    yield case._replace(line=source.position(item.offset).line)


def _case(item: Item, name: str, rule: Rule, kind: Any, forms: Sequence[Form]) -> "Case":
    from nianbao.testing import Case

    case = Case(rule.code, name, kind, select=(rule.code,))
    whole = not isinstance(item.content, dict)
    case = case._replace(text=item.written) if whole else _described(case, item)
    if kind == "pass":
        _check_passing(item, case)
    return _placed(case, item, rule, forms)


def _described(case: "Case", item: Item) -> "Case":
    """Return *case* with the report and the findings that the mapping *item* describes."""
    fields = entries(item)
    wrong = [key for key in _CHANGES if key in fields and "text" in fields]
    if wrong:
        raise FaultError(fields[wrong[0]].key.offset, _WHOLE.fill(key=wrong[0]))
    if "unsafe" in fields and "fixed" not in fields:
        raise FaultError(fields["unsafe"].key.offset, UNSAFE_ALONE)
    return case._replace(
        name=text_under(item, "name", case.name),
        text=text_under(item, "text") if "text" in fields else None,
        set=_texts(item, "set"),
        rename=_texts(item, "rename"),
        drop=words(item, "drop"),
        replace=tuple(tuple(text.written for text in _members(pair)) for pair in members(item, "replace")),
        append=text_under(item, "append"),
        expect=tuple(_expected(each, case.rule) for each in members(item, "expect")) or None,
        fixed=_texts(item, "fixed") if "fixed" in fields else None,
        unsafe="unsafe" in fields and bool(plain(value(item, "unsafe"))),
    )


def _texts(item: Item, key: str) -> dict[str, str]:
    entry = entries(item).get(key)
    return {} if entry is None else {name: each.value.written for name, each in entries(entry.value).items()}


def _members(item: Item) -> tuple[Item, ...]:
    assert isinstance(item.content, tuple)
    return item.content


def _expected(item: Item, code: str) -> dict[str, Any]:
    said = {
        key: words(item, key) if key in ("says", "related") else entry.value.written
        for key, entry in entries(item).items()
    }
    return {"code": code, **said}


def _check_passing(item: Item, case: "Case") -> None:
    """Raise FaultError if a passing case expects, marks or fixes a finding."""
    if case.expect is not None:
        raise FaultError(entries(item)["expect"].key.offset, _NOT_FAILING)
    if case.fixed is not None:
        raise FaultError(entries(item)["fixed"].key.offset, _NOTHING_TO_FIX)
    if _plain(case.text or "") != (case.text or ""):
        raise FaultError(item.offset, _NOT_MARKED)


def _plain(text: str) -> str:
    """Return *text* without its marks; a wrong one is for the kit to report."""
    from nianbao.testing.marks import read as read_marks

    try:
        return read_marks(text).text
    except FaultError:
        return text


# -- the report, if the case does not describe it --------------------------------------------------------------


def _placed(case: "Case", item: Item, rule: Rule, forms: Sequence[Form]) -> "Case":
    """Return *case* with form, level, year and region: as *item* says, as its text states, as *rule* asks for."""
    fields = entries(item) if isinstance(item.content, dict) else {}
    given = {key: entry.value.written for key, entry in fields.items()}
    region = given.get("region") or next(iter(rule.applies.regions), None)
    level = level_of(given.get("level", ""))
    usual = next(iter(rule.applies.levels), _LEVEL)
    if case.text is None:
        names = (given["form"],) if "form" in given else rule.forms
        year = int(given["year"]) if "year" in given else _year(rule, names, forms)
        form = form_of(year, forms)
        base: dict[str, Any] = {
            "form": given.get("form") or (form.name if form else names[0]),
            "level": level or usual,
            "year": year,
            **({"seed": int(given["seed"])} if "seed" in given else {}),
            **({"notation": given["notation"]} if "notation" in given else {}),
        }
        return case._replace(base=base, level=level or usual, region=region)
    report = Report(Source(_plain(case.text)), forms)
    dated = report.title_years or any(period.is_year for period in report.periods)
    stated = None if dated else _year(rule, rule.forms, forms)
    return case._replace(
        year=int(given["year"]) if "year" in given else stated,
        level=level or (usual if report.issuer.level is None else None),
        region=region,
    )


def _year(rule: Rule, names: Sequence[str], forms: Sequence[Form]) -> int:
    """Return a year that *rule* is for and whose form is among *names*: its first, else 2024, else any."""
    first, last = rule.applies.first, rule.applies.last
    starts = [form.first_year for form in forms if form.name in names]
    for year in (first, _YEAR, last, *starts):
        form = form_of(year, forms) if year and (first or year) <= year <= (last or year) else None
        if year and form is not None and form.name in names:
            return year
    return _YEAR
