"""The settings of an editor, from initializationOptions or the section `nianbao` of its own settings."""

from collections.abc import Mapping
from typing import Literal

from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Language

_MOST_DELAY = 10_000


class Preferences(NamedTuple):
    """The settings of an editor; those that reports are judged by are in nianbao.yaml.

    *language* is that of messages; with *check* "all" every text that is open is judged, with "reports" only
    those that are reports; *delay* is the pause in typing, in milliseconds, after which a text is judged
    again; *docs* is the address of a site with the pages on rules, "" for what the settings of a report say; *config* a
    file of settings that is used instead of those above a report. With *hover* "brief" the text shown at the
    cursor leaves out the message of a diagnostic: some editors show it there themselves.
    """

    language: Language = "zh"
    check: Literal["reports", "all"] = "reports"
    delay: int = 300
    docs: str = ""
    config: str = ""
    hover: Literal["full", "brief"] = "full"

    def updated(self, said: object) -> "Preferences":
        """Return these with the values in *said*; keys and values that are not known change nothing."""
        if not isinstance(said, Mapping):
            return self
        language, check, delay = said.get("language"), said.get("check"), said.get("delay")
        docs, config, hover = said.get("docs"), said.get("config"), said.get("hover")
        new = self
        if language == "zh" or language == "en":
            new = new._replace(language=language)
        if check == "reports" or check == "all":
            new = new._replace(check=check)
        if hover == "full" or hover == "brief":
            new = new._replace(hover=hover)
        if isinstance(delay, int) and not isinstance(delay, bool) and 0 <= delay <= _MOST_DELAY:
            new = new._replace(delay=delay)
        if isinstance(docs, str):
            new = new._replace(docs=docs.strip())
        if isinstance(config, str):
            new = new._replace(config=config.strip())
        return new
