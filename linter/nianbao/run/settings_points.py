"""The scoring sheet under `points` in settings."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from nianbao.engine.finding import Severity
from nianbao.engine.rule import Rule
from nianbao.engine.score import Indicator
from nianbao.engine.selection import UnknownRuleError, meant, named
from nianbao.files.scalars import ABOVE_ZERO, Choice, Words
from nianbao.files.shape import Key, Many, Record
from nianbao.files.values import entries, members, text_under, value, words
from nianbao.files.yaml_file import FaultError, Faults, Item
from nianbao.text.language import Text

_TOO_MUCH = Text(
    "最多扣 {most} 分，比“{name}”的分值 {worth} 还多；改正",
    "{most} points at most is more than {name} is worth, {worth}: correct one",
)
_TWICE = Text(
    "规则 {code} 已经算在“{name}”里，会扣两次；删去一处，或者在一处写明它的编号",
    "rule {code} is counted under {name} already and would cost twice: delete one, or name it by its code in one",
)
_NAME_TWICE = Text("指标“{name}”写了两次；改名", "there are two indicators {name}: rename one")
_FINDING, _RULE = "finding", "rule"

POINTS = Key(
    "points",
    Many(
        Record(
            (
                Key("name", Words(), Text("指标的名称", "the name of the indicator"), required=True),
                Key("worth", ABOVE_ZERO, Text("分值", "the points that it is worth"), required=True),
                Key(
                    "rules",
                    Many(Words(), single=True),
                    Text(
                        "看哪些规则：编号、类别或名称；写明编号的胜过类别",
                        "its rules: code, family or name; one named by its code is not counted with its family",
                    ),
                    required=True,
                ),
                Key("each", ABOVE_ZERO, Text("每次扣几分", "the points taken each time"), required=True),
                Key(
                    "per",
                    Choice((_FINDING, _RULE)),
                    Text(
                        "怎样算一次：每个问题 finding（不写也是），每条不通过的规则 rule",
                        "what is a time: each finding (if left out), or each rule that fails",
                    ),
                ),
                Key(
                    "most",
                    ABOVE_ZERO,
                    Text("最多扣几分；不写就是分值", "the most taken; left out, its worth"),
                ),
                Key(
                    "severity",
                    Choice(tuple(severity.value for severity in Severity)),
                    Text(
                        "这个程度以上的问题才扣分；不写就是 warning，提示不扣",
                        "the least severity that costs points; left out, warning, so that hints cost none",
                    ),
                ),
            )
        )
    ),
    Text(
        "评分表：各项指标的分值和扣法；后面的整个代替前面的。用 -f score 输出",
        "a scoring sheet: indicators, their worth and what is taken; the last one holds whole. -f score writes it",
    ),
)


def check_points(item: Item, rules: Sequence[Rule]) -> None:
    """Raise FaultError for each indicator of *item*, settings, that costs more than its worth or what another costs.

    A word that names no rule is passed over: another check is about it.
    """
    names: set[str] = set()
    owners: dict[str, tuple[bool, str]] = {}
    with Faults() as faults:
        for each in members(item, "points"):
            name, worth = text_under(each, "name"), text_under(each, "worth")
            with faults.noted:
                if name in names:
                    raise FaultError(value(each, "name").offset, _NAME_TWICE.fill(name=name))
                names.add(name)
            with faults.noted:
                if "most" in entries(each) and Decimal(text_under(each, "most")) > Decimal(worth):
                    most = value(each, "most")
                    raise FaultError(most.offset, _TOO_MUCH.fill(most=most.written, name=name, worth=worth))
            for word in members(each, "rules"):
                with faults.noted:
                    for rule, own in _rules_of(word, rules):
                        known = owners.setdefault(rule.code, (own, name))
                        if known != (own, name) and known[0] == own:
                            raise FaultError(word.offset, _TWICE.fill(code=rule.code, name=known[1]))
                        if own:
                            owners[rule.code] = own, name


def points_in(item: Item, rules: Sequence[Rule]) -> tuple[Indicator, ...]:
    """Return the indicators of *item*, settings that have been checked."""
    sheet = members(item, "points")
    named_alone = {
        rule.code: number
        for number, each in enumerate(sheet)
        for word in members(each, "rules")
        for rule, own in _rules_of(word, rules)
        if own
    }
    return tuple(
        Indicator(
            text_under(each, "name"),
            Decimal(text_under(each, "worth")),
            Decimal(text_under(each, "each")),
            Decimal(text_under(each, "most", text_under(each, "worth"))),
            tuple(
                dict.fromkeys(
                    rule.code
                    for word in members(each, "rules")
                    for rule, own in _rules_of(word, rules)
                    if own or named_alone.get(rule.code, number) == number
                )
            ),
            text_under(each, "per") == _RULE,
            Severity(text_under(each, "severity", Severity.WARNING.value)),
        )
        for number, each in enumerate(sheet)
    )


def listed(sheet: Item) -> Iterator[tuple[str, str, Item]]:
    """Yield the name of each indicator of *sheet*, its other keys as written, and where it is."""
    assert isinstance(sheet.content, tuple)
    for each in sheet.content:
        keys = {key: ", ".join(words(each, key)) for key in entries(each) if key != "name"}
        yield text_under(each, "name"), " ".join(f"{key}={said}" for key, said in keys.items()), each


def known_points(sheet: Item, is_known: Callable[[Item], bool]) -> Item:
    """Return *sheet* without the words for rules that are not known."""
    assert isinstance(sheet.content, tuple)
    return sheet._replace(content=tuple(_with_rules(each, is_known) for each in sheet.content))


def _with_rules(indicator: Item, is_known: Callable[[Item], bool]) -> Item:
    rules = entries(indicator)["rules"]
    kept = rules.value._replace(content=tuple(filter(is_known, members(indicator, "rules"))))
    return indicator._replace(content={**entries(indicator), "rules": rules._replace(value=kept)})


def _rules_of(word: Item, rules: Sequence[Rule]) -> Iterator[tuple[Rule, bool]]:
    """Yield the rules that *word* means, a family those that are on by default, each with whether it is named itself."""
    try:
        found = meant(rules, word.written)
    except UnknownRuleError:
        return
    family = any(rule.family == word.written.upper() for rule in named(rules, word.written))
    yield from ((rule, not family) for rule in found)
