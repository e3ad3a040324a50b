"""Rules run over a report, findings signed.

A rule is a value; it yields findings, and each becomes a diagnostic with code, severity, basis, address and
fingerprint. Imports `nianbao.report` and what is below it. A verdict goes to `nianbao.suppression` and then to
`nianbao.reporters`.
"""
