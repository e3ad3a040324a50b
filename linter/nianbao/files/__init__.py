"""Files on disk that are not reports: found, read, checked against a shape, replaced.

Looks for settings above a report and for the reports in a folder, reads YAML and TOML with the place of every
value, and writes a file at once or not at all. Imports `nianbao.text` only. What is read here goes to whoever
knows its meaning: settings to `nianbao.run`, rules to `nianbao.plugins`, waivers to `nianbao.suppression`.
"""
