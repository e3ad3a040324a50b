"""The conformance suite: the cases of the rules as reports with a manifest, for any program to be held to."""
