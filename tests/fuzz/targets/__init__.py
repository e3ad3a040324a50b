"""The targets: a file each, named as it is asked for."""
