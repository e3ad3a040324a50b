"""quantity.lark: the tables that run are those of the grammar, and every text whose brackets close parses."""

from pathlib import Path
from typing import Any

import nianbao_grammar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao_grammar.automaton import Parser, Tables
from nianbao_grammar.compile import build_parser, build_tables, main, write
from trees import leaves

SAMPLES = (
    "全年公开信息212条,其中动态143条、目录69条;收到申请12件(含上年结转2件)。",
    "由动态三条、目录两条组成;未收到申请,无复议。百分之九十八",
    "",
    "。。;;，、",
    "((一件))",
)
# Of the terminals that begin alike, the one that a reader would take.
TERMINALS = {
    "212条": "COUNT",
    "3-5件": "COUNT",
    "1.5万余人次": "COUNT",
    "12(人)次": "COUNT",
    "一百零五件": "COUNT",
    "12.5%": "PERCENT",
    "百分之九十": "PERCENT",
    "442": "BARE",
    "2021年": "NOTE",
    "〔2021〕30号": "NOTE",
    "第二十条": "NOTE",
    "9:30": "NOTE",
    "0591-23165250": "NOTE",
    "4.0版": "NOTE",
    "5A": "NOTE",
    "《2025年工作要点》": "NAME",
    "“14+3条”": "NAME",
    "其中": "WHICH",
    "主要包括": "INCLUDING",
    "分别为": "RESPECTIVELY",
    "分为": "DIVIDED",
    "未收到": "NOT",
    "没有发生": "NOT",
    "政府信息": "WORDS",
    "一是": "WORDS",
}


def test_no_conflict_under_strict(capsys: pytest.CaptureFixture[str]) -> None:
    """Lark, told to refuse every conflict and every collision of terminals, accepts both grammars."""
    main()

    assert capsys.readouterr().out == (
        "report.lark: LALR(1), strict, no conflict\nquantity.lark: LALR(1), strict, no conflict\n"
    )


@pytest.mark.parametrize(
    "planted",
    [
        ("| bracket", "| bracket | item"),  # two ways to go on
        ("MADE.35", "OF.36: /由/\nMADE.36"),  # a terminal defined twice
        ('CLOSE.92: ")"', "CLOSE.97: /[),]/"),  # two terminals of one priority for one text
    ],
)
def test_strict_refuses_a_planted_fault(planted: tuple[str, str]) -> None:
    """What strict accepts is worth something: it does refuse a grammar with a conflict."""
    grammar = nianbao_grammar.quantity_source()
    assert planted[0] in grammar

    with pytest.raises(Exception, match=r"Reduce/Reduce|Shift/Reduce|[Cc]ollision|defined more than once"):
        build_tables(grammar.replace(*planted), strict=True)


@pytest.mark.parametrize("text", SAMPLES)
def test_our_automaton_reads_as_lark_does(text: str) -> None:
    """The generated tables give the tree that lark gives, token for token and place for place."""
    lark = build_parser(nianbao_grammar.quantity_source())

    assert list(leaves(nianbao_grammar.quantity_parser().parse(text))) == list(leaves(lark.parse(text)))


def test_the_generated_module_carries_both_grammars(tmp_path: Path) -> None:
    """Each with its own text, by which a changed grammar is noticed."""
    write(tmp_path)
    made: dict[str, Any] = {}
    exec((tmp_path / "_tables.py").read_text(encoding="utf-8"), made)

    assert made["SOURCE"] == nianbao_grammar.grammar_source()
    assert made["QUANTITY_SOURCE"] == nianbao_grammar.quantity_source()
    tree = Parser(Tables(*made["QUANTITY_TABLES"])).parse(SAMPLES[0])
    assert list(leaves(tree)) == list(leaves(nianbao_grammar.quantity_parser().parse(SAMPLES[0])))


@pytest.mark.parametrize("stale", ["", None])
def test_a_changed_grammar_is_read_anew(monkeypatch: pytest.MonkeyPatch, stale: str | None) -> None:
    """Where the text is another, or an older build has none, lark makes the tables again."""
    from nianbao_grammar import _tables

    before = list(leaves(nianbao_grammar.quantity_parser().parse(SAMPLES[0])))
    if stale is None:
        monkeypatch.delattr(_tables, "QUANTITY_SOURCE", raising=False)
    else:
        monkeypatch.setattr(_tables, "QUANTITY_SOURCE", stale, raising=False)
    monkeypatch.setattr(_tables, "QUANTITY_TABLES", (), raising=False)

    assert list(leaves(nianbao_grammar.quantity_parser().parse(SAMPLES[0]))) == before


@pytest.mark.parametrize(("text", "terminal"), TERMINALS.items())
def test_a_terminal_takes_what_is_its_own(text: str, terminal: str) -> None:
    """Each of these is one token, and words right before it do not run into it."""
    parser = nianbao_grammar.quantity_parser()

    assert [(token.type, str(token)) for token in parser.tokens(text)] == [(terminal, text)]
    behind = list(parser.tokens("甲乙" + text))
    if terminal != "WORDS":
        assert [(token.type, str(token)) for token in behind] == [("WORDS", "甲乙"), (terminal, text)]


@pytest.mark.parametrize(
    "text",
    [
        "高效办成一件事",
        "一次性告知",
        "一条龙服务",
        "第三件",
        "统一条件",
        "两个维护",
        "数十家",
        "一件事项目",
        "三公经费",
    ],
)
def test_numerals_that_count_nothing_are_words(text: str) -> None:
    """Chinese numerals are in many words."""
    kinds = {token.type for token in nianbao_grammar.quantity_parser().tokens(text)}

    assert kinds <= {"WORDS", "SIGN", "NOTE"}


ALPHABET = "0123456789.,%-:;，。、()（其中包括含分别为由组成无未没有一二三百零万余多件条次年月日号第《》“”〔〕第共A×+/ \n"


@given(st.text(st.sampled_from(ALPHABET) | st.characters(), max_size=60))
def test_any_text_without_brackets_parses(text: str) -> None:
    """And its tokens are the text: none is lost, none overlaps another."""
    text = text.replace("(", "").replace(")", "")
    parser = nianbao_grammar.quantity_parser()

    assert "".join(parser.tokens(text)) == text
    assert parser.parse(text).data == "start"
