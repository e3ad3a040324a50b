"""nianbao (年报): a compliance linter for the annual report on government information disclosure."""

__version__ = "0.2.0"
