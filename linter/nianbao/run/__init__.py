"""Paths in, verdicts out: settings are found, files read and judged, and fixed on request.

The one place that calls a reader, the engine and the suppressions one after the other. Imports everything below
it. Verdicts go to `nianbao.cli`, which has a reporter write them down, and to `nianbao.lsp`.
"""
