"""The title in plain form, and reasons for an undetermined result."""

from nianbao.api import Report, Text, fold

NO_TITLE = Text("文中没有找到标题", "no title was found in the text")


def title_of(report: Report) -> str:
    """Return the title without white space and in one width, "" for none."""
    return fold(report.title.text).strip('"《》') if report.title is not None else ""


UNRELIABLE = Text(
    "正文的标题没有单独成行、重复出现或者编号不连续，数不准有几个部分",
    "headings are inside paragraphs, appear twice or skip a number, so the parts cannot be counted",
)
