"""DOC005 second-report."""

from nianbao.api import Context, Finding, Report, Severity, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import OWN_READING

_SECOND = Text(
    "文件里还有一份报告：“{title}”。只检查了前一份，从这里起没有检查，不等于没有问题",
    "the file has one more report: “{title}”; only the first was checked, all from here on was not, which does not mean that it is right",
)
_SECOND_HELP = Text(
    "每份报告各存一个文件，分别检查",
    "save each report as a file of its own and check both",
)


@rule(
    "DOC005",
    "second-report",
    summary=Text(
        "说明同一文件里的第二份报告没有检查",
        "a second report in the same file is said not to be checked",
    ),
    basis=OWN_READING,
    severity=Severity.INFO,
    forms=(),
)
def second_report(report: Report, context: Context) -> Results:
    """一个文件只检查一份报告；后面还有一份的，说明没有检查。

    为什么：两份报告各有六个部分，连在一起读，后一份的标题会当作前一份重复的部分，数也会混在一起。
    前一份照常检查；因为还有一份没有结论，没有问题时退出码也是 3。
    目录里的标题、每页页眉上的报告名称不是另一份报告。

    反例：一个文件里先是县政府的报告，接着是县教育局的报告。
    正例：两份报告各一个文件。

    怎样改：每份报告各存一个文件，分别检查。
    """
    if report.second is not None:
        title = " ".join(report.source[report.second].strip("#* \t\u3000").split())
        yield Finding(
            report.second, _SECOND.fill(title=title), _SECOND_HELP, place="全文", data={"title": title}
        )
