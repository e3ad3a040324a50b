"""What a published report must not give away: numbers and names of persons, private mailboxes, secret marks.

Every finding hides what it has found: no output shows the number again.
"""

from nianbao.api import Text

PREFIX = "PRV"
TITLE = Text("个人信息和密级", "private numbers and names that should not be there")
