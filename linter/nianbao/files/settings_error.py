"""What all errors have in common that come from what a user has set."""

from nianbao.text.language import Text


class SettingsError(Exception):
    """A file of settings, rules or waivers, a plugin or the name of a rule is wrong; *text* says which and why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text
