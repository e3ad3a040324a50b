"""The keys of `nianbao.yaml` and of a profile: the type and the meaning of each."""

from nianbao.engine.finding import Severity
from nianbao.files.scalars import ANYTHING, Choice, Words, whole
from nianbao.files.shape import Key, Many, Mapped, Record
from nianbao.report.issuer import LEVEL_WORDS, LEVELS
from nianbao.run.settings_points import POINTS
from nianbao.text.language import Text

_RULES = Many(Words(), single=True)
_SEVERITIES = Choice(tuple(severity.value for severity in Severity))
_FAIL_ON = Choice((*(severity.value for severity in Severity), "never"))
_NO_ADDRESS = Text(
    "“{written}”不是网址；写作 https://主机/路径，或者 file:///路径",
    "{written} is no address: write https://host/path, or file:///path",
)
COMMON = (
    Key(
        "select",
        _RULES,
        Text(
            "只用这些规则，代替在此之前选定的：编号、类别或名称",
            "only these rules, in place of those chosen before: code, family or name",
        ),
    ),
    Key("extend-select", _RULES, Text("再加上这些规则", "these rules too")),
    Key("ignore", _RULES, Text("不用这些规则", "not these rules")),
    Key(
        "severity",
        Mapped(_SEVERITIES),
        Text("规则的程度：error、warning 或 info", "the severity of a rule: error, warning or info"),
    ),
    Key("options", Mapped(Mapped(ANYTHING)), Text("规则的选项", "the options of a rule")),
    Key(
        "level",
        Choice(LEVELS, tuple(LEVEL_WORDS)),
        Text("机关的级别；默认从标题读出", "the level of the organ; by its title"),
    ),
    Key(
        "year",
        whole(2008, 2099),
        Text(
            "应当是哪一年的报告；报告写的不是这一年的，是错误（HDR010）",
            "the year that the reports are to be on; another one is an error (HDR010)",
        ),
    ),
    Key(
        "region",
        Words(),
        Text(
            "机关所在的地区，规则的 region 与它比较",
            "the region of the organ, which rules for a region ask for",
        ),
    ),
    Key(
        "fail-on",
        _FAIL_ON,
        Text(
            "有这个程度以上的问题时退出码为 1；默认 error",
            "exit with 1 for findings of this severity and above",
        ),
    ),
    POINTS,
    Key(
        "docs-url",
        Words(r"(?:https?|file)://[^\s{}]+", _NO_ADDRESS),
        Text(
            "规则说明网站的网址；结果、编辑器和 explain --web 里的链接指向那里",
            "the address of the site with the pages on rules, to which results, editors and explain --web lead",
        ),
    ),
)
_EXTENDS = Key(
    "extends",
    _RULES,
    Text(
        "以这些方案为底：名称，或以 ./ 开头的文件；后面的胜过前面的",
        "what to build upon: profiles by name, or files written ./…; the later win",
    ),
)
FILES = (
    Key(
        "plugins",
        _RULES,
        Text("Python 写的规则文件，相对于本文件", "plugin files in Python, relative to this file"),
    ),
    Key(
        "rules", _RULES, Text("YAML 写的规则文件，相对于本文件", "rule files in YAML, relative to this file")
    ),
)
COMPARED = (
    Key(
        "previous",
        _RULES,
        Text(
            "上一年度的报告：文件或文件夹，相对于本文件；读来比较，不检查",
            "reports on the year before: files or folders, relative to this file; they are read, not checked",
        ),
    ),
    Key(
        "members",
        _RULES,
        Text(
            "下级机关的报告：文件或文件夹，相对于本文件；汇总的报告与它们比较",
            "reports of the organs below: files or folders, relative to this file; the report that sums them up is compared with them",
        ),
    ),
    Key(
        "roster",
        Words(),
        Text(
            "机关名册（CSV），相对于本文件；列有机关、级别、上级、简称",
            "the roster of the units (CSV), relative to this file: name, level, parent, short names",
        ),
    ),
)
_OVERRIDES = Key(
    "overrides",
    Many(
        Record(
            (
                Key(
                    "paths",
                    _RULES,
                    Text(
                        "报告的路径，相对于本文件；* 代表任意字符，斜杠在内",
                        "paths of reports, relative to this file; * matches any characters, / too",
                    ),
                    required=True,
                ),
                *COMMON,
            )
        )
    ),
    Text("只对一部分报告的设置；后面的胜过前面的", "settings for some of the reports; the later win"),
)
SETTINGS_FILE = Record((_EXTENDS, *COMMON, *FILES, *COMPARED, _OVERRIDES))
PROFILE = Record((_EXTENDS, *COMMON))
