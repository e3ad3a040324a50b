"""Content that must not be published: numbers and names of persons, private mailboxes, marks of secrecy.

Every finding masks the number or name: no output shows it.
"""

from nianbao.api import Text

PREFIX = "PRV"
TITLE = Text("个人信息和密级", "personal information and marks of secrecy")
