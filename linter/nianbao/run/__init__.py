"""Paths in, verdicts out: settings are found, files read and judged, and fixed on request.

Imports everything below it: `nianbao.plugins`, `nianbao.suppression`, `nianbao.engine`. Verdicts go to the
doors: `nianbao.cli`, `nianbao.lsp`, `nianbao.pytest_plugin`.
"""
