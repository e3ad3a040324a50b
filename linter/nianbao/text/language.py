"""Messages in both languages."""

from collections.abc import Iterable
from typing import Literal

from nianbao_grammar.records import NamedTuple

Language = Literal["zh", "en"]


class Text(NamedTuple):
    """One message in Chinese, the language of the reports, and in English."""

    zh: str
    en: str

    def fill(self, **values: object) -> "Text":
        """Return this text with each `{name}` filled in, a value that is a Text in each language."""
        return Text(
            self.zh.format(**{name: v.zh if isinstance(v, Text) else v for name, v in values.items()}),
            self.en.format(**{name: v.en if isinstance(v, Text) else v for name, v in values.items()}),
        )

    def of(self, language: Language) -> str:
        """Return the message in *language*."""
        return self.en if language == "en" else self.zh


def joined(texts: Iterable[Text], mark: Text) -> Text:
    """Return *texts* one after the other, each in its language, with *mark* between."""
    both = tuple(texts)
    return Text(mark.zh.join(text.zh for text in both), mark.en.join(text.en for text in both))


def same(text: str) -> Text:
    """Return a Text that is the same in both languages: figures, sums, the report's own words."""
    return Text(text, text)
