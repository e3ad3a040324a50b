"""The language server: findings, fixes and explanations in an editor, while a report is written.

Only `nianbao lsp` imports this package: the types of the protocol alone cost a quarter of a second.
"""
