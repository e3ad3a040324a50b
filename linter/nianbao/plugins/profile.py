"""A profile: settings under a name, to be built upon by a county's own."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from nianbao.text.language import Text


class Profile(NamedTuple):
    """Settings as plain data, in the words of `nianbao.yaml`; `extends: [NAME]` takes them over."""

    name: str
    summary: Text
    settings: Mapping[str, Any]
