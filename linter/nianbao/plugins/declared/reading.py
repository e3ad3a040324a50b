"""The rules in a file of declared rules."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from nianbao_grammar import patterns as re
from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Basis, Finding, Severity, Strength
from nianbao.engine.rule import Applies, Check, Context, Result, Rule, Target
from nianbao.files.scalars import correction
from nianbao.files.shape import check
from nianbao.files.values import entries, members, text_under, value, words
from nianbao.files.yaml_file import FaultError, Faults, FileError, Item, read_file
from nianbao.plugins.declared.conditions import all_of, conditions, held, levels_in
from nianbao.plugins.declared.file import DECLARED, KINDS, RULES_FILE
from nianbao.plugins.declared.kind import Found, Operands, Search
from nianbao.plugins.declared.templates import template
from nianbao.report.form import Form
from nianbao.report.issuer import level_of
from nianbao.report.report import Report
from nianbao.text.language import Text, same
from nianbao.text.source import Source

_NOT_RULES = Text(
    "规则文件应为键值对，这里是{kind}；第一行写 rules:，规则逐条列在下面",
    "a file of rules is a mapping and this is {kind}: begin with rules: and list them below",
)
_TWICE = Text(
    "“{name}”已经用于第 {line} 行的规则；换一个", "{name} is taken by the rule in line {line}: use another"
)
_ORDER = Text(
    "止于 {last} 年，早于起始的 {first} 年；对调或改正",
    "ends in {last}, before it begins in {first}: correct one",
)
_NO_FORM = Text("没有格式“{name}”；{remedy}", "there is no form {name}: {remedy}")
_NEVER = Text(
    "这些年度没有用格式 {forms} 的报告，规则永远不会执行；改正 years 或 form",
    "no report on these years is on form {forms}, so the rule would never run: correct years or form",
)
_TOO_SEVERE = Text(
    "依据的分量是 {strength}，最高为 {ceiling}；条款写明“应当”的，给 basis 写上 strength: law 和 article，否则降为 {ceiling}",
    "a basis of strength {strength} allows {ceiling} at most: if the clause says 应当, give basis its article and "
    "strength: law, else make it {ceiling}",
)
_NO_ARTICLE = Text(
    "strength 为 law 的依据要写明条款；补上 article，例如 article: 第五条",
    "a basis of strength law names its clause: add article, as article: 第五条",
)
_ONLY = Text("{summary}（条件：{when}）", "{summary} (if {when})")
_BECAUSE = Text("{when}，而", "{when}, but ")
_DEFAULT = ("2019", "2021")
_COLONS = ("：", ":")
_LAST = 9999
_SHOWN = 80  # characters of an example in the documentation


class Reading(NamedTuple):
    """A rule and the item of the file it was read from."""

    item: Item
    rule: Rule


def read_rules(path: str, forms: Sequence[Form], text: str | None = None) -> tuple[Rule, ...]:
    """Return the rules declared in the file at *path*, over *forms*. Raises FileError with all its faults.

    *text* takes the place of its content, for a file that is being edited.
    """
    return tuple(reading.rule for reading in read(path, forms, text)[1])


def read(path: str, forms: Sequence[Form], text: str | None = None) -> tuple[Source, tuple[Reading, ...]]:
    """Return the file at *path* and its rules, each with its item. Raises FileError with all its faults."""
    source, item = read_file(path, text)
    try:
        return source, tuple(_readings(item, forms, source))
    except FaultError as fault:
        raise FileError(source, fault) from None


def _readings(item: Item, forms: Sequence[Form], source: Source) -> list[Reading]:
    """Return the rules of the file *item*. Raises FaultError, also for the rules beside one of another shape."""
    readings = []
    with Faults() as faults:
        with faults.noted:
            check(RULES_FILE, item, _NOT_RULES)
        for each in _sound(item) if faults.found else _ruled(item):
            with faults.noted:
                rule = _rule(each, forms, source.text)
                line = source.position(each.offset).line
                readings.append(Reading(each, rule._replace(origin=source.path, file=source.path, line=line)))
        rules = [entries(each) for each in _ruled(item) if isinstance(each.content, dict)]
        for key in ("code", "name"):
            with faults.noted:
                _distinct([rule[key].value for rule in rules if key in rule], source)
    return readings


def _ruled(item: Item) -> tuple[Item, ...]:
    """Return the items under `rules` of the file *item*, whatever they and it are."""
    return members(item, "rules") if isinstance(item.content, dict) else ()


def _sound(item: Item) -> Iterator[Item]:
    """Yield the rules of the file *item* that have the shape of one, whatever is wrong beside them."""
    for each in _ruled(item):
        with suppress(FaultError):
            check(DECLARED, each, _NOT_RULES)
            yield each


def _distinct(names: Sequence[Item], source: Source) -> None:
    seen: dict[str, int] = {}
    with Faults() as faults:
        for name in names:
            with faults.noted:
                if name.written in seen:
                    line = source.position(seen[name.written]).line
                    raise FaultError(name.offset, _TWICE.fill(name=name.written, line=line))
            seen.setdefault(name.written, name.offset)


def _rule(item: Item, forms: Sequence[Form], source: str) -> Rule:
    kind, given, keys = KINDS[text_under(item, "kind")], value(item, "with"), entries(item)
    known = (*kind.known(given), *(("when",) if "when" in keys else ()))
    with Faults() as faults:
        with faults.noted:
            names, applies = _applies(item, forms)
            meant = [form for form in forms if form.name in names and _covers(form, applies)]
            with faults.noted:
                when = conditions(item, meant)
            search = kind.make(given, meant)
        with faults.noted:
            own = kind.message
            if "when" in keys:
                own = Text(f"{_BECAUSE.zh}{own.zh}", f"{_BECAUSE.en}{own.en}")
            message = template(item, "message", own, known, source)
        with faults.noted:
            advice = template(item, "help", kind.help, known, source)
        basis = _basis(value(item, "basis"))
        severity = _severity(item, basis)
    if when:
        search = search._replace(
            look=held(search.look, when),
            operands={**search.operands, "when": all_of(when)},
            target=Target(all_of(when)),  # it says nothing of its words if it is never asked
        )
    own = kind.summary.fill(**search.operands)
    own = _ONLY.fill(when=all_of(when), summary=own) if when else own
    summary = same(text_under(item, "summary")) if "summary" in keys else own
    return Rule(
        text_under(item, "code"),
        text_under(item, "name"),
        summary,
        (basis,),
        severity,
        _check(search, message, advice),
        _documentation(item, summary, advice, search.operands),
        needs=search.needs,
        forms=names,
        enabled="enabled" not in keys or keys["enabled"].value.content is True,
        applies=applies,
        target=search.target,
    )


def _check(search: Search, message: Text, advice: Text) -> Check:
    def check(report: Report, context: Context) -> Iterator[Result]:
        for result in search.look(report):
            yield _finding(result, search.operands, message, advice) if isinstance(result, Found) else result

    return check


def _finding(found: Found, known: Operands, message: Text, advice: Text) -> Finding:
    operands = {**known, **found.operands}
    data = {name: value.zh if isinstance(value, Text) else value for name, value in operands.items()}
    texts = _filled(message, operands), _filled(advice, operands)
    return Finding(found.span, *texts, found.cell, found.related, data, found.fix, found.place)


def _filled(text: Text, operands: Operands) -> Text:
    """Return *text* with its operands, Chinese for both languages if the county has written only one."""
    filled = text.fill(**operands)
    return same(filled.zh) if text.zh == text.en else filled


# -- which reports -----------------------------------------------------------------------------------------


def _applies(item: Item, forms: Sequence[Form]) -> tuple[tuple[str, ...], Applies]:
    """Return the names of the forms that a rule is for, and the reports on them that it applies to."""
    given = value(item, "applies") if "applies" in entries(item) else item
    with Faults() as faults:
        with faults.noted:
            first, last = _years(given)
        for name in members(given, "form"):
            with faults.noted:
                if all(form.name != name.written for form in forms):
                    remedy = correction(name.written, [form.name for form in forms])
                    raise FaultError(name.offset, _NO_FORM.fill(name=name.written, remedy=remedy))
    names = words(given, "form") or _DEFAULT
    levels = tuple(level for name in (*words(given, "level"), *levels_in(item)) if (level := level_of(name)))
    applies = Applies(levels, first, last, words(given, "region"))
    if not any(form.name in names and _covers(form, applies) for form in forms):
        at = entries(given).get("years") or entries(given).get("form")
        listed = Text("、".join(names), ", ".join(names))
        raise FaultError(at.value.offset if at else given.offset, _NEVER.fill(forms=listed))
    return names, applies


def _years(given: Item) -> tuple[int | None, int | None]:
    """Return the first and the last year that `years` allows, None for no bound."""
    span = text_under(given, "years")
    first, dots, last = span.partition("..")
    ends = (first, last) if dots else (first, first)
    begin, end = (int(year) if year else None for year in ends)
    if begin is not None and end is not None and end < begin:
        raise FaultError(value(given, "years").offset, _ORDER.fill(first=begin, last=end))
    return begin, end


def _covers(form: Form, applies: Applies) -> bool:
    """Return whether reports on *form* are made in one of the years of *applies*."""
    first, last = applies.first or 0, applies.last or _LAST
    return form.first_year <= last and (form.last_year or _LAST) >= first


# -- basis, severity and documentation ----------------------------------------------------------------------


def _basis(item: Item) -> Basis:
    if not isinstance(item.content, dict):
        return Basis(item.written, "", Strength.NOTICE)
    strength = Strength(text_under(item, "strength", Strength.NOTICE.value))
    if strength is Strength.LAW and "article" not in item.content:
        raise FaultError(item.offset, _NO_ARTICLE)
    document, article = text_under(item, "document"), text_under(item, "article").strip()
    if article.startswith(_COLONS):  # no article, but what the document says
        return Basis(document, "", strength, gist=article.lstrip("".join(_COLONS)).strip())
    return Basis(document, article, strength)


def _severity(item: Item, basis: Basis) -> Severity:
    ceiling = basis.strength.ceiling
    severity = Severity(text_under(item, "severity", ceiling.value))
    if severity.rank > ceiling.rank:
        words = _TOO_SEVERE.fill(strength=basis.strength.value, ceiling=ceiling.value)
        raise FaultError(value(item, "severity").offset, words)
    return severity


def _documentation(item: Item, summary: Text, advice: Text, operands: Operands) -> str:
    """Return the page of `nianbao explain`, in the order of every rule: what, why, examples, help."""
    blanks = dict.fromkeys(KINDS[text_under(item, "kind")].operands, "……")
    cases = value(item, "cases")
    lines = [f"{summary.zh}。", "", *filter(None, [_headed("为什么", text_under(item, "why"))])]
    lines += [
        "",
        *(_headed(word, _example(cases, key)) for word, key in (("反例", "fail"), ("正例", "pass"))),
    ]
    lines += ["", _headed("怎样改", advice.fill(**{**blanks, **operands}).zh)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _headed(word: str, text: str) -> str:
    """Return *text* after its heading *word*, in one line that ends a sentence; "" if there is no text."""
    words = " ".join(text.split()).rstrip("。")
    return f"{word}：{words}。" if words else ""


def _example(cases: Item, key: str) -> str:
    """Return the text of the first of *cases* under *key* that is written as one, without its marks."""
    texts = (
        text_under(case, "text") if isinstance(case.content, dict) else case.written
        for case in members(cases, key)
    )
    text = re.sub("«(«?)|»(»?)", r"\1\2", next(filter(None, texts), ""))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}……"
