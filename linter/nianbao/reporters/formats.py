"""How verdicts are written down: one small class a format."""

from typing import TYPE_CHECKING

from nianbao.reporters.reporter import OutputFormat, Reporter, UnavailableError
from nianbao.text.language import Text

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from nianbao.reporters.display import Display


def _full(display: "Display") -> Reporter:
    from nianbao.reporters.full import Full

    return Full(display)


def _concise(display: "Display") -> Reporter:
    from nianbao.reporters.concise import Concise

    return Concise(display)


def _grouped(display: "Display") -> Reporter:
    from nianbao.reporters.grouped import Grouped

    return Grouped(display)


def _json(display: "Display") -> Reporter:
    from nianbao.reporters.json_ import Json

    return Json(display)


def _jsonl(display: "Display") -> Reporter:
    from nianbao.reporters.jsonl import JsonLines

    return JsonLines(display)


def _sarif(display: "Display") -> Reporter:
    from nianbao.reporters.sarif import Sarif

    return Sarif(display)


def _github(display: "Display") -> Reporter:
    from nianbao.reporters.github import GitHub

    return GitHub(display)


def _gitlab(display: "Display") -> Reporter:
    from nianbao.reporters.gitlab import GitLab

    return GitLab(display)


def _junit(display: "Display") -> Reporter:
    from nianbao.reporters.junit import JUnit

    return JUnit(display)


def _rdjson(display: "Display") -> Reporter:
    from nianbao.reporters.rdjson import RdJson

    return RdJson(display)


def _checkstyle(display: "Display") -> Reporter:
    from nianbao.reporters.checkstyle import Checkstyle

    return Checkstyle(display)


def _csv(display: "Display") -> Reporter:
    from nianbao.reporters.csv_ import Csv

    return Csv(display)


_NO_LIBRARY = Text(
    "写 xlsx 需要 xlsxwriter：pip install 'nianbao[xlsx]'",
    "xlsx needs xlsxwriter: pip install 'nianbao[xlsx]'",
)


def _xlsx(display: "Display") -> Reporter:
    try:
        from nianbao.reporters.xlsx import Xlsx
    except ImportError:
        raise UnavailableError(_NO_LIBRARY) from None

    return Xlsx(display)


def _html(display: "Display") -> Reporter:
    from nianbao.reporters.html import Html

    return Html(display)


def _markdown(display: "Display") -> Reporter:
    from nianbao.reporters.markdown import Markdown

    return Markdown(display)


FORMATS = (
    OutputFormat("full", Text("逐条说明，供人阅读", "for people, a block for each finding"), False, _full),
    OutputFormat("concise", Text("每个问题一行", "one line a finding"), False, _concise),
    OutputFormat(
        "grouped", Text("按文件归在一起，每个问题一行", "by file, one line a finding"), False, _grouped
    ),
    OutputFormat("json", Text("供程序读取，整体一个对象", "for programs, one object"), True, _json),
    OutputFormat("jsonl", Text("供程序读取，每行一个对象", "for programs, one object a line"), True, _jsonl),
    OutputFormat(
        "sarif", Text("SARIF 2.1.0，供代码扫描平台", "SARIF 2.1.0, for code scanning"), True, _sarif
    ),
    OutputFormat("github", Text("GitHub 工作流的标注", "annotations of a GitHub workflow"), True, _github),
    OutputFormat("gitlab", Text("GitLab 的代码质量报告", "a code quality report for GitLab"), True, _gitlab),
    OutputFormat(
        "junit", Text("JUnit XML，每份报告一组", "JUnit XML, a suite for each report"), True, _junit
    ),
    OutputFormat("rdjson", Text("供 reviewdog 读取", "for reviewdog"), True, _rdjson),
    OutputFormat("checkstyle", Text("Checkstyle XML", "Checkstyle XML"), True, _checkstyle),
    OutputFormat("csv", Text("表格，每个问题一行", "for a spreadsheet, a row for each finding"), True, _csv),
    OutputFormat(
        "xlsx",
        Text(
            "工作簿：总览、问题、无法判断的规则", "a workbook: overview, findings, what could not be judged"
        ),
        True,
        _xlsx,
        binary=True,
    ),
    OutputFormat(
        "html",
        Text("整改清单，用浏览器打开或打印", "a list to put right, to be opened in a browser or printed"),
        True,
        _html,
    ),
    OutputFormat("markdown", Text("合并请求里的评论", "for a comment on a merge request"), True, _markdown),
)
