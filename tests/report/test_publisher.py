"""The organ of a report whose title names none."""

import pytest
from nianbao.report.publisher import publisher
from nianbao.report.syntax import read

TITLE = "2023年政府信息公开工作年度报告"
BODY = "一、总体情况\n2023年，我局主动公开政府信息120条。\n六、其他需要报告的事项\n无。\n"


def organ(head: str = "", tail: str = "", body: str = BODY) -> str | None:
    text = f"{head}\n{TITLE}\n\n{body}{tail}"
    found = publisher(text, read(text), body)
    return found and found.name


@pytest.mark.parametrize("whose", ["发布", "公开", "编制", "责任", "制发", "发文", "公布"])
@pytest.mark.parametrize("kind", ["机构", "单位", "机关", "部门", "主体"])
def test_the_publisher_in_the_metadata(whose: str, kind: str) -> None:
    assert organ(f"索引号：yl03/2024-0001 {whose}{kind}：云岭县水务局") == "云岭县水务局"


@pytest.mark.parametrize("parted", ["：", ":", " | ", "\t", "\n", ": "])
def test_the_metadata_may_be_written_in_any_way(parted: str) -> None:
    assert organ(f"发布机构{parted}云岭县水务局\n发布日期{parted}2024-01-10") == "云岭县水务局"


@pytest.mark.parametrize(
    "sentence",
    [
        *("本报告由云岭县水务局编制。", "本报告由云岭县水务局负责编写。", "由云岭县水务局撰写。"),
        *(f"为做好公开工作，云岭县水务局{word}有关规定形成本报告。" for word in ("根据", "按照", "依据", "对照", "结合", "汇总")),
        *(f"{word}云岭县水务局2023年政府信息公开工作年度报告。" for word in ("现将", "现公布", "现向社会公布", "按照要求，")),
    ],
)  # fmt: skip
def test_the_organ_in_the_preamble(sentence: str) -> None:
    assert organ(body=f"{sentence}\n{BODY}") == "云岭县水务局"


@pytest.mark.parametrize(
    "date", ["2024年1月12日", "2024 年 1 月 12 日", "二〇二四年一月十二日", "二○二四年一月十二日"]
)
def test_the_signature(date: str) -> None:
    assert organ(tail=f"\n云岭县水务局\n{date}\n") == "云岭县水务局"


@pytest.mark.parametrize(
    "head",
    [
        "",
        "来源：云岭县水务局",
        "发布机构：云岭县人民政府",
        "发布机构：办公室",
        "发布机构：县局",
        "本报告由办公室编制",
    ],
)
def test_what_does_not_name_it(head: str) -> None:
    """The source of a page may be another organ, and what calls itself 我局 is no government."""
    assert organ(head) is None


@pytest.mark.parametrize(
    ("word", "name"),
    [
        *(("局", "云岭县水务局"), ("委", "云岭经济开发区管委会"), ("办", "云岭县人民政府办公室"), ("厅", "云岭省水利厅")),
        *(("院", "云岭省地质研究院"), ("镇", "望湖镇人民政府"), ("乡", "石桥乡人民政府"), ("街道", "望湖街道办事处")),
        *(("中心", "云岭县政务服务中心"), ("队", "云岭县农业综合执法大队"), ("处", "云岭市公路管理处"), ("公司", "云岭县烟草公司")),
    ],
)  # fmt: skip
def test_what_it_calls_itself_decides(word: str, name: str) -> None:
    body = f"一、总体情况\n我{word}公开信息，本{word}没有收到申请。\n"
    other = "石桥县人民政府" if name != "石桥县人民政府" else ""
    assert organ(f"发布机构：{other}\n编制单位：{name}", body=body) == name
