"""Rules run over a report, findings signed.

A rule is a value; it yields findings, and each becomes a diagnostic with code, severity, basis, address and
fingerprint. Imports `nianbao.report`, `nianbao.writers` and what is below them. `nianbao.run` calls it and hands
the verdict to `nianbao.suppression`.
"""
