"""The shape of a file of declared rules: its keys, their types and their meaning."""

from collections.abc import Mapping

from nianbao_grammar.records import NamedTuple

from nianbao.engine.finding import Severity, Strength
from nianbao.engine.rule import CODE, NAME
from nianbao.files.scalars import ANYTHING, NUMBER, PAIR, TRUTH, Choice, Plain, Schema, Words, whole
from nianbao.files.shape import Either, Key, Many, Mapped, Record, TextOr
from nianbao.files.values import entries, text_under
from nianbao.files.yaml_file import Faults, Item
from nianbao.plugins.declared.cells import CELL_RANGE, EQUAL_SUMS, REQUIRE_CELL
from nianbao.plugins.declared.conditions import LEVEL, WHEN
from nianbao.plugins.declared.counts import EQUAL_COUNT, REQUIRE_COUNT
from nianbao.plugins.declared.kind import Kind
from nianbao.plugins.declared.measures import DEADLINE, LIMIT_LENGTH
from nianbao.plugins.declared.phrases import FORBID_PHRASE, REPLACE_PHRASE, REQUIRE_PHRASE, REQUIRE_SECTION
from nianbao.text.language import Text

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        REQUIRE_SECTION,
        REQUIRE_PHRASE,
        FORBID_PHRASE,
        REPLACE_PHRASE,
        REQUIRE_COUNT,
        REQUIRE_CELL,
        CELL_RANGE,
        EQUAL_SUMS,
        EQUAL_COUNT,
        LIMIT_LENGTH,
        DEADLINE,
    )
}

_BAD_CODE = Text(
    "“{written}”不是规则代号；改为两到四个大写字母加三位数字，例如 QH001",
    "{written} is no code of a rule: two to four capital letters and three figures, as QH001",
)
_BAD_NAME = Text(
    "“{written}”不是规则名；改为以连字符相连的小写英文单词和数字，例如 new-media-accounts",
    "{written} is no name of a rule: lower-case English words and figures joined by hyphens, as new-media-accounts",
)
_BAD_YEARS = Text(
    "“{written}”不是年份的范围；写作 2024、2020..、..2022 或 2020..2022",
    "{written} is no range of years: write 2024, 2020.., ..2022 or 2020..2022",
)
_YEAR = whole(2008, 2099)
_CELL_TEXT = Either((Words(empty=True), NUMBER))  # a figure needs no quotes; it counts as written


class _Declared(NamedTuple):
    """A rule; the keys of its `with` depend on its kind."""

    record: Record

    @property
    def wanted(self) -> Text:
        """A mapping."""
        return self.record.wanted

    def fits(self, item: Item) -> bool:
        """Return whether *item* is a mapping."""
        return self.record.fits(item)

    def check(self, item: Item, key: str) -> None:
        """Raise FaultError for all that is wrong with the rule, its `with` too if its kind is known."""
        kind, given = KINDS.get(text_under(item, "kind")), entries(item).get("with")
        with Faults() as faults:
            with faults.noted:
                self.record.check(item, key)
            if kind is not None and given is not None and kind.given.fits(given.value):
                kind.given.check(given.value, "with")

    def schema(self) -> Schema:
        """Return an object whose `with` is that of its kind."""
        kinds = [
            {
                "if": {"properties": {"kind": {"const": name}}, "required": ["kind"]},
                "then": {"properties": {"with": kind.given.schema()}},
            }
            for name, kind in KINDS.items()
        ]
        return {**self.record.schema(), "allOf": kinds}


_EXPECTED = Record(
    (
        Key("at", _CELL_TEXT, Text("标出的原文", "the words found")),
        Key("place", Words(), Text("所在之处", "where they are")),
        Key("says", Many(Words(), single=True), Text("说明里要有的话", "what the message has to say")),
        Key(
            "related",
            Many(_CELL_TEXT, single=True, empty=True),
            Text(
                "一并指出的原文或格子的地址，依在报告里的先后，一个不多一个不少",
                "the words it marks beside, or the addresses of their cells, in the order of the report, all of them",
            ),
        ),
    )
)
_CASE = Record(
    (
        Key("name", Words(), Text("用例的名字", "what the case is called")),
        Key(
            "text",
            Words(),
            Text(
                "报告或其中一段；应发现的文字可用 «» 标出",
                "a report or a piece of one; «» may mark the words to be found",
            ),
        ),
        Key(
            "form",
            Choice(("2019", "2021")),
            Text("合规范文所用的格式", "the form of the compliant report to begin with"),
        ),
        Key("level", LEVEL, Text("机关的级别", "the level of the organ")),
        Key("seed", whole(0, 10**6), Text("用第几篇合规范文", "which of the compliant reports")),
        Key("notation", Choice(("tabs", "pipes", "bars")), Text("表格的写法", "how tables are written")),
        Key("set", Mapped(_CELL_TEXT), Text("改写格子，按地址", "cells to be changed, by address")),
        Key(
            "rename",
            Mapped(Words(empty=True)),
            Text("改写标题和行列名称", "titles and labels to be changed"),
        ),
        Key(
            "drop", Many(Words(), single=True), Text("删去的部分、表、行", "sections, tables, rows left out")
        ),
        Key("replace", Many(PAIR), Text("[原文, 新文]，换第一处", "[old, new], the first occurrence")),
        Key("append", Words(), Text("加在文末的话", "text at the very end")),
        Key("year", _YEAR, Text("报告年度", "the year reported on")),
        Key("region", Words(), Text("机关所在的地区", "the region of the organ")),
        Key("expect", Many(_EXPECTED), Text("应发现的问题，一个不多一个不少", "exactly what is to be found")),
        Key(
            "fixed",
            Mapped(_CELL_TEXT),
            Text(
                "修改后有哪些不同：只出现一次的原文或格子的地址: 新文；其余照旧",
                "what the fixes change: words that occur once, or the address of a cell, and what is there then",
            ),
        ),
        Key(
            "unsafe",
            TRUTH,
            Text("fixed 的修改须经人确认", "whether the fixes wait for a person to agree"),
        ),
    )
)
_CASES = Many(TextOr(_CASE))
_MESSAGE = TextOr(
    Record(
        (
            Key("zh", Words(), Text("中文", "in Chinese"), required=True),
            Key("en", Words(), Text("英文", "in English"), required=True),
        )
    )
)

_RULE = Record(
    (
        Key(
            "code",
            Words(CODE, _BAD_CODE),
            Text("代号，例如 QH001", "its code, as QH001"),
            required=True,
        ),
        Key(
            "name",
            Words(NAME, _BAD_NAME),
            Text("英文名，例如 new-media-accounts", "its name, as new-media-accounts"),
            required=True,
        ),
        Key("kind", Choice(tuple(KINDS)), Text("哪一种规则", "what kind of rule it is"), required=True),
        Key(
            "with",
            Mapped(ANYTHING),
            Text("查什么，各种规则各有自己的键", "what it looks for; the keys are those of the kind"),
            required=True,
        ),
        Key(
            "applies",
            Record(
                (
                    Key(
                        "level",
                        Many(LEVEL, single=True),
                        Text("只查这些级别的机关", "only organs of these levels"),
                    ),
                    Key(
                        "years",
                        Plain(r"[12]\d{3}(\.\.([12]\d{3})?)?|\.\.[12]\d{3}", _BAD_YEARS),
                        Text(
                            "只查这些年度的报告：2024、2020..、..2022、2020..2022",
                            "only reports on these years: 2024, 2020.., ..2022, 2020..2022",
                        ),
                    ),
                    Key(
                        "form",
                        Many(Plain(), single=True),
                        Text(
                            "只查这些格式；不写就是 2019 和 2021",
                            "only these forms; 2019 and 2021 if left out",
                        ),
                    ),
                    Key(
                        "region",
                        Many(Words(), single=True),
                        Text("只查这些地区的机关", "only organs within these places"),
                    ),
                )
            ),
            Text("查哪些报告；不写就都查", "which reports it is for; left out, all of them"),
        ),
        WHEN,
        Key(
            "basis",
            TextOr(
                Record(
                    (
                        Key("document", Words(), Text("文件", "the document"), required=True),
                        Key("article", Words(), Text("第几条", "the article")),
                        Key(
                            "strength",
                            Choice(tuple(strength.value for strength in Strength)),
                            Text(
                                "依据的分量：law 写明“应当”，form 格式印明，notice 通知要求（不写也是），"
                                "practice 通行做法，heuristic 自己的判断",
                                "how strong it is: law says 应当, form is printed on the form, notice (if left out), "
                                "practice, heuristic is our own reading",
                            ),
                        ),
                    )
                )
            ),
            Text("依据哪个文件", "the document that it is based on"),
            required=True,
        ),
        Key(
            "severity",
            Choice(tuple(severity.value for severity in Severity)),
            Text("程度；不写就用依据所许可的最高一级", "how severe; left out, as severe as its basis allows"),
        ),
        Key("summary", Words(), Text("一句话说明", "what it asks for, in a line")),
        Key("message", _MESSAGE, Text("发现问题时怎么说", "the message of a finding")),
        Key("help", _MESSAGE, Text("告诉人怎样改", "the help of a finding")),
        Key("why", Words(), Text("为什么有这条规则", "why there is such a rule")),
        Key("enabled", TRUTH, Text("是否默认启用", "whether it runs by default")),
        Key(
            "cases",
            Record(
                (
                    Key("pass", _CASES, Text("没有问题的例子", "examples that keep it"), required=True),
                    Key("fail", _CASES, Text("有问题的例子", "examples that do not"), required=True),
                )
            ),
            Text("用例，由 nianbao test 检验", "cases, which nianbao test checks the rule by"),
            required=True,
        ),
    )
)
DECLARED = _Declared(_RULE)
RULES_FILE = Record((Key("rules", Many(DECLARED), Text("各条规则", "the rules, one by one"), required=True),))
