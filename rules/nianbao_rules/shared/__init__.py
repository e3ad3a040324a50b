"""Parts that rules of several families are made of: no rule is in here."""
