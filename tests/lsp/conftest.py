"""The command line in this process, as the tests of the commands run it."""

from cli.conftest import run  # noqa: F401
