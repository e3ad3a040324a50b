"""The addresses of files, as editors write them."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nianbao.lsp.uris import path_of, uri_of


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///qinghe/%E6%8A%A5%E5%91%8A.txt", "/qinghe/报告.txt"),
        ("file:///qinghe/报告.txt", "/qinghe/报告.txt"),
        ("file:/qinghe/a%20b.txt", "/qinghe/a b.txt"),
        ("file:///a.txt?query#L3", "/a.txt"),
        ("file:///c%3A/reports/a.txt", "c:/reports/a.txt"),
        ("file:///C:/reports/a.txt", "c:/reports/a.txt"),
        ("file://server/share/a.txt", "//server/share/a.txt"),
        ("file:", ""),
        ("untitled:Untitled-1", ""),
        ("https://qinghe.example/a.txt", ""),
    ],
)
def test_the_path_of_an_address(uri: str, path: str) -> None:
    assert path_of(uri) == path.replace("/", os.sep)


@given(st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1, max_size=8))
def test_the_address_of_a_file_leads_back_to_it(name: str) -> None:
    path = os.path.abspath(os.path.join("/", name, "报告 1#%.txt"))
    uri = uri_of(path)
    assert uri.isascii()
    assert uri == Path(path).as_uri()
    assert path_of(uri) == path
