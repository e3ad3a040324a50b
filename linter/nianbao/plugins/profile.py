"""A profile: settings under a name, which a county's own can build upon."""

from collections.abc import Mapping
from typing import Any

from nianbao_grammar.records import NamedTuple

from nianbao.text.language import Text


class Profile(NamedTuple):
    """Settings as plain data, in the words of `nianbao.yaml`; a settings file builds upon them by `extends: [NAME]`."""

    name: str
    summary: Text
    settings: Mapping[str, Any]
