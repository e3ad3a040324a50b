"""What an editor may set, as initializationOptions or in the section `nianbao` of its settings."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from nianbao.text.language import Language

_MOST_DELAY = 10_000


class Preferences(NamedTuple):
    """How the server behaves; what reports are judged by stands in nianbao.yaml.

    *language* is that of messages; with *check* "all" every text that is open is judged, with "reports" only
    those that are reports; *delay* is the pause in typing, in milliseconds, after which a text is judged
    again; *docs* is the address that pages on rules stand under, "" for those on this machine; *config* a file
    of settings that holds whatever lies above a report. With *hover* "brief" what is shown where the cursor
    rests leaves out what a diagnostic says: some editors show it there themselves.
    """

    language: Language = "zh"
    check: Literal["reports", "all"] = "reports"
    delay: int = 300
    docs: str = ""
    config: str = ""
    hover: Literal["full", "brief"] = "full"

    def told(self, said: object) -> "Preferences":
        """Return these with what *said* sets; what it does not understand stays as it is."""
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
