"""Reading is total: whatever the text, there is a report, a verdict and a place for every word of it."""

import codecs
import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nianbao.engine.finding import OutcomeState
from nianbao.engine.lint import lint
from nianbao.engine.rule import Rule
from nianbao.report.form import Form
from nianbao.report.report import Report
from nianbao.testing import Draft, compliant
from nianbao.testing.strategies import reports, texts
from nianbao.text.source import Source, UnreadableError
from placed import placed

EXAMPLES = 50
AWKWARD = "\ufeff一、总体情况\r\n\U00020bb7\t👩\u200d👩\u200d👧１２\r二、\n\n\u2028|\x00|"


@settings(max_examples=EXAMPLES)
@given(text=texts())
@example(text="")
@example(text="\n" * 50)
@example(text="|" * 500)
@example(text="\t" * 500)
@example(text="一、" * 500)
@example(text="（一）" * 200)
@example(text=AWKWARD)
@example(text="1" * 5000 + "年" + "1" * 5000)
@example(text=compliant().render().replace("\n", ""))
@example(text=compliant().render().replace("\t", ""))
@example(text=compliant(notation="pipes").render().replace("|", "|\n"))
def test_any_text_lints(text: str, all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    verdict = lint(Report(Source(text), forms), all_rules)
    assert [outcome.code for outcome in verdict.outcomes] == [rule.code for rule in all_rules]
    assert not [outcome for outcome in verdict.outcomes if outcome.state is OutcomeState.CRASHED]
    for diagnostic in verdict.diagnostics:
        start, end = diagnostic.finding.span
        assert 0 <= start <= end <= len(text)


@settings(max_examples=EXAMPLES)
@given(draft=reports(), data=st.data())
def test_a_report_with_pieces_torn_out_lints(
    draft: Draft, data: st.DataObject, all_rules: Sequence[Rule], forms: Sequence[Form]
) -> None:
    text = draft.render()
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 400)))
    torn = text[:start] + data.draw(texts()) + text[end:]
    verdict = lint(Report(Source(torn), forms), all_rules)
    assert not [outcome for outcome in verdict.outcomes if outcome.state is OutcomeState.CRASHED]


@settings(max_examples=EXAMPLES)
@given(
    data=st.one_of(
        st.binary(max_size=200), texts().map(str.encode), texts().map(lambda t: t.encode("utf-16"))
    )
)
@example(data=b"\xff")
@example(data=b"\xff\xfe\x00")
@example(data=b"\xef\xbb\xbf")
@example(data=b"PK\x03\x04")
def test_any_bytes_are_a_source_or_are_refused_with_a_reason(data: bytes) -> None:
    try:
        text = Source.decode(data, "x.txt").text
    except UnreadableError as error:
        text = error.reason.zh
    assert text or len(data) <= len(codecs.BOM_UTF8)  # nothing, or a mark and nothing
    assert not re.search(r"[\x00-\x08\x0b\x0e-\x1f]", text)


@settings(max_examples=EXAMPLES)
@given(text=texts())
@example(text=AWKWARD)
def test_positions_are_what_an_editor_counts(text: str) -> None:
    source = Source(text)
    # An independent count: by hand, character by character.
    line, column, byte, utf16 = 1, 1, 1, 0
    for offset in range(len(text) + 1):
        place = source.position(offset)
        assert place == (offset, line, column, byte, line - 1, utf16)
        assert source.line_at(offset).start + column - 1 == offset
        if offset == len(text):
            break
        sign = text[offset]
        if sign == "\n" or (sign == "\r" and text[offset + 1 : offset + 2] != "\n"):
            line, column, byte, utf16 = line + 1, 1, 1, 0
        else:
            column += 1
            byte += len(sign.encode())
            utf16 += len(sign.encode("utf-16-le")) // 2


@settings(max_examples=EXAMPLES)
@given(text=texts(), data=st.data())
def test_a_place_in_bytes_or_utf16_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    source = Source(text)
    place = source.position(data.draw(st.integers(0, len(text))))
    start = source.line_at(place.offset).start
    line = source.text[start:]
    assert start + len(line.encode()[: place.byte_column - 1].decode()) == place.offset
    units = line.encode("utf-16-le")[: 2 * place.utf16_character]
    assert start + len(units.decode("utf-16-le")) == place.offset


@settings(max_examples=EXAMPLES)
@given(
    text=st.one_of(texts(), reports().map(lambda draft: draft.render())),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
@example(text=AWKWARD, newline="\n")
def test_every_span_reads_back_its_own_text(text: str, newline: str, forms: Sequence[Form]) -> None:
    report = Report(Source(text.replace("\n", newline)), forms)
    for words, span in placed(report):
        assert report.source[span] == words


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_change_nothing(newline: str, all_rules: Sequence[Rule], forms: Sequence[Form]) -> None:
    text = compliant(seed=1).render()
    plain, other = (Report(Source(t), forms) for t in (text, text.replace("\n", newline)))
    assert [p.text for p in plain.paragraphs] == [p.text for p in other.paragraphs]
    for key, table in plain.tables.items():
        assert [c.text for c in table.cells] == [c.text for c in other.tables[key].cells]
