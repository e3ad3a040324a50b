"""The page that is opened in a browser: reports that are open, tried corrections, files to take away, as plain data.

Imports everything but `nianbao.cli`. It is called by the worker of the page (linter/page), which knows no more of a
report than what it is told here.
"""
