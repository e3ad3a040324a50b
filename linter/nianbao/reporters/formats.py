"""The output formats of nianbao; each is imported when it is asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

from nianbao.reporters.reporter import OutputFormat, PartReporter
from nianbao.text.language import Text

if TYPE_CHECKING:  # a program that only shows its help needs no engine
    from collections.abc import Callable

    from nianbao.reporters.display import Display
    from nianbao.reporters.notice import Noticing


def _in(module: str, name: str) -> "Callable[[Display], PartReporter]":
    """Return a function that imports *module* and makes its reporter *name*."""

    def make(display: "Display") -> PartReporter:
        made: PartReporter = getattr(import_module(f"nianbao.reporters.{module}"), name)(display)
        return made

    return make


FORMATS = (
    OutputFormat(
        "full", Text("逐条说明，供人阅读", "for people, a block for each finding"), False, _in("full", "full")
    ),
    OutputFormat("concise", Text("每个问题一行", "one line a finding"), False, _in("concise", "concise")),
    OutputFormat(
        "grouped",
        Text("按文件归在一起，每个问题一行", "by file, one line a finding"),
        False,
        _in("grouped", "grouped"),
    ),
    OutputFormat(
        "json", Text("供程序读取，整体一个对象", "for programs, one object"), True, _in("json_", "Json")
    ),
    OutputFormat(
        "jsonl",
        Text("供程序读取，每行一个对象", "for programs, one object a line"),
        True,
        _in("jsonl", "JsonLines"),
    ),
    OutputFormat(
        "sarif",
        Text("SARIF 2.1.0，供代码扫描平台", "SARIF 2.1.0, for code scanning"),
        True,
        _in("sarif", "Sarif"),
    ),
    OutputFormat(
        "github",
        Text("GitHub 工作流的标注", "annotations of a GitHub workflow"),
        True,
        _in("github", "GitHub"),
    ),
    OutputFormat(
        "gitlab",
        Text("GitLab 的代码质量报告", "a code quality report for GitLab"),
        True,
        _in("gitlab", "GitLab"),
    ),
    OutputFormat(
        "junit",
        Text("JUnit XML，每份报告一组", "JUnit XML, a suite for each report"),
        True,
        _in("junit", "JUnit"),
    ),
    OutputFormat("rdjson", Text("供 reviewdog 读取", "for reviewdog"), True, _in("rdjson", "RdJson")),
    OutputFormat(
        "checkstyle", Text("Checkstyle XML", "Checkstyle XML"), True, _in("checkstyle", "Checkstyle")
    ),
    OutputFormat(
        "csv",
        Text("表格，每个问题一行", "for a spreadsheet, a row for each finding"),
        True,
        _in("csv_", "Csv"),
    ),
    OutputFormat(
        "score",
        Text(
            "评分表：每份报告每项指标一行，指标写在配置的 points",
            "scores, by the sheet under points in the settings",
        ),
        True,
        _in("score", "ScoreSheet"),
    ),
    OutputFormat(
        "xlsx",
        Text("工作簿：总览、问题、无法判断的规则", "a workbook: overview, findings, rules not judged"),
        True,
        _in("xlsx", "Xlsx"),
        binary=True,
    ),
    OutputFormat(
        "html",
        Text("整改清单，用浏览器打开或打印", "a list to put right, to be opened in a browser or printed"),
        True,
        _in("html", "Html"),
    ),
    OutputFormat(
        "docx",
        Text("通知单，用 Word 打开", "notices on the reports, for Word"),
        True,
        _in("notice_docx", "NoticeDocx"),
        binary=True,
    ),
    OutputFormat(
        "markdown",
        Text("合并请求里的评论", "for a comment on a merge request"),
        True,
        _in("markdown", "Markdown"),
    ),
)


def noticing(name: str, display: "Display") -> "Noticing | None":
    """Return what writes a notice for each report in the format *name*, None if notices have no such format."""
    module, maker = {"html": ("notice_html", "NoticeHtml"), "docx": ("notice_docx", "NoticeDocx")}.get(
        name, ("", "")
    )
    if not module:
        return None
    made: Noticing = getattr(import_module(f"nianbao.reporters.{module}"), maker)(display)
    return made
