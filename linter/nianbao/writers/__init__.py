"""Files changed in place: a writer for each kind of file that can be changed.

A writer takes edits of the text that was read and returns the whole file with nothing else changed, by splices.
`docx.new` writes a docx that was not there before.
Imports `nianbao.text` and `nianbao.readers`. `nianbao.run` proves the result before it is written.
"""
