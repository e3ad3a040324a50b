"""Text files and their limits."""

import pytest
from nianbao.readers import limits
from nianbao.readers.text import read_text
from nianbao.text.source import UnreadableError


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_text(data, "报告.txt")
    return raised.value.reason.zh


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_text_within_its_limits_is_read(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "公开" * 1000
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", len(text))
    monkeypatch.setattr(limits, "TEXT_BYTES", len(text.encode(encoding)))

    assert read_text(text.encode(encoding), "报告.txt").text == text


def test_a_text_of_one_byte_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_BYTES", 2**20)

    assert "超过 1 MiB" in refusal(bytes(2**20 + 1))


def test_a_text_of_one_character_too_many_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TEXT_CHARACTERS", 999)

    assert "超过 999 个字" in refusal(("公" * 1000).encode())


def test_a_table_in_it_has_rows_of_pipes() -> None:
    assert "|甲|乙|" in read_text("<TABLE><tr><td>甲<td>乙</table>".encode(), "报告.md").text
