"""Files changed where they are: a writer for each kind of file that can be changed.

A writer takes edits of the text that was read and returns the whole file with nothing else changed, by splices.
Imports `nianbao.text` and `nianbao.readers`. What it returns is proved by `nianbao.run` before it is written.
"""
