"""nianbao (年报): a compliance linter for the annual report on government information disclosure.

A program calls `nianbao.lint` and `nianbao.render`, which are imported when they are first asked for.
"""

TYPE_CHECKING = False  # that of typing
if TYPE_CHECKING:
    from nianbao.files.settings_error import SettingsError
    from nianbao.run.for_programs import lint, render

__version__ = "0.2.0"
__all__ = ["SettingsError", "lint", "render"]

if not TYPE_CHECKING:  # a type checker is to know of each name whether there is one

    def __getattr__(name):
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        home = "files.settings_error" if name == "SettingsError" else "run.for_programs"
        return getattr(import_module(f"{__name__}.{home}"), name)
