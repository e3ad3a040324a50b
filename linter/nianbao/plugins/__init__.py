"""Plugins loaded: rules, forms, readers, output formats and profiles, those of nianbao too.

The one package that imports pluggy. Imports everything that a plugin can add: `nianbao.engine`,
`nianbao.readers`, `nianbao.reporters` and what is below them. Loaded plugins go to `nianbao.run`.
"""
