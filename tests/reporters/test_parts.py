"""Outputs put together from parts: whatever process made them, in the layout of the whole."""

import json
import marshal
import pickle
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.engine.checked import Checked, Summary
from nianbao.reporters.display import Display
from nianbao.reporters.formats import FORMATS
from nianbao.reporters.json_tree import serialised
from nianbao.reporters.reporter import OutputFormat, Whole
from nianbao.reporters.spool import Spool
from nianbao.text.language import same
from reporters.test_active import checked

each_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def results(count: int) -> list[Checked]:
    """Return the results of *count* files, every second of them without a verdict."""
    texts = ["青禾县\n", 'a "\\u0000" \0SUM001\0 县\n', "\ud800<&>##[error]\n"]
    return [one for text in texts for one in checked(text)][:count]


def said(form: OutputFormat, parts: list[object], summary: Summary) -> list[str | bytes]:
    reporter = form.reporter(Display())
    pieces: list[str | bytes] = [reporter.put(part) for part in parts]
    return [*pieces, *reporter.end(summary)]


@each_format
def test_a_part_is_plain_and_the_same_from_a_copy_of_the_reporter(form: OutputFormat) -> None:
    one = form.reporter(Display())
    copy = pickle.loads(pickle.dumps(one))
    for result in results(6):
        part = one.part(result)
        one.put(part)  # what has been put before is in no part
        again = copy.part(result)
        assert marshal.loads(marshal.dumps(again)) == again == part


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.parametrize("name", ["json", "sarif", "gitlab", "rdjson"])
def test_json_as_a_stream_is_laid_out_like_the_whole(name: str, count: int) -> None:
    (form,) = (form for form in FORMATS if form.name == name)
    maker = form.reporter(Display())
    whole = "".join(map(str, said(form, [maker.part(one) for one in results(count)], Summary())))
    assert serialised(json.loads(whole)) == whole


@pytest.mark.parametrize("count", [0, 1, 2, 5])
@pytest.mark.parametrize("name", ["junit", "checkstyle"])
def test_xml_as_a_stream_is_laid_out_like_the_whole(name: str, count: int) -> None:
    (form,) = (form for form in FORMATS if form.name == name)
    maker = form.reporter(Display())
    whole = "".join(map(str, said(form, [maker.part(one) for one in results(count)], Summary())))
    tree = ElementTree.fromstring(whole)
    assert len(tree) == count
    ElementTree.indent(tree)
    head, _, rest = whole.partition("\n")
    assert head == '<?xml version="1.0" encoding="UTF-8"?>'
    assert ElementTree.tostring(tree, encoding="unicode") + "\n" == rest


class Old:
    """A reporter of a plugin, which is given whole results."""

    def __init__(self, display: Display) -> None:
        self.paths: list[str] = []

    def document(self, checked: Checked) -> str:
        self.paths.append(checked.path)
        return f"{checked.path}\n"

    def end(self, summary: Summary) -> str:
        return f"{len(self.paths)}\n"


def test_a_reporter_that_wants_whole_results_has_them() -> None:
    reporter = OutputFormat("old", same("旧"), False, Old).reporter(Display())
    assert isinstance(reporter, Whole)
    copy = pickle.loads(pickle.dumps(reporter))
    parts = [copy.part(Checked(path, None, same("坏"))) for path in ("b.txt", "a.txt")]
    assert [*map(reporter.put, parts), *reporter.end(Summary())] == ["b.txt\n", "a.txt\n", "2\n"]


@given(st.lists(st.text(st.characters(), min_size=1, max_size=50), max_size=5), st.sampled_from([1, 12_000]))
def test_what_is_put_aside_comes_back(texts: list[str], times: int) -> None:
    """Whether it is in memory or, being more, in a file."""
    spool = Spool()
    for text in texts:
        spool.put(text * times)
    assert "".join(spool.pieces()) == "".join(text * times for text in texts)
