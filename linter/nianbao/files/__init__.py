"""Files on disk that are not reports: found, read, checked against a shape, replaced.

Looks for settings above a report and for the reports in a folder, reads YAML and TOML with the position of every
value, and replaces a file at once or not at all. Imports `nianbao.text` only. The values go to the packages that
know their meaning: settings to `nianbao.run`, rules to `nianbao.plugins`, waivers to `nianbao.suppression`.
"""
