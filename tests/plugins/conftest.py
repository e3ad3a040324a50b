"""Two of these folders are projects of their own: test_installed_plugin.py installs them and runs their tests there."""

collect_ignore = ["broken", "qingshi"]
