"""TXT004 normative-documents."""

from nianbao.api import Context, Report, Text, rule

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import ARTICLE_50, TABLE_TWO
from nianbao_rules.text.shared import results_of


@rule(
    "TXT004",
    "normative-documents",
    summary=Text(
        "正文的规章、规范性文件件数与表二一致",
        "the rules and normative documents of the text are those of table two",
    ),
    basis=(TABLE_TWO, ARTICLE_50),
    needs="regulations",
)
def normative_documents(report: Report, context: Context) -> Results:
    """正文写的规章、行政规范性文件制发、废止、现行有效件数，应与表二第二十条第（一）项一致。

    为什么：这几个数要与司法行政部门核对一致，正文和表格各写各的，说明没有核对。
    2019年和2020年的格式比较新制作、新公开、对外公开总数量。网站公开了多少件、政策文件、党内规范性文件、
    只说政府或政府办的，不比较。

    反例：正文“全年制发行政规范性文件6件”，表二本年制发件数4：4 ≠ 6。
    正例：正文“制发行政规范性文件4件，废止2件，现行有效31件”，表二4、2、31。

    怎样改：与司法行政部门核对后，改正有误的一处。
    """
    yield from results_of(report, "TXT004")
