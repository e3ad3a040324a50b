"""TYP003 spaced-word."""

from nianbao.api import Context, Edit, Finding, Fix, Report, Severity, Text, rule
from nianbao_grammar import patterns as re

from nianbao_rules.shared import Results
from nianbao_rules.shared.basis import STANDARD_WRITING
from nianbao_rules.typos.shared import span_in

_SPACED = Text(
    "“{text}”的字中间有空格（这一段共{count}处）",
    "“{text}” has spaces inside its words ({count} in this paragraph)",
)
_SPACED_HELP = Text("删去空格", "delete the spaces")
# A pattern that begins with a set of signs is fastest, so the sign before the gap is checked second.
_GAP = r"[ \u3000\xa0](?<=[\u4e00-\u9fff].)[ \u3000\xa0]{0,8}(?=[\u4e00-\u9fff])"
_OF_A_TABLE = "勾稽关系"
# Two characters of one word of these reports, with the gap between them.
_WORDS = (
    "政府 信息 公开 申请 工作 情况 年度 报告 主动 依申 答复 办理 结果 行政 复议 诉讼 条例 规章 规范 范性 文件 处罚 许可 强制 收费 事项 问题"
    " 改进 措施 监督 保障 平台 网站 培训 考核 评议 追究 责任 群众 机关 单位 部门 统计 期限 数据 制度 机制 落实 加强 完善 提高 推进 发布"
    " 解读 政策 服务 社会 会议 领导 组织 管理 审查 审核 保密 目录 指南 栏目 内容 及时 准确 全面 规定 要求 按照 根据 进一 一步 总体 存在"
    " 主要 其他 需要 渠道 受理 收到 维护 更新 建设 人员 业务 能力 水平 意识 宣传 公示 公告 财政 预算 决算 采购 项目 人大 政协 建议 提案"
    " 代表 委员 国家 秘密 隐私 法律 法规 依法 法人 公民 自然 数量 总计 继续 上年 本年 结转"
)


@rule(
    "TYP003",
    "spaced-word",
    summary=Text("词的中间没有空格", "no word has a space inside"),
    basis=STANDARD_WRITING,
    severity=Severity.INFO,
)
def spaced_word(report: Report, context: Context) -> Results:
    """词的中间不应有空格：“办 理 结 果”“信 息公开”。

    为什么：字间的空格多半是为了对齐敲进去的，查找、汇总时“办理结果”就找不到“办 理 结 果”。
    只查这类报告常用的词，词与词之间的空格、编号后面的空格、标题和表格里为了对齐的空格都不算；
    一段只提示一次。

    反例：认真做好政府信 息公开工作。
    正例：认真做好政府信息公开工作；联系人：办公室 电话：5550126。

    怎样改：删去空格。
    """
    for piece in report.paragraphs:
        text = piece.text
        if len(text.split()) < 2:  # no white space inside
            continue
        if report.unreadable and _OF_A_TABLE in text:  # a label broken in two by its cell
            continue
        found = [
            match.span()
            for match in re.finditer(_GAP, text)
            if text[match.start() - 1] + text[match.end()] in _WORDS
        ]
        if found:
            edits = tuple(Edit(span_in(piece, *gap), text[slice(*gap)], "") for gap in found)
            start, end = found[0][0] - 1, found[0][1] + 1
            message = _SPACED.fill(text=text[start:end], count=len(found))
            fix = Fix(_SPACED_HELP, False, edits)
            yield Finding(span_in(piece, start, end), message, _SPACED_HELP, fix=fix)
